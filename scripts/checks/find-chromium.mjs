import { existsSync } from 'node:fs';
import path from 'node:path';
import { run } from '../lib/run.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];
const MINUTES = 60_000;

/**
 * The Chromium or Chrome of this machine: `CHROME_PATH`, or one on the PATH. A continuous-integration machine on which we are
 * root gets Debian's when it has none.
 *
 * @returns {Promise<{ file: string } | { missing: string }>} its path, or why there is none
 */
export function findChromium() {
  search ??= find();
  return search;
}

/** Several checks ask, and apt-get runs once at a time. @type {ReturnType<typeof find> | undefined} */
let search;

/** @returns {Promise<{ file: string } | { missing: string }>} */
async function find() {
  const found = locate();
  if (found !== undefined) return { file: found };
  if (!mayInstall()) return { missing: 'no Chromium found' };
  await installFromDebian();
  const installed = locate();
  return installed === undefined ? { missing: 'no Chromium found, and apt-get did not install it' } : { file: installed };
}

/** @returns {string | undefined} */
function locate() {
  const chosen = process.env.CHROME_PATH;
  if (chosen) return chosen;
  return [...NAMES.flatMap(onPath), ...PLACES].find((file) => existsSync(file));
}

/** @param {string} name */
function onPath(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name));
}

function mayInstall() {
  return Boolean(process.env.CI) && process.getuid?.() === 0 && onPath('apt-get').some((file) => existsSync(file));
}

/** What goes wrong here is not the repository's fault: the check then says that it skipped the browser. */
async function installFromDebian() {
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeout: 10 * MINUTES };
  await run('apt-get', ['update', '-qq'], options).catch(() => undefined);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options).catch(() => undefined);
}
