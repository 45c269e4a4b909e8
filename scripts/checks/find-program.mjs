import { existsSync } from 'node:fs';
import path from 'node:path';
import { run } from '../lib/run.mjs';
import { missing } from './missing.mjs';

const MINUTES = 60_000;

/**
 * A program of the machine.
 *
 * @typedef {object} Program
 * @property {string} title - `Chromium`
 * @property {readonly string[]} names - on the PATH
 * @property {readonly string[]} [places] - other files that it may be
 * @property {readonly string[]} [beside] - files that have to be there as well
 * @property {string | undefined} [chosen] - its path, if the user has chosen one
 * @property {readonly string[]} packages - Debian's
 * @property {string} [architecture] - of Debian's packages, if it is a foreign one
 */

/**
 * Finds a program. A continuous-integration machine on which we are root gets Debian's when it has none.
 *
 * @param {Program} program
 * @returns {Promise<{ file: string } | { missing: string }>} its path, or why there is none
 * @throws CheckError when it is missing in continuous integration
 */
export async function findProgram(program) {
  const found = locate(program) ?? (mayInstall() ? await installFromDebian(program) : undefined);
  return found === undefined ? missing(`no ${program.title} found`) : { file: found };
}

/**
 * @param {Program} program
 * @returns {string | undefined}
 */
function locate({ names, places = [], beside = [], chosen }) {
  if (chosen) return chosen;
  if (!beside.every((file) => existsSync(file))) return undefined;
  return [...names.flatMap(onPath), ...places].find((file) => existsSync(file));
}

/** @param {string} name */
function onPath(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name));
}

function mayInstall() {
  return Boolean(process.env.CI) && process.getuid?.() === 0 && onPath('apt-get').some((file) => existsSync(file));
}

/** apt-get runs once at a time. @type {Promise<unknown>} */
let installing = Promise.resolve();

/**
 * @param {Program} program
 * @returns {Promise<string | undefined>} its path
 */
async function installFromDebian(program) {
  const { packages, architecture } = program;
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeout: 10 * MINUTES };
  const install = async () => {
    if (architecture !== undefined) await run('dpkg', ['--add-architecture', architecture], options);
    await run('apt-get', ['update', '-qq'], options);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  };
  // The checks run side by side; a download that fails is tried once more.
  const installed = installing.then(() => install().catch(install));
  installing = installed.catch(() => undefined);
  await installed.catch((error) => missing(`no ${program.title} found, and Debian's cannot be installed (${error.message})`));
  return locate(program);
}
