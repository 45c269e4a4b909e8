import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { runTool } from '../lib/run.mjs';
import { findChromium } from './find-chromium.mjs';
import { missing } from './missing.mjs';

/** Tests that run on every TensorFlow.js backend that `PG_TFJS_BACKENDS` names. */
const TESTS = ['engines/torch-golden', 'engines/recurrent-golden', 'engines/tfjs/wasm-parity', 'engines/tfjs/recurrent-parity', 'engines/tfjs/layers-model'];

const ICD = 'vk_swiftshader_icd.json';
/** Where the packages of Debian and of Google put their browser. */
const FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];

/**
 * TensorFlow.js on WebGPU in Node computes what PyTorch and the WebAssembly engine do: on the machine's own driver, or on the
 * software driver that comes with Chromium.
 *
 * @returns {Promise<import('./check.mjs').Outcome>}
 */
export async function webgpu() {
  const driver = await findDriver();
  if ('missing' in driver) return { note: `skipped: ${driver.missing}` };
  // compiling shaders for a software driver takes long beside other checks
  const options = ['run', '--typecheck.enabled=false', '--testTimeout=600000'];
  await runTool('vitest', [...options, ...TESTS], { env: { PG_TFJS_BACKENDS: 'webgpu', ...driver.env } });
  return { note: driver.name };
}

/** @returns {Promise<{ name: string, env: NodeJS.ProcessEnv } | { missing: string }>} what Dawn has to be told, or why there is no driver */
async function findDriver() {
  if (process.platform !== 'linux') return { name: 'the driver of the system', env: {} };
  if (process.env.VK_ICD_FILENAMES) return { name: process.env.VK_ICD_FILENAMES, env: {} };
  const chromium = await findChromium();
  if ('missing' in chromium) return chromium;
  const folder = [path.dirname(realpathSync(chromium.file)), ...FOLDERS].find((candidate) => existsSync(path.join(candidate, ICD)));
  if (folder === undefined) return missing(`no ${ICD} beside ${chromium.file}`);
  // Dawn looks for libvulkan.so.1, which Chromium brings as well
  const libraries = [process.env.LD_LIBRARY_PATH, folder].filter(Boolean).join(path.delimiter);
  return { name: "Chromium's software driver", env: { VK_ICD_FILENAMES: path.join(folder, ICD), LD_LIBRARY_PATH: libraries } };
}
