import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './workspace.mjs';

/**
 * Runs a built example in this process, so that signals and the terminal are its own, with the arguments it would have had.
 *
 * @param {string} name
 * @param {string[]} args
 */
export async function runExample(name, args) {
  const file = path.join(root, 'examples/dist', name, 'main.js');
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
}
