import { existsSync } from 'node:fs';
import path from 'node:path';
import { runTool } from '../lib/run.mjs';
import { readJson } from '../lib/workspace.mjs';

/**
 * Unit, property, learning and type tests; each counts.
 *
 * @param {import('./check.mjs').Context} context
 * @returns {Promise<import('./check.mjs').Outcome>}
 */
export async function unitTests({ scratch }) {
  const report = path.join(scratch, 'vitest.json');
  const options = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const failure = await runTool('vitest', options).then(
    () => undefined,
    (error) => error.message,
  );
  const { numPassedTests: passed = 0, numFailedTests: failed = 0 } = existsSync(report) ? readJson(report) : {};
  const note = `${passed + failed} tests`;
  if (failure === undefined) return { passed, failed, note };
  // A file that does not load, or an error between tests, fails the run without failing a test.
  return { passed, failed: Math.max(1, failed), note, output: failure };
}
