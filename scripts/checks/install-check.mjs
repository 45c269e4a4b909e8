import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../lib/run.mjs';
import { CheckError } from './check.mjs';
import { commandsIn, commandsOf, emptyFolder, runCommand, stepsOf } from './consumers/project.mjs';
import { serveTarballs } from './consumers/registry.mjs';

const LIMIT_BYTES = 5_000_000;
const MINUTES = 60_000;

/**
 * What a user does first: in an empty folder, all that the readme says, command by command; then every package in Node.
 *
 * @param {import('./check.mjs').Context} context
 */
export async function installCheck({ scratch, tarballs }) {
  const folder = path.join(scratch, 'user');
  const packed = await tarballs();
  const registry = await serveTarballs(packed);
  try {
    emptyFolder(folder, registry.url);
    await tryQuickstart(folder);
    for (const command of packed.flatMap(({ name }) => commandsOf(`packages/${name.replace('@pg/', '')}/README.md`))) await runCommand(folder, command);
  } finally {
    registry.close();
  }
  const sizes = installedSizes(path.join(folder, 'node_modules'));
  const size = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (size > LIMIT_BYTES) throw new CheckError(`The packages take ${megabytes(size)} installed; the promise is ${megabytes(LIMIT_BYTES)}.\n${largest(sizes)}`);
  await loadEach(folder, packed);
  return { note: megabytes(size) };
}

/**
 * Runs the commands of the readme in their order, with the code between them in the files that it names.
 *
 * @param {string} folder
 */
async function tryQuickstart(folder) {
  const steps = stepsOf('README.md', 'Use it');
  const code = steps.find(({ language }) => language === 'ts')?.text;
  if (code === undefined) throw new CheckError('README.md has no ```ts block under "Use it".');
  for (const { language, text } of steps) {
    if (language === 'sh') for (const command of commandsIn(text)) await runCommand(folder, command);
    else if (text === code) for (const name of ['quickstart.js', 'quickstart.ts']) writeFileSync(path.join(folder, name), code);
  }
}

/**
 * Every package can be imported, and required.
 *
 * @param {string} folder
 * @param {import('./check.mjs').Tarball[]} packed
 */
async function loadEach(folder, packed) {
  const names = packed.map(({ name }) => name);
  const lines = names.flatMap((name) => [`await import('${name}');`, `require('${name}');`]);
  const head = `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n`;
  // A bundler may rename a class; what users see of an error must stay.
  const named = [
    "const { InvalidOptionsError, discrete } = await import('@pg/core');",
    'try { discrete(0); } catch (error) {',
    "  if (error.name !== 'InvalidOptionsError' || !(error instanceof InvalidOptionsError)) throw new Error('an error calls itself ' + error.name);",
    '}',
  ];
  writeFileSync(path.join(folder, 'load.mjs'), [head, ...lines, ...named].join('\n'));
  await run(process.execPath, ['load.mjs'], { cwd: folder, timeout: MINUTES });
}

/**
 * @param {string} folder
 * @returns {number} bytes
 */
function folderSize(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.reduce((sum, entry) => {
    const at = path.join(folder, entry.name);
    return sum + (entry.isDirectory() ? folderSize(at) : statSync(at).size);
  }, 0);
}

/**
 * @param {string} modules
 * @returns {{ name: string, bytes: number }[]} what was installed, without the compiler
 */
function installedSizes(modules) {
  const names = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(path.join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
  return names.filter((name) => !/^@?typescript/.test(name)).map((name) => ({ name, bytes: sizeOf(path.join(modules, name)) }));
}

/** @param {{ name: string, bytes: number }[]} sizes */
function largest(sizes) {
  const sorted = [...sizes].sort((a, b) => b.bytes - a.bytes);
  const lines = sorted.slice(0, 8).map(({ name, bytes }) => `  ${megabytes(bytes)}  ${name}`);
  return lines.join('\n');
}

/** @param {string} at */
function sizeOf(at) {
  return statSync(at).isDirectory() ? folderSize(at) : statSync(at).size;
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
