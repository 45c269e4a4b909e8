import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run, runTool } from '../lib/run.mjs';
import { root } from '../lib/workspace.mjs';
import { CheckError } from './check.mjs';

const LIMIT_BYTES = 5_000_000;
const MINUTES = 60_000;

/**
 * What a user does first: install the packages in an empty folder, and run the readme's quickstart.
 *
 * @param {import('./check.mjs').Context} context
 */
export async function installCheck({ scratch, tarballs }) {
  const folder = path.join(scratch, 'user');
  const packed = await tarballs();
  await install(folder, packed);
  const size = folderSize(path.join(folder, 'node_modules'));
  if (size > LIMIT_BYTES)
    throw new CheckError(`The six packages take ${megabytes(size)} installed; the promise is ${megabytes(LIMIT_BYTES)}.\n${largest(folder)}`);
  await loadEach(folder, packed);
  await tryQuickstart(folder);
  return { note: megabytes(size) };
}

/**
 * @param {string} folder
 * @param {import('./check.mjs').Tarball[]} packed
 */
async function install(folder, packed) {
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const files = packed.map(({ file }) => file);
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--prefer-offline', '--loglevel=error'];
  // npm tells the scripts it runs which folder is theirs; this one is not in it.
  const env = { npm_config_local_prefix: undefined };
  await run('npm', ['install', ...options, ...files], { cwd: folder, env, shell: process.platform === 'win32' });
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

/** @param {string} folder */
async function tryQuickstart(folder) {
  const code = quickstart();
  writeFileSync(path.join(folder, 'quickstart.mjs'), code);
  writeFileSync(path.join(folder, 'quickstart.ts'), code);
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(strictestUser()));
  const typeChecked = runTool('typescript', ['--project', '.'], { command: 'tsc', cwd: folder, label: 'type-checking the quickstart' });
  const ran = run(process.execPath, ['quickstart.mjs'], { cwd: folder, timeout: 2 * MINUTES, label: 'running the quickstart' });
  const results = await Promise.allSettled([typeChecked, ran]);
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.message] : []));
  if (failures.length > 0) throw new CheckError(failures.join('\n'));
}

/** The readme's first example: the code block after the comment that marks it. */
function quickstart() {
  const readme = path.join(root, 'README.md');
  const text = existsSync(readme) ? readFileSync(readme, 'utf8') : '';
  const code = /<!--\s*quickstart\s*-->\s*```(?:ts|js)\r?\n(.*?)```/s.exec(text)?.[1];
  if (code === undefined) throw new CheckError('README.md has no ```ts or ```js block after a <!-- quickstart --> comment.');
  return code;
}

function strictestUser() {
  const lib = ['es2023', 'esnext.disposable', 'dom'];
  const compilerOptions = { strict: true, skipLibCheck: false, noEmit: true, target: 'es2022', module: 'nodenext', lib, types: [] };
  return { compilerOptions, files: ['quickstart.ts'] };
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

/** @param {string} folder */
function largest(folder) {
  const modules = path.join(folder, 'node_modules');
  const names = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(path.join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
  const sizes = names.map((name) => ({ name, size: sizeOf(path.join(modules, name)) })).sort((a, b) => b.size - a.size);
  return sizes
    .slice(0, 8)
    .map(({ name, size }) => `  ${megabytes(size)}  ${name}`)
    .join('\n');
}

/** @param {string} at */
function sizeOf(at) {
  return statSync(at).isDirectory() ? folderSize(at) : statSync(at).size;
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
