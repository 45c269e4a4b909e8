import { spawn } from 'node:child_process';
import path from 'node:path';
import { readJson, root } from './workspace.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] - the repository's folder unless given
 * @property {NodeJS.ProcessEnv} [env] - added to the environment; `undefined` takes a variable away
 * @property {boolean} [shell] - for programs that are scripts on Windows, such as npx
 * @property {number} [timeout] - milliseconds until it is ended
 * @property {string} [label] - what to call it when it fails; the command line unless given
 */

/** A command that failed; the message holds all that it printed. */
class CommandError extends Error {
  name = 'CommandError';
}

/**
 * Runs a command without input and returns what it printed.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>} stdout and stderr together
 * @throws CommandError when it cannot start or does not exit with 0
 */
export function run(command, args, { cwd = root, env = {}, shell = false, timeout, label } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, shell ? args.map(quote) : args, {
      cwd,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout,
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error) => reject(new CommandError(`${command}: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new CommandError(`${output.trimEnd()}\n${label ?? [path.basename(command), ...args].join(' ')}: ${signal ?? `exit code ${code}`}`));
    });
  });
}

/**
 * Runs the command of an installed package of the root, such as `biome`, with this Node; no shell, so any path and argument will do.
 *
 * @param {string} packageName
 * @param {string[]} args
 * @param {RunOptions & { command?: string }} [options] - `command` when the package has several
 * @returns {Promise<string>}
 */
export function runTool(packageName, args, { command = packageName, ...options } = {}) {
  return run(process.execPath, [toolPath(packageName, command), ...args], options);
}

/**
 * @param {string} packageName
 * @param {string} command
 */
function toolPath(packageName, command) {
  const folder = path.join(root, 'node_modules', packageName);
  const { bin } = readJson(path.join(folder, 'package.json'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/**
 * Maps with at most `limit` calls at a time. When one fails no other is started, and the failure is thrown once all have ended.
 *
 * @template T, R
 * @param {readonly T[]} items
 * @param {number} limit
 * @param {(item: T) => Promise<R>} work
 * @returns {Promise<R[]>}
 */
export async function mapLimited(items, limit, work) {
  /** @type {R[]} */
  const results = [];
  /** @type {unknown[]} */
  const errors = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length && errors.length === 0) {
      const index = next++;
      await work(/** @type {T} */ (items[index])).then(
        (result) => (results[index] = result),
        (error) => errors.push(error),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  if (errors.length > 0) throw errors[0];
  return results;
}

/** @param {string} argument */
function quote(argument) {
  return /^[\w@./:=-]+$/.test(argument) ? argument : `"${argument}"`;
}
