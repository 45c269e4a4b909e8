import path from 'node:path';
import { build } from '../lib/build.mjs';
import { run } from '../lib/run.mjs';
import { root } from '../lib/workspace.mjs';

/** Those that take no more than a moment. */
const ROWS = ['update-small', 'update-deeper', 'inference', 'product-small', 'convolution', 'convolution-forward', 'sampling'];

/**
 * The engine's benchmark runs, and computes what its peers compute; how fast is not looked at.
 *
 * @returns {Promise<import('./check.mjs').Outcome>}
 */
export async function bench() {
  await build({ types: false, bench: true, log: () => {} });
  const file = path.join(root, 'bench/dist/engine/main.js');
  const output = await run(process.execPath, [file, '--smoke', '--json', '--only', ROWS.join(',')], { label: 'running the benchmark' });
  /** @type {{ rows: { name: string, ratio?: number, skipped?: string }[] }} */
  const { rows } = JSON.parse(output);
  const skipped = rows.filter((row) => row.skipped !== undefined);
  const note = `${rows.length - skipped.length} rows agree with their peers`;
  return { note: skipped.length === 0 ? note : `${note}; skipped for want of PyTorch: ${skipped.map(({ name }) => name).join(', ')}` };
}
