import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runTool } from '../lib/run.mjs';
import { readJson, root } from '../lib/workspace.mjs';
import { failOn } from './check.mjs';

/** What the examples may import, and where it is installed. */
const MODULES = { '@pg': '.', '@types': '.', vitest: '.', '@tensorflow': 'packages/nn', 'onnxruntime-web': 'packages/policies' };

/**
 * The readmes are true: every example in TypeScript compiles, each by itself, and every package's readme names all that it exports.
 *
 * @param {import('./check.mjs').Context} context
 * @returns {Promise<import('./check.mjs').Outcome>}
 */
export async function readmes({ scratch }) {
  const packages = readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}`);
  failOn(packages.flatMap(unnamedExports));
  const folder = path.join(scratch, 'readmes');
  mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
  for (const [name, at] of Object.entries(MODULES)) symlinkSync(path.join(root, at, 'node_modules', name), path.join(folder, 'node_modules', name), 'junction');
  const examples = ['.', ...packages].flatMap(examplesOf);
  for (const { file, code } of examples) writeFileSync(path.join(folder, file), code);
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(compilation(examples)));
  await runTool('typescript', ['--project', '.'], { command: 'tsc', cwd: folder, label: 'type-checking the examples in the readmes' });
  return { note: `${examples.length} examples` };
}

/** @param {{ file: string }[]} examples */
function compilation(examples) {
  const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false, moduleDetection: 'force', preserveSymlinks: false };
  return { extends: path.join(root, 'tsconfig.base.json'), compilerOptions, files: examples.map(({ file }) => file) };
}

/**
 * The code blocks of a readme, in files that say where they are from: `packages-envs-line-15.ts`.
 *
 * @param {string} folder
 */
function examplesOf(folder) {
  const text = readmeOf(folder);
  return [...text.matchAll(/^```ts\r?\n(.*?)^```/gms)].map((block) => {
    const line = text.slice(0, block.index).split('\n').length;
    return { file: `${folder === '.' ? 'README' : folder.replace('/', '-')}-line-${line}.ts`, code: `${block[1]}` };
  });
}

/**
 * @param {string} folder
 * @returns {string[]} complaints
 */
function unnamedExports(folder) {
  const text = readmeOf(folder);
  /** @type {Record<string, Record<string, string>>} */
  const entries = readJson(path.join(root, folder, 'package.json')).exports;
  const sources = Object.values(entries).flatMap((entry) => entry['@pg/source'] ?? []);
  const names = sources.flatMap((source) => exportedNames(readFileSync(path.join(root, folder, source), 'utf8')));
  const unnamed = names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
  return unnamed.length === 0 ? [] : [`${folder}/README.md does not name ${unnamed.join(', ')}. List it under "Exports".`];
}

/** @param {string} source - an entry, which only exports from other files */
function exportedNames(source) {
  const lists = [...source.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].map((list) => list[1] ?? '');
  return lists.flatMap((list) => list.split(',').flatMap((item) => /(\w+)\s*$/.exec(item)?.[1] ?? []));
}

/** @param {string} folder */
function readmeOf(folder) {
  return readFileSync(path.join(root, folder, 'README.md'), 'utf8');
}
