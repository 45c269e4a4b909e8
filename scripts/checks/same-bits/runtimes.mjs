import { run } from '../../lib/run.mjs';
import { findChromium } from '../find-chromium.mjs';
import { findProgram } from '../find-program.mjs';
import { launchChromium } from '../launch-chromium.mjs';
import { fetchRuntime } from '../runtimes/fetch-runtime.mjs';
import { openFirefox } from './in-firefox.mjs';
import { trainInPage } from './in-page.mjs';
import { trainOnTheEdge } from './on-the-edge.mjs';

const MINUTES = 60_000;

/**
 * @typedef {object} Runtime
 * @property {string} name
 * @property {(folder: string) => Promise<Record<string, string> | { missing: string }>} train - as `trainAll` does, with the bundle in the folder
 */

/** @type {readonly Runtime[]} */
export const runtimes = [
  { name: 'a worker thread', train: (folder) => command(process.execPath, ['thread.mjs'], folder) },
  { name: 'arm64', train: onArm },
  { name: 'Firefox', train: inFirefox },
  { name: 'Chromium', train: inChromium },
  { name: 'workerd', train: trainOnTheEdge },
  { name: 'Node 22', train: (folder) => fetched('node-22', ['command.mjs'], folder) },
  { name: 'Node 24', train: (folder) => fetched('node-24', ['command.mjs'], folder) },
  { name: 'Node 26', train: (folder) => fetched('node-26', ['command.mjs'], folder) },
  { name: 'Bun', train: (folder) => fetched('bun', ['command.mjs'], folder) },
  { name: 'Deno', train: (folder) => fetched('deno', ['run', '--allow-all', '--no-config', '--no-remote', 'command.mjs'], folder) },
];

/**
 * @param {string} file
 * @param {string[]} args
 * @param {string} folder
 * @returns {Promise<Record<string, string>>}
 */
export async function command(file, args, folder) {
  const output = await run(file, args, { cwd: folder, timeout: 5 * MINUTES });
  // warnings stand on lines of their own
  return JSON.parse(output.split('\n').find((line) => line.startsWith('{')) ?? output);
}

/**
 * @param {import('../runtimes/fetch-runtime.mjs').RuntimeName} name
 * @param {string[]} args
 * @param {string} folder
 */
async function fetched(name, args, folder) {
  const runtime = await fetchRuntime(name);
  return 'missing' in runtime ? runtime : command(runtime.file, args, folder);
}

/**
 * Another processor, which QEMU imitates; without threads, which it imitates slowly.
 *
 * @param {string} folder
 */
async function onArm(folder) {
  const qemu = await findProgram({
    title: 'QEMU for arm64',
    names: ['qemu-aarch64'],
    beside: ['/lib/ld-linux-aarch64.so.1', '/usr/lib/aarch64-linux-gnu/libstdc++.so.6'],
    packages: ['qemu-user', 'libc6:arm64', 'libstdc++6:arm64'],
    architecture: 'arm64',
  });
  if ('missing' in qemu) return qemu;
  const node = await fetchRuntime('node-arm64');
  return 'missing' in node ? node : command(qemu.file, ['-L', '/', node.file, 'command.mjs', '--no-threads'], folder);
}

/** @param {string} folder */
async function inChromium(folder) {
  const chromium = await findChromium();
  if ('missing' in chromium) return chromium;
  return trainInPage(folder, async (url) => {
    const browser = await launchChromium(chromium.file);
    const page = await browser.newPage();
    await page.goto(url);
    return () => browser.close();
  });
}

/** @param {string} folder */
async function inFirefox(folder) {
  const places = ['/Applications/Firefox.app/Contents/MacOS/firefox'];
  const firefox = await findProgram({ title: 'Firefox', names: ['firefox-esr', 'firefox'], places, packages: ['firefox-esr'] });
  return 'missing' in firefox ? firefox : trainInPage(folder, (url) => openFirefox(firefox.file, url));
}
