// Builds every package and example, whether up to date or not: `node scripts/build.mjs [--types]`.
import { build } from './lib/build.mjs';
import { runScript } from './setup.mjs';

runScript(() => build({ types: process.argv.includes('--types'), force: true, log: console.log }));
