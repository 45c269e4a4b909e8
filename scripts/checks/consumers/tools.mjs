import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { run } from '../../lib/run.mjs';
import { missing } from '../missing.mjs';

const MINUTES = 60_000;

/**
 * Other people's programs, by their names and exact versions, installed once in the user's cache folder and used by every run.
 *
 * @param {string} name - of the folder
 * @param {Readonly<Record<string, string>>} dependencies
 * @param {object} [options]
 * @param {boolean} [options.foreign] - programs of other processors than this machine's are installed too
 * @returns {Promise<{ folder: string, modules: string } | { missing: string }>} their folder and its `node_modules`, or why there is none
 * @throws CheckError in continuous integration, where they have to be there
 */
export function installTools(name, dependencies, options = {}) {
  const id = createHash('sha256').update(JSON.stringify(dependencies)).digest('hex').slice(0, 12);
  const folder = path.join(cacheFolder(), 'pg-checks', `${name}-${process.platform}-${process.arch}-${id}`);
  const made = installed.get(folder) ?? makeFolder(name, folder, { dependencies, foreign: options.foreign ?? false });
  installed.set(folder, made);
  return made;
}

/** Several checks may ask for the same. @type {Map<string, ReturnType<typeof makeFolder>>} */
const installed = new Map();

/**
 * @param {string} name
 * @param {string} folder
 * @param {{ dependencies: Readonly<Record<string, string>>, foreign: boolean }} what
 * @returns {Promise<{ folder: string, modules: string } | { missing: string }>}
 */
async function makeFolder(name, folder, { dependencies, foreign }) {
  const modules = path.join(folder, 'node_modules');
  if (existsSync(folder)) return { folder, modules };
  try {
    await installInto(folder, dependencies, foreign);
    return { folder, modules };
  } catch (error) {
    return missing(`${name} cannot be installed (${error.message})`);
  }
}

/**
 * Two runs may do this at once: the folder takes its name when it is complete.
 *
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} dependencies
 * @param {boolean} foreign
 */
async function installInto(folder, dependencies, foreign) {
  const temporary = `${folder}.${process.pid}`;
  mkdirSync(temporary, { recursive: true });
  try {
    writeFileSync(path.join(temporary, 'package.json'), JSON.stringify({ private: true, dependencies }));
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline', '--loglevel=error', '--fetch-retries=4'];
    await run('npm', ['install', ...options, ...(foreign ? ['--force'] : [])], {
      cwd: temporary,
      env: NPM_ENV,
      shell: process.platform === 'win32',
      timeout: 8 * MINUTES,
    });
    if (!existsSync(folder)) renameSync(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** npm tells the scripts that it runs which folder is theirs; a user's project is not in it. */
export const NPM_ENV = { npm_config_local_prefix: undefined, npm_package_json: undefined, NODE_ENV: undefined };

function cacheFolder() {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  if (process.platform === 'win32' && process.env.LOCALAPPDATA) return process.env.LOCALAPPDATA;
  return path.join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
}
