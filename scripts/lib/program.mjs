import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { closest } from './closest.mjs';
import { programNames, root } from './workspace.mjs';

/** @typedef {import('./workspace.mjs').ProgramFolder} ProgramFolder */

/**
 * Runs a built program in this process, so that signals and the terminal are its own, with the arguments it would have had.
 *
 * @param {ProgramFolder} folder
 * @param {string} name
 * @param {string[]} args
 */
export async function runProgram(folder, name, args) {
  const file = path.join(root, folder, 'dist', name, 'main.js');
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
}

/**
 * Runs the program that the command line names; without a name, or with one that does not exist, it lists them.
 *
 * @param {ProgramFolder} folder
 * @param {{ command: string, kind: string, prepare: () => Promise<void> }} how - `npm run <command>`, what such a program is called,
 *   and what comes before it
 */
export async function runNamed(folder, { command, kind, prepare }) {
  const [name, ...args] = process.argv.slice(2);
  const names = programNames(folder);
  const usage = `Usage: npm run ${command} -- NAME [arguments]\n\nNames:\n${names.map((known) => `  ${known}`).join('\n')}`;
  if (name === undefined || name === '--help' || name === '-h') return console.log(usage);
  if (!names.includes(name)) {
    const near = closest(name, names);
    console.error(`There is no ${kind} "${name}".${near === undefined ? '' : ` Did you mean "${near}"?`}\n\n${usage}`);
    process.exitCode = 1;
    return;
  }
  await prepare();
  await runProgram(folder, name, args);
}
