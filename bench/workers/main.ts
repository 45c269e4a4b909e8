// Measures when worker threads pay for environments: the same copies on one thread and on several, side by side.

import { parseArgs } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { vectorize } from '@pg/envs';
import { thisMachine } from '../shared/machine.js';
import { busyEnv } from './busy-env.js';

/** How much a step computes, from next to nothing to about ten milliseconds; the threads import this very list. */
const ROUNDS = [0, 1000, 10_000, 100_000, 1_000_000];
export const [busy0, busy1, busy2, busy3, busy4] = ROUNDS.map(busyEnv);
const envs = [busy0!, busy1!, busy2!, busy3!, busy4!];

const NUM_ENVS = 8;

const USAGE = 'Usage: npm run bench -- workers [--threads 1,2,4] [--repetitions 5]';

// a thread imports this file for its environments only
if (isMainThread) main();

function parseCommandLine() {
  const options = {
    repetitions: { type: 'string', default: '5' },
    threads: { type: 'string', default: '1,2,4' },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return error as Error;
  }
}

function refuse(problem: string): void {
  console.error(`${problem}\n\n${USAGE}`);
  process.exitCode = 1;
}

function main(): void {
  const values = parseCommandLine();
  if (values instanceof Error) refuse(values.message);
  else if (values.help) console.log(USAGE);
  else measure(values.threads.split(',').map(Number), Number(values.repetitions));
}

function measure(counts: readonly number[], repetitions: number): void {
  const bad = [...counts, repetitions].find((count) => !Number.isInteger(count) || count < 1);
  if (bad !== undefined) {
    refuse('--threads and --repetitions: expected positive whole numbers.');
    return;
  }
  const { cpu, cores, node } = thisMachine();
  console.log(`${cpu}, ${cores} cores, Node ${node}; ${NUM_ENVS} copies, µs for a step of all\n`);
  console.log(`| one copy's step | one thread | ${counts.map((count) => `${count} worker${count > 1 ? 's' : ''} | ratio |`).join(' ')}`);
  console.log(`|---|---|${'---|---|'.repeat(counts.length)}`);
  envs.forEach((_, index) => {
    console.log(row(index, counts, repetitions));
  });
}

/** One amount of work, on this thread and on others in turn. */
function row(index: number, counts: readonly number[], repetitions: number): string {
  const steppers = [undefined, ...counts].map((count) => stepper(index, count));
  const times = steppers.map((): number[] => []);
  for (let i = 0; i < repetitions; i++) {
    steppers.forEach(({ step }, k) => {
      times[k]!.push(microseconds(step));
    });
  }
  for (const { close } of steppers) close();
  const [local, ...threads] = times.map((list) => list.sort((a, b) => a - b)[Math.floor(repetitions / 2)]!);
  const cells = threads.map((time) => `${time.toFixed(1)} | ${(local! / time).toFixed(2)}× |`);
  return `| ${(local! / NUM_ENVS).toFixed(2)} µs | ${local!.toFixed(1)} | ${cells.join(' ')}`;
}

/** The copies on `count` threads, or on this one. */
function stepper(index: number, count: number | undefined) {
  const workers = count === undefined ? {} : { workers: count, module: import.meta.url, export: `busy${index}` };
  const running = vectorize(envs[index]!, { numEnvs: NUM_ENVS, ...workers }).make();
  const actions = new Int32Array(NUM_ENVS).fill(1);
  running.reset();
  return { step: () => running.step(actions), close: () => running.close() };
}

/** One call, averaged over a fifth of a second. */
function microseconds(step: () => void): number {
  step();
  const start = performance.now();
  let calls = 0;
  while (performance.now() - start < 200) {
    step();
    calls += 1;
  }
  return (1000 * (performance.now() - start)) / calls;
}
