import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stampFolder } from './workspace.mjs';

/**
 * Does a piece of work unless it was done for the same inputs before. The stamp is taken away before the work and written
 * after it: work that was interrupted, or failed, is done again.
 *
 * @param {string} name - of the stamp
 * @param {string} inputs - fingerprint of what the work depends on
 * @param {() => boolean} isThere - whether the result exists
 * @param {() => Promise<void>} work
 */
export async function onceFor(name, inputs, isThere, work) {
  const file = path.join(stampFolder, name);
  if (read(file) === inputs && isThere()) return;
  rmSync(file, { force: true });
  await work();
  mkdirSync(stampFolder, { recursive: true });
  writeFileSync(file, inputs);
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
