import path from 'node:path';
import { run } from './run.mjs';
import { readJson, root } from './workspace.mjs';

/**
 * Runs the pnpm that package.json pins: the one on the PATH when it is that version, otherwise through npx, which comes with npm.
 *
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [where] - the repository's folder unless given
 * @returns {Promise<string>} what it printed
 */
export async function pnpm(args, { cwd = root, env } = {}) {
  const { packageManager } = readJson(path.join(root, 'package.json'));
  const version = packageManager.split('@')[1];
  // A production environment would leave out the tools; a package manager's shim must not stop to ask.
  const options = { cwd, shell: process.platform === 'win32', env: { NODE_ENV: undefined, COREPACK_ENABLE_DOWNLOAD_PROMPT: '0', ...env } };
  const found = await run('pnpm', ['--version'], options).catch(() => '');
  if (found.trim() === version) return run('pnpm', args, options);
  return run('npx', ['--yes', `pnpm@${version}`, ...args], options);
}
