import { mapLimited, runTool } from '../lib/run.mjs';
import { failOn } from './check.mjs';

/** @typedef {import('./check.mjs').Tarball} Tarball */

const ALWAYS = ['LICENSE', 'README.md', 'dist/index.d.ts', 'dist/index.js', 'package.json'];
const NOTICES = 'dist/THIRD_PARTY_NOTICES.txt';

/**
 * publint: does package.json say what the files are?
 *
 * @param {import('./check.mjs').Context} context
 */
export async function publint({ tarballs }) {
  await forEach(await tarballs(), ({ file }) => runTool('publint', ['run', file, '--strict']));
}

/**
 * Are The Types Wrong: do declarations resolve as the code does?
 *
 * @param {import('./check.mjs').Context} context
 */
export async function areTheTypesWrong({ tarballs }) {
  const options = ['--profile', 'esm-only', '--no-definitely-typed', '--no-emoji', '--no-color'];
  await forEach(await tarballs(), ({ file }) => runTool('@arethetypeswrong/cli', [file, ...options], { command: 'attw' }));
}

/**
 * Published declarations import nothing that an install does not bring: above all no zod.
 *
 * @param {import('./check.mjs').Context} context
 */
export async function declarations({ tarballs }) {
  failOn((await tarballs()).flatMap(foreignImports));
}

/** @param {Tarball} tarball */
function foreignImports({ name, entries }) {
  const allowed = new Set([name, ...Object.keys(manifestOf(entries).dependencies ?? {})]);
  const text = String(entries.get('dist/index.d.ts'));
  const specifiers = [...text.matchAll(/(?:from |import |import\(|<reference types=)\s*(['"])([^'"]+)\1/g)].map((match) => String(match[2]));
  const foreign = [...new Set(specifiers)].filter((specifier) => !allowed.has(packageOf(specifier)));
  return foreign.map((specifier) => `${name}: dist/index.d.ts imports from "${specifier}", which is no dependency of the package.`);
}

/** @param {string} specifier */
function packageOf(specifier) {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/**
 * A tarball holds the bundle, its declarations, the licences and the readme; its manifest speaks to npm only.
 *
 * @param {import('./check.mjs').Context} context
 */
export async function contents({ tarballs }) {
  failOn((await tarballs()).flatMap((tarball) => [...wrongFiles(tarball), ...wrongManifest(tarball)]));
}

/** @param {Tarball} tarball */
function wrongFiles({ name, entries }) {
  const bundlesOthers = /^\/\/ .*node_modules\//m.test(String(entries.get('dist/index.js')));
  const expected = new Set(bundlesOthers ? [...ALWAYS, NOTICES] : ALWAYS);
  const missing = [...expected].filter((file) => !entries.has(file));
  const surplus = [...entries.keys()].filter((file) => !expected.has(file));
  return [
    ...missing.map((file) => `${name}: ${file} is missing from the tarball.`),
    ...surplus.map((file) => `${name}: ${file} should not be in the tarball.`),
  ];
}

/** @param {Tarball} tarball */
function wrongManifest({ name, entries }) {
  const { dependencies = {}, exports = {} } = manifestOf(entries);
  const complaints = [];
  if (JSON.stringify(exports).includes('@pg/source')) complaints.push(`${name}: exports still offers the sources; see publishConfig.exports.`);
  if (/workspace:|catalog:/.test(JSON.stringify(dependencies))) complaints.push(`${name}: a dependency is not a version range npm knows.`);
  if ('zod' in dependencies) complaints.push(`${name}: zod is bundled and belongs in devDependencies.`);
  return complaints;
}

/**
 * @param {Map<string, Buffer>} entries
 * @returns {any}
 */
function manifestOf(entries) {
  return JSON.parse(String(entries.get('package.json')));
}

/**
 * @param {Tarball[]} tarballs
 * @param {(tarball: Tarball) => Promise<unknown>} check
 */
async function forEach(tarballs, check) {
  /** @type {string[]} */
  const complaints = [];
  await mapLimited(tarballs, 2, (tarball) => check(tarball).catch((error) => complaints.push(error.message)));
  failOn(complaints);
}
