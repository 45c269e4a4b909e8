import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../lib/run.mjs';

const REQUIREMENTS = fileURLToPath(new URL('./requirements.txt', import.meta.url));
const MINUTES = 60_000;
/** What the pinned NumPy needs. */
const OLDEST = [3, 11];

/**
 * A Python that has the pinned Gymnasium: a virtual environment in the user's cache folder, which is made when it is missing.
 *
 * @returns {Promise<{ file: string } | { missing: string }>} its path, or why there is none
 */
export async function findGymnasium() {
  const python = await findPython();
  if (python === undefined) return { missing: `no Python ${OLDEST.join('.')} or newer found` };
  const key = createHash('sha256').update(readFileSync(REQUIREMENTS)).update(python.version).digest('hex').slice(0, 16);
  const folder = path.join(cacheFolder(), 'pg', `gymnasium-${key}`);
  if (existsSync(folder)) return { file: pythonIn(folder) };
  return install(python.command, folder);
}

/**
 * Makes it under another name first: what is there under its own name is whole, even if two programs make it at once.
 *
 * @param {string} python
 * @param {string} folder
 * @returns {Promise<{ file: string } | { missing: string }>}
 */
async function install(python, folder) {
  const unfinished = `${folder}.${process.pid}`;
  const timeout = 10 * MINUTES;
  try {
    mkdirSync(path.dirname(folder), { recursive: true });
    await run(python, ['-m', 'venv', unfinished], { timeout });
    await run(pythonIn(unfinished), ['-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', '-r', REQUIREMENTS], { timeout, label: 'pip install' });
    if (!existsSync(folder)) renameSync(unfinished, folder);
    return { file: pythonIn(folder) };
  } catch (error) {
    return { missing: `Gymnasium could not be installed: ${error.message}` };
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** @returns {Promise<{ command: string, version: string } | undefined>} */
async function findPython() {
  for (const command of ['python3', 'python']) {
    const printed = await run(command, ['-c', 'import sys; print(sys.executable, *sys.version_info[:3], sep="\\n")']).catch(() => '');
    const [executable, major, minor, patch] = printed.trim().split(/\r?\n/);
    if (executable && (Number(major) > 3 || (Number(major) === OLDEST[0] && Number(minor) >= Number(OLDEST[1])))) {
      return { command: executable, version: `${executable} ${major}.${minor}.${patch}` };
    }
  }
  return undefined;
}

function cacheFolder() {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32' && process.env.LOCALAPPDATA) return process.env.LOCALAPPDATA;
  return path.join(homedir(), '.cache');
}

/** @param {string} folder */
function pythonIn(folder) {
  return process.platform === 'win32' ? path.join(folder, 'Scripts', 'python.exe') : path.join(folder, 'bin', 'python');
}
