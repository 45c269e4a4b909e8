import { nodeFiles } from './node-files.js';
import { livenessOf, type ProcessIdentity, thisProcess } from './process-identity.js';

/** A temporary file of a process in another place is left over when nothing was written to it for so long, in milliseconds. */
const LONG = 3_600_000;

/** `<begin of the target's name>.pg-<process>-<its birth>-<its place>-<number>.tmp` */
const PATTERN = /\.pg-(\d+)-([0-9a-f]{8})-([0-9a-f]{8})-\d+\.tmp$/;

/** Longer names are cut: file systems have a limit of 255 bytes. */
const MOST_LETTERS = 40;

/**
 * Makes an empty file that nobody else has, in the folder of a target: another save of the same file, from this or another thread, has its own.
 *
 * @param mode - its permissions, before those that the process does not give are taken away
 * @returns its path
 */
export function makeTemporary(target: string, mode: number): string {
  const { fs, paths } = nodeFiles('makeTemporary');
  const { pid, birth, place } = thisProcess();
  const begin = paths.join(paths.dirname(target), `${paths.basename(target).slice(0, MOST_LETTERS)}.pg-${pid}-${birth}-${place}`);
  for (let attempt = 0; ; attempt++) {
    const path = `${begin}-${attempt}.tmp`;
    try {
      fs.closeSync(fs.openSync(path, 'wx', mode));
      return path;
    } catch (cause) {
      if ((cause as { code?: unknown }).code !== 'EEXIST') throw cause;
    }
  }
}

/**
 * Removes what processes that were killed have left in a folder: temporary files of ours whose process is gone, or is in another place and has not
 * written for an hour.
 *
 * @param own - a file that was just made there: its time is now, by the clock of the file system
 */
export function sweepTemporaries(own: string): void {
  const { fs, paths } = nodeFiles('sweepTemporaries');
  const folder = paths.dirname(own);
  const attempt = <T>(action: () => T): T | undefined => {
    try {
      return action();
    } catch {
      return undefined; // another process sweeps too, or may not look here; the file that is being written does not depend on it
    }
  };
  const age = (path: string) => fs.statSync(own).mtimeMs - fs.statSync(path).mtimeMs;
  for (const name of attempt(() => fs.readdirSync(folder)) ?? []) {
    const owner = ownerOf(name);
    if (owner === undefined) continue;
    const path = paths.join(folder, name);
    attempt(() => {
      const liveness = livenessOf(owner);
      if (liveness === 'gone' || (liveness === 'unknown' && age(path) > LONG)) fs.rmSync(path, { force: true });
    });
  }
}

function ownerOf(name: string): ProcessIdentity | undefined {
  const [, pid, birth, place] = PATTERN.exec(name) ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), birth: birth!, place: place! };
}
