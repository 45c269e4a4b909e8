import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Where setup remembers what it has done; lives and dies with the installation. */
export const stampFolder = path.join(root, 'node_modules/.pg');

/**
 * @typedef {object} Package
 * @property {string} name - `core`
 * @property {string} folder - absolute
 * @property {Record<string, any>} manifest - its package.json
 */

/** @returns {Package[]} the published packages, in alphabetical order */
export function packages() {
  return subfolders('packages', 'package.json').map((name) => {
    const folder = path.join(root, 'packages', name);
    return { name, folder, manifest: readJson(path.join(folder, 'package.json')) };
  });
}

/**
 * The files behind a package's exports, relative to its folder: `dist/index.js`, and one for each subpath and for each host that has one of its own.
 *
 * @param {Record<string, any>} manifest
 * @param {'default' | 'types'} condition
 * @returns {string[]}
 */
export function exportedFiles({ exports = {} }, condition) {
  const targets = Object.values(exports).flatMap((target) => filesOf(target, condition));
  return targets.filter((file) => file !== './package.json').map(path.normalize);
}

/**
 * @param {string | Record<string, string>} target - of a subpath
 * @param {'default' | 'types'} condition
 */
function filesOf(target, condition) {
  if (condition === 'types') return typeof target === 'object' && target.types ? [target.types] : [];
  return typeof target === 'object' ? [target.workerd, target.default].filter((file) => file !== undefined) : [target];
}

/** @typedef {'examples' | 'bench'} ProgramFolder - holds programs, each a folder with a `main.ts` */

/**
 * @param {ProgramFolder} folder
 * @returns {string[]} the names that `npm run example` and `npm run bench` take
 */
export function programNames(folder) {
  return subfolders(folder, 'main.ts');
}

/**
 * @param {string} file
 * @returns {any}
 */
export function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * @param {string} folder - relative to the root
 * @param {string} marker - the file that makes a subfolder count
 */
function subfolders(folder, marker) {
  const names = readdirSync(path.join(root, folder));
  return names.filter((name) => existsSync(path.join(root, folder, name, marker))).sort();
}
