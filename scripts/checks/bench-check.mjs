import path from 'node:path';
import { build } from '../lib/build.mjs';
import { run } from '../lib/run.mjs';
import { root } from '../lib/workspace.mjs';
import { CheckError } from './check.mjs';

/** Those that take no more than a moment. */
const ROWS = ['update-small', 'update-deeper', 'inference', 'product-small', 'convolution', 'convolution-forward', 'sampling'];

/** What counts as none for each step. */
const BYTES = 4;

/** Two numbers that V8 boxes in runs in which it does not inline a sine and a cosine: its choice, and not the environment's. */
const BOXED = 40;

/**
 * The benchmarks run, and the engine computes what its peers compute; how fast, and what is learned, is not looked at.
 *
 * @param {import('./check.mjs').Context} context
 * @returns {Promise<import('./check.mjs').Outcome>}
 */
export async function bench({ scratch }) {
  await build({ types: false, bench: true, log: () => {} });
  const output = await smoke('engine', ['--only', ROWS.join(',')]);
  /** @type {{ rows: { name: string, ratio?: number, skipped?: string }[] }} */
  const { rows } = JSON.parse(output);
  const skipped = rows.filter((row) => row.skipped !== undefined);
  const played = await environmentsPlay();
  const learned = JSON.parse(await smoke('learn', ['all', '--seeds', '1'])).tasks.length;
  const run = JSON.parse(await smoke('recipes', ['R2', 'R4a', 'R6', '--seeds', '1'], scratch)).recipes.length;
  const note = `${rows.length - skipped.length} rows agree with their peers, ${played}, ${learned} tasks begin to be learned, ${run} recipes run`;
  return { note: skipped.length === 0 ? note : `${note}; skipped for want of PyTorch: ${skipped.map(({ name }) => name).join(', ')}` };
}

/**
 * Every environment plays, and those that promise it allocate nothing but numbers that the runtime boxes. Each does so in a process
 * of its own: what has run before would decide what the runtime keeps on the heap.
 *
 * @returns {Promise<string>} how many there are, and which had numbers boxed
 */
async function environmentsPlay() {
  /** @type {{ rows: { name: string, heapGrowth: number, noAllocation: boolean }[] }} */
  const { rows } = JSON.parse(await smoke('envs', []));
  const growing = rows.find(({ heapGrowth, noAllocation }) => noAllocation && heapGrowth > BOXED);
  const boxed = rows.filter(({ heapGrowth, noAllocation }) => noAllocation && heapGrowth > BYTES).map(({ name }) => name);
  if (growing === undefined) return `${rows.length} environments play${boxed.length > 0 ? ` (${boxed.join(', ')} with boxed numbers)` : ''}`;
  throw new CheckError(`A step of ${growing.name} allocates ${growing.heapGrowth.toFixed(1)} bytes; it promises none.`);
}

/**
 * @param {string} name
 * @param {string[]} args
 * @param {string} [cwd] - where it runs
 * @returns {Promise<string>} the results of a benchmark in which everything is done once
 */
async function smoke(name, args, cwd = root) {
  const file = path.join(root, 'bench/dist', name, 'main.js');
  return run(process.execPath, [file, '--smoke', '--json', ...args], { cwd, label: `running the benchmark "${name}"` });
}
