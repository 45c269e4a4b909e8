import path from 'node:path';
import { mapLimited, runTool } from '../lib/run.mjs';
import { exportedFiles } from '../lib/workspace.mjs';
import { failOn } from './check.mjs';

/** @typedef {import('./check.mjs').Tarball} Tarball */

const ALWAYS = ['LICENSE', 'README.md', 'package.json'];
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
  const options = ['--profile', 'esm-only', '--no-definitely-typed', '--exclude-entrypoints', './kernels.wasm', '--no-emoji', '--no-color'];
  await forEach(await tarballs(), ({ file }) => runTool('@arethetypeswrong/cli', [file, ...options], { command: 'attw' }));
}

/**
 * Published declarations import nothing that an install does not bring, above all no zod, and export every type that they declare.
 *
 * @param {import('./check.mjs').Context} context
 */
export async function declarations({ tarballs }) {
  failOn((await tarballs()).flatMap((tarball) => [...foreignImports(tarball), ...privateTypes(tarball)]));
}

/**
 * Types that a declaration uses and nobody else can name.
 *
 * @param {Tarball} tarball
 */
function privateTypes({ name, entries }) {
  return files(entries, 'types').flatMap((file) => {
    const text = String(entries.get(file));
    const declared = [...text.matchAll(/^(?:declare (?:abstract )?)?(?:interface|type|class) (\w+)/gm)].map((match) => String(match[1]));
    const exported = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap((list) => String(list[1]).match(/\w+/g) ?? []);
    const hidden = [...new Set(declared)].filter((type) => !exported.includes(type));
    return hidden.map((type) => `${name}: ${file} declares ${type} and does not export it. Export it, or let nothing public speak of it.`);
  });
}

/** @param {Tarball} tarball */
function foreignImports({ name, entries }) {
  const allowed = new Set([name, ...Object.keys(manifestOf(entries).dependencies ?? {})]);
  return files(entries, 'types').flatMap((file) => {
    const foreign = importsOf(entries, file).filter((specifier) => !allowed.has(packageOf(specifier)) && !isInside(entries, file, specifier));
    return foreign.map((specifier) => `${name}: ${file} imports from "${specifier}", which is no dependency of the package.`);
  });
}

/**
 * Whether a relative import leads to another file of the tarball, as from one entry to what it shares with another.
 *
 * @param {Map<string, Buffer>} entries
 * @param {string} file
 * @param {string} specifier
 */
function isInside(entries, file, specifier) {
  const target = path.posix.join(path.posix.dirname(file), specifier.replace(/\.js$/, '.d.ts'));
  return specifier.startsWith('./') && entries.has(target);
}

/**
 * @param {Map<string, Buffer>} entries
 * @param {string} file
 */
function importsOf(entries, file) {
  // examples in comments import files of a user's
  const text = String(entries.get(file));
  const code = file.endsWith('.d.ts') ? text.replace(/\/\*\*.*?\*\//gs, '') : text;
  const matches = code.matchAll(/(?:from |import |import\(|<reference types=)\s*(['"])([^'"]+)\1/g);
  return [...new Set([...matches].map((match) => String(match[2])))];
}

/**
 * The files behind the exports of a tarball and those that they share, as their paths in it.
 *
 * @param {Map<string, Buffer>} entries
 * @param {'default' | 'types'} condition
 */
function files(entries, condition) {
  const entryFiles = exportedFiles(manifestOf(entries), condition).map((file) => file.split(path.sep).join('/'));
  return [...new Set(entryFiles.flatMap((file) => withShared(entries, file)))];
}

/**
 * A file, and those that it shares with other entries: bundlers put common parts into files of their own.
 *
 * @param {Map<string, Buffer>} entries
 * @param {string} file
 * @returns {string[]}
 */
function withShared(entries, file) {
  const extension = file.endsWith('.d.ts') ? '.d.ts' : '.js';
  const imported = importsOf(entries, file).map((specifier) => path.posix.join(path.posix.dirname(file), specifier.replace(/\.js$/, extension)));
  const shared = imported.filter((other) => other.startsWith('dist/') && entries.has(other));
  return [file, ...shared.flatMap((other) => withShared(entries, other))];
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
  failOn((await tarballs()).flatMap((tarball) => [...wrongFiles(tarball), ...wrongManifest(tarball), ...mentionedPeers(tarball)]));
}

/** @param {Tarball} tarball */
function wrongFiles({ name, entries }) {
  const code = files(entries, 'default');
  const bundlesOthers = code.some((file) => /^\/\/ .*node_modules\//m.test(String(entries.get(file))));
  const expected = new Set([...ALWAYS, ...code, ...files(entries, 'types'), ...(bundlesOthers ? [NOTICES] : [])]);
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
 * What a user may leave out, the main entry does not know of.
 *
 * @param {Tarball} tarball
 */
function mentionedPeers({ name, entries }) {
  const { peerDependencies = {} } = manifestOf(entries);
  return [...withShared(entries, 'dist/index.js'), ...withShared(entries, 'dist/index.d.ts')].flatMap((file) => {
    const text = String(entries.get(file));
    const mentioned = Object.keys(peerDependencies).filter((peer) => text.includes(`"${peer}"`) || text.includes(`'${peer}'`));
    return mentioned.map((peer) => `${name}: ${file} mentions ${peer}, which is an optional peer.`);
  });
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
