// Runs one of the examples, or lists them: `node scripts/example.mjs [NAME [arguments of the example]]`.

import { closest } from './lib/closest.mjs';
import { runExample } from './lib/example.mjs';
import { exampleNames } from './lib/workspace.mjs';
import { runScript, setup } from './setup.mjs';

const [name, ...args] = process.argv.slice(2);
runScript(() => main(name, args));

/**
 * @param {string | undefined} name
 * @param {string[]} args
 */
async function main(name, args) {
  const names = exampleNames();
  if (name === undefined || name === '--help' || name === '-h') return console.log(usage(names));
  if (!names.includes(name)) {
    const near = closest(name, names);
    console.error(`There is no example "${name}".${near === undefined ? '' : ` Did you mean "${near}"?`}\n\n${usage(names)}`);
    process.exitCode = 1;
    return;
  }
  await setup();
  await runExample(name, args);
}

/** @param {string[]} names */
function usage(names) {
  return `Usage: npm run example -- NAME [arguments of the example]\n\nExamples:\n${names.map((name) => `  ${name}`).join('\n')}`;
}
