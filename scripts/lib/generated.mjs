import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './workspace.mjs';

/**
 * @typedef {object} Generated
 * @property {string} file - where it is committed, relative to the repository's folder
 * @property {string} from - the folder of its sources
 * @property {string} command - `npm run <command>` makes it
 * @property {string} constant - what it exports
 * @property {string} comment - what that is
 * @property {string} literal - its value, in quotes
 */

/**
 * Writes a TypeScript file that holds what others were made into. With `--check` on the command line the program compares instead, and
 * fails when the committed file is stale.
 *
 * @param {Generated} generated
 */
export function keepGenerated({ file, from, command, constant, comment, literal }) {
  const target = path.join(root, file);
  const text = [`// Generated from ${from} by \`npm run ${command}\`. Do not edit.`, `/** ${comment} */`, `export const ${constant} =\n  ${literal};`, ''].join(
    '\n',
  );
  if (!process.argv.includes('--check')) {
    writeFileSync(target, text);
    console.log(`wrote ${target}, ${Buffer.byteLength(text)} bytes`);
  } else if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
    console.error(`${path.basename(file)} is stale: ${from} makes something else. Run: npm run ${command}`);
    process.exitCode = 1;
  }
}
