import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { mapLimited, run } from '../../lib/run.mjs';
import { failOn } from '../check.mjs';
import { everyExport } from './every-export.mjs';
import { commandsOf, emptyFolder, runCommand } from './project.mjs';
import { serveTarballs } from './registry.mjs';
import { installTools } from './tools.mjs';

const PROGRAMS = fileURLToPath(new URL('./programs/', import.meta.url));

/** The compilers that users have, by what they are called here. */
const COMPILERS = { 5.7: '5.7.3', 5.9: '5.9.3', '6.0': '6.0.3', '7.0': '7.0.2' };
const RESOLUTIONS = ['node16', 'nodenext', 'bundler'];

/** The least that `lib` has to be; no types of a browser or of Node. */
const BARE = { lib: ['es2022'], types: [] };
const IN_PAGES = { lib: ['es2022', 'esnext.disposable', 'dom', 'dom.iterable'], types: [] };
const IN_NODE = { lib: ['es2022'], types: ['node'] };

/** @typedef {{ what: string, text: string }} Complaint - a line of a compiler, and where it said it */
/** @typedef {{ folder: string, compiler: string, label: string, files: string[], options?: Record<string, unknown> }} Compilation */

/**
 * The declarations in the eyes of the strictest users: every compiler, every way to resolve modules, the least `lib`, nothing skipped; and programs that
 * export what they have made with the packages, in a `node_modules` that holds what the install line of each readme names and nothing else.
 *
 * @param {import('../check.mjs').Context} context
 * @returns {Promise<import('../check.mjs').Outcome>}
 */
export async function consumerTypes({ scratch, tarballs }) {
  const aliases = Object.entries(COMPILERS).map(([name, version]) => [`typescript-${name}`, `npm:typescript@${version}`]);
  const tools = await installTools('compilers', { ...Object.fromEntries(aliases), '@types/node': '20.19.25' });
  if ('missing' in tools) return { note: `skipped: ${tools.missing}` };
  const packed = await tarballs();
  const registry = await serveTarballs(packed);
  try {
    const parent = path.join(scratch, 'consumer-types');
    const compilations = [...(await anyProject(parent, registry.url, packed)), ...(await strictProjects(parent, registry.url, packed))];
    const complaints = await mapLimited(compilations, 2, (compilation) => compile(tools.modules, compilation));
    failOn(grouped(complaints.flat()));
    return { note: `TypeScript ${Object.keys(COMPILERS).join(' ')} × ${RESOLUTIONS.join(' ')}, npm and pnpm` };
  } finally {
    registry.close();
  }
}

/**
 * All packages in one project: each compiler by each resolution with the least `lib`, and once with the types of pages and of Node.
 *
 * @param {string} parent
 * @param {string} registry
 * @param {import('../check.mjs').Tarball[]} packed
 * @returns {Promise<Compilation[]>}
 */
async function anyProject(parent, registry, packed) {
  const folder = path.join(parent, 'npm');
  emptyFolder(folder, registry);
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  await runCommand(folder, `npm install ${packed.map(({ name }) => name).join(' ')}`);
  const files = [...copyPrograms(folder), await everyExport(folder, packed)];
  const outside = files.filter((file) => file !== 'pages.ts');
  return Object.keys(COMPILERS).flatMap((compiler) => [
    ...RESOLUTIONS.map((resolution) => ({ folder, compiler, label: resolution, files: outside, options: { ...resolving(resolution), ...BARE } })),
    { folder, compiler, label: 'pages', files: ['pages.ts'], options: { ...resolving('bundler'), ...IN_PAGES } },
    ...(compiler === '5.7' || compiler === '7.0'
      ? [{ folder, compiler, label: 'node', files: outside, options: { ...resolving('nodenext'), ...IN_NODE } }]
      : []),
  ]);
}

/**
 * A project for each readme, with exactly what its install line names, as pnpm lays it out: a package sees what it depends on and nothing else.
 *
 * @param {string} parent
 * @param {string} registry
 * @param {import('../check.mjs').Tarball[]} packed
 * @returns {Promise<Compilation[]>}
 */
async function strictProjects(parent, registry, packed) {
  const compilations = await mapLimited(packed, 2, async (tarball) => {
    const name = tarball.name.replace('@pg/', '');
    const folder = path.join(parent, `pnpm-${name}`);
    emptyFolder(folder, registry);
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    for (const command of commandsOf(`packages/${name}/README.md`)) await runCommand(folder, command, 'pnpm');
    const files = [await everyExport(folder, [tarball]), ...(name === 'algos' ? copyPrograms(folder, 'exports.ts') : [])];
    return (name === 'algos' ? ['5.9', '7.0'] : ['7.0']).map((compiler) => ({
      folder,
      compiler,
      label: 'strict',
      files,
      options: { ...resolving('nodenext'), ...BARE },
    }));
  });
  return compilations.flat();
}

/**
 * @param {string} folder
 * @param {string} [only]
 * @returns {string[]} their names
 */
function copyPrograms(folder, only) {
  const names = readdirSync(PROGRAMS).filter((name) => name.endsWith('.ts') && (only === undefined || name === only));
  for (const name of names) copyFileSync(path.join(PROGRAMS, name), path.join(folder, name));
  return names;
}

/** @param {string} resolution */
function resolving(resolution) {
  return { module: resolution === 'bundler' ? 'esnext' : resolution, moduleResolution: resolution };
}

/**
 * @param {string} modules - where the compilers are
 * @param {Compilation} compilation
 * @returns {Promise<Complaint[]>}
 */
async function compile(modules, { folder, compiler, label, files, options }) {
  const name = `${compiler}-${label}`;
  const strictness = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false };
  const emit = {
    declaration: true,
    emitDeclarationOnly: true,
    outDir: `out-${name}`,
    rootDir: '.',
    target: 'es2022',
    typeRoots: [path.join(modules, '@types')],
  };
  writeFileSync(path.join(folder, `${name}.json`), JSON.stringify({ compilerOptions: { ...strictness, ...emit, ...options }, files }));
  const tsc = path.join(modules, `typescript-${compiler}`, 'bin/tsc');
  const what = `TypeScript ${compiler}, ${label}, ${path.basename(folder)}`;
  return run(process.execPath, [tsc, '--project', `${name}.json`, '--pretty', 'false'], { cwd: folder, label: what }).then(
    () => [],
    (error) =>
      String(error.message)
        .split('\n')
        .slice(0, -1)
        .map((text) => ({ what, text })),
  );
}

/**
 * What compilers say alike is said once.
 *
 * @param {Complaint[]} complaints
 */
function grouped(complaints) {
  const texts = [...new Set(complaints.map(({ text }) => text))];
  return texts.map(
    (text) =>
      `${text}\n    ${complaints
        .filter((complaint) => complaint.text === text)
        .map(({ what }) => what)
        .join('; ')}`,
  );
}
