import path from 'node:path';
import { build } from '../lib/build.mjs';
import { run } from '../lib/run.mjs';
import { root } from '../lib/workspace.mjs';

/** Those that take no more than a moment. */
const ROWS = ['update-small', 'update-deeper', 'inference', 'product-small', 'convolution', 'convolution-forward', 'sampling'];

/**
 * The benchmarks run, and the engine computes what its peers compute; how fast is not looked at.
 *
 * @returns {Promise<import('./check.mjs').Outcome>}
 */
export async function bench() {
  await build({ types: false, bench: true, log: () => {} });
  const output = await smoke('engine', ['--only', ROWS.join(',')]);
  /** @type {{ rows: { name: string, ratio?: number, skipped?: string }[] }} */
  const { rows } = JSON.parse(output);
  const skipped = rows.filter((row) => row.skipped !== undefined);
  const played = JSON.parse(await smoke('envs', [])).rows.length;
  const note = `${rows.length - skipped.length} rows agree with their peers, ${played} environments play`;
  return { note: skipped.length === 0 ? note : `${note}; skipped for want of PyTorch: ${skipped.map(({ name }) => name).join(', ')}` };
}

/**
 * @param {string} name
 * @param {string[]} args
 * @returns {Promise<string>} the results of a benchmark in which everything is done once
 */
async function smoke(name, args) {
  const file = path.join(root, 'bench/dist', name, 'main.js');
  return run(process.execPath, [file, '--smoke', '--json', ...args], { label: `running the benchmark "${name}"` });
}
