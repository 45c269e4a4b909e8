// `npm test`: makes the checkout ready and runs every check, whatever the others say. `--only types,lint` runs some.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CheckError } from './checks/check.mjs';
import { checks } from './checks/checks.mjs';
import { pack } from './checks/tarballs.mjs';
import { mapLimited } from './lib/run.mjs';
import { runScript, setup } from './setup.mjs';

const AT_ONCE = 2;

/** @typedef {import('./checks/check.mjs').Outcome & { passed: number, failed: number }} Counted */

runScript(async () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'pg-test-'));
  try {
    const outcomes = (await isReady()) ? await runAll(chosen(), contextIn(scratch)) : [{ passed: 0, failed: 1 }];
    report(outcomes);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});

/** @returns {Promise<boolean>} whether there is something to check */
async function isReady() {
  return setup().then(
    () => true,
    (error) => {
      console.log(`setup  FAILED\n${indent(error.message)}`);
      return false;
    },
  );
}

/** @returns {import('./checks/check.mjs').Check[]} all checks, or those after `--only` */
function chosen() {
  const at = process.argv.indexOf('--only');
  if (at === -1) return checks;
  const names = (process.argv[at + 1] ?? '').split(',');
  const unknown = names.find((name) => !checks.some((check) => check.name === name));
  if (unknown !== undefined) throw new CheckError(`There is no check "${unknown}"; there are: ${checks.map(({ name }) => name).join(', ')}.`);
  return checks.filter(({ name }) => names.includes(name));
}

/**
 * @param {string} scratch
 * @returns {import('./checks/check.mjs').Context}
 */
function contextIn(scratch) {
  /** @type {ReturnType<typeof pack> | undefined} */
  let packed;
  const tarballs = () => {
    // The first check that asks reports what goes wrong; it need not be said again.
    if (packed !== undefined) return packed.catch(() => Promise.reject(new CheckError('There are no tarballs to check: see above.')));
    packed = pack(path.join(scratch, 'tarballs'));
    return packed;
  };
  return { scratch, tarballs };
}

/**
 * Runs checks side by side and prints them in order.
 *
 * @param {import('./checks/check.mjs').Check[]} all
 * @param {import('./checks/check.mjs').Context} context
 */
async function runAll(all, context) {
  /** @type {string[]} */
  const lines = [];
  let printed = 0;
  return mapLimited(all, AT_ONCE, async (check) => {
    const start = performance.now();
    const outcome = await runOne(check, context);
    lines[all.indexOf(check)] = describe(check.name, outcome, (performance.now() - start) / 1000);
    while (lines[printed] !== undefined) console.log(lines[printed++]);
    return outcome;
  });
}

/**
 * @param {import('./checks/check.mjs').Check} check
 * @param {import('./checks/check.mjs').Context} context
 * @returns {Promise<Counted>}
 */
async function runOne(check, context) {
  try {
    return { passed: 1, failed: 0, ...(await check.run(context)) };
  } catch (error) {
    const explained = ['CheckError', 'CommandError'].includes(error.name);
    return { passed: 0, failed: 1, output: explained ? error.message : error.stack };
  }
}

/**
 * @param {string} name
 * @param {Counted} outcome
 * @param {number} seconds
 */
function describe(name, { failed, note, output }, seconds) {
  const result = failed > 0 ? 'FAILED' : 'ok';
  const line = `${name.padEnd(14)}${result.padEnd(8)}${seconds.toFixed(1).padStart(6)} s  ${note ?? ''}`.trimEnd();
  return output === undefined ? line : `${line}\n${indent(output)}`;
}

/** @param {Counted[]} outcomes */
function report(outcomes) {
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

/** @param {string} text */
function indent(text) {
  return text.replace(/^(?=.)/gm, '    ');
}
