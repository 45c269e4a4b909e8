import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const IGNORED_FOLDERS = new Set(['node_modules', 'dist']);

/**
 * The fingerprint of files: of their names and their contents, so that neither a checkout nor a copy fools it.
 *
 * @param {string} base - what the names are relative to
 * @param {string[]} files - absolute paths; their order counts
 * @returns {string}
 */
export function fingerprint(base, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`${path.relative(base, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * The files under a folder that may end up in what is built: tests do not.
 *
 * @param {string} folder
 * @returns {string[]} absolute paths, sorted
 */
export function sources(folder) {
  return filesUnder(folder).filter((file) => !/\.test(-d)?\.ts$/.test(file));
}

/**
 * @param {string} folder
 * @returns {string[]} absolute paths, sorted
 */
function filesUnder(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) return IGNORED_FOLDERS.has(entry.name) ? [] : filesUnder(at);
    return [at];
  });
}
