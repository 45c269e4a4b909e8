// Makes a checkout ready to run: `node scripts/setup.mjs [--types]`. Needs git, Node and npm, nothing else.
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MINIMUM = [20, 19];

/**
 * Installs and builds what is missing or out of date; does and prints nothing when all is there.
 *
 * @param {{ types?: boolean, bench?: boolean }} [options] - `types`: build the declarations too, as for a release; `bench`: the benchmarks too
 */
export async function setup({ types = false, bench = false } = {}) {
  checkNode();
  const { install } = await import('./lib/install.mjs');
  const { build } = await import('./lib/build.mjs');
  await install(log);
  await build({ types, bench, log });
}

/**
 * Runs a script's main function; an error that explains itself (a failed command, or what the packages throw on purpose) is printed
 * without a stack.
 *
 * @param {() => Promise<void>} main
 */
export function runScript(main) {
  main().catch((error) => {
    const explained = ['CommandError', 'CheckError'].includes(error.name) || typeof error.remedy === 'string';
    console.error(explained ? error.message : error);
    process.exitCode = 1;
  });
}

/** @param {string} line */
function log(line) {
  console.log(`setup: ${line}`);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [needMajor, needMinor] = /** @type {[number, number]} */ (MINIMUM);
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  console.error(`setup: this is Node ${process.versions.node}, but Node ${MINIMUM.join('.')} or newer is needed. Install it and run this again.`);
  process.exit(1);
}

/** @param {string} url - a module's `import.meta.url` */
export function isMain(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}

if (isMain(import.meta.url)) runScript(() => setup({ types: process.argv.includes('--types') }));
