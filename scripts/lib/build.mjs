import { existsSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, sources } from './fingerprint.mjs';
import { mapLimited, runTool } from './run.mjs';
import { onceFor } from './stamp.mjs';
import { exportedFiles, packages, programNames, root } from './workspace.mjs';

const CONFIG = ['tsup.config.ts', 'tsconfig.json', 'tsconfig.base.json', 'pnpm-lock.yaml'].map((file) => path.join(root, file));
const AT_ONCE = 2;

/**
 * @typedef {object} Target
 * @property {string} name - of its stamp
 * @property {string} folder - where tsup runs
 * @property {string[]} args - for tsup
 * @property {string[]} inputs - every file that it depends on
 * @property {string[]} outputs - files that are there once it is built
 */

/**
 * @typedef {object} BuildOptions
 * @property {boolean} types - the declarations too
 * @property {boolean} [bench] - the benchmarks too
 * @property {boolean} [force] - also what is up to date
 * @property {(line: string) => void} log
 */

/**
 * Builds what is missing or not of its present sources.
 *
 * @param {BuildOptions} options
 */
export async function build(options) {
  const { types, bench = false } = options;
  const targets = [...packages().map(bundle), ...programs('examples'), ...(bench ? programs('bench') : []), ...(types ? packages().map(declarations) : [])];
  await mapLimited(targets, AT_ONCE, (target) => buildTarget(target, options));
}

/**
 * @param {Target} target
 * @param {BuildOptions} options
 */
async function buildTarget({ name, folder, args, inputs, outputs }, { force = false, log }) {
  const isThere = () => !force && outputs.every((file) => existsSync(file));
  await onceFor(`build-${name}`, fingerprint(root, [...CONFIG, ...inputs]), isThere, async () => {
    log(`building ${name}`);
    const config = path.relative(folder, path.join(root, 'tsup.config.ts'));
    await runTool('tsup', ['--config', config, ...args], { cwd: folder, label: `building ${name}` });
  });
}

/**
 * @param {import('./workspace.mjs').Package} target
 * @returns {Target}
 */
function bundle({ name, folder, manifest }) {
  const outputs = exportedFiles(manifest, 'default').map((file) => path.join(folder, file));
  return { name, folder, args: [], inputs: packageInputs(folder), outputs };
}

/**
 * Declarations may spell out types inferred from the packages below, so they depend on those too.
 *
 * @param {import('./workspace.mjs').Package} target
 * @returns {Target}
 */
function declarations(target) {
  const { name, folder, manifest } = target;
  const outputs = exportedFiles(manifest, 'types').map((file) => path.join(folder, file));
  const inputs = [...new Set(withPackagesBelow(target))].flatMap(packageInputs);
  return { name: `${name}.types`, folder, args: ['--dts-only'], inputs, outputs };
}

/**
 * @param {import('./workspace.mjs').Package} target
 * @returns {string[]} folders
 */
function withPackagesBelow({ folder, manifest }) {
  const below = packages().filter((other) => `@pg/${other.name}` in (manifest.dependencies ?? {}));
  return [folder, ...below.flatMap(withPackagesBelow)];
}

/**
 * @param {import('./workspace.mjs').ProgramFolder} name
 * @returns {Target[]} one for all programs of the folder
 */
function programs(name) {
  const folder = path.join(root, name);
  const outputs = programNames(name).map((program) => path.join(folder, 'dist', program, 'main.js'));
  return outputs.length === 0 ? [] : [{ name, folder, args: [], inputs: sources(folder), outputs }];
}

/** @param {string} folder */
function packageInputs(folder) {
  return [path.join(folder, 'package.json'), ...sources(path.join(folder, 'src'))];
}
