import type { Box, Discrete } from '@pg/core';
import { type EnvSpec, vectorize } from '@pg/envs';
import { describeMachine, thisMachine } from '../shared/machine.js';
import { median } from '../shared/statistics.js';
import type { busyEnv } from './busy-env.js';

const NUM_ENVS = 8;

/** Environments by their exports, and the module that exports them to threads. */
interface Exported {
  readonly envs: readonly (readonly [name: string, env: ReturnType<typeof busyEnv>])[];
  readonly module: string;
}

/** Prints a table: a row for each environment, a column for each number of threads. */
export function measure({ envs, module }: Exported, counts: readonly number[], repetitions: number): void {
  console.log(`${describeMachine(thisMachine())}; ${NUM_ENVS} copies, µs for a step of all\n`);
  console.log(`| one copy's step | one thread | ${counts.map((count) => `${count} worker${count > 1 ? 's' : ''} | ratio |`).join(' ')}`);
  console.log(`|---|---|${'---|---|'.repeat(counts.length)}`);
  for (const [name, env] of envs) {
    const here = stepper(vectorize(env, { numEnvs: NUM_ENVS }));
    const onThreads = counts.map((count) => stepper(vectorize(env, { numEnvs: NUM_ENVS, workers: count, module, export: name })));
    console.log(row([here, ...onThreads], repetitions));
  }
}

/** One amount of work, on this thread and on others in turn. */
function row(steppers: readonly Stepper[], repetitions: number): string {
  const times = steppers.map((): number[] => []);
  for (let i = 0; i < repetitions; i++) {
    steppers.forEach(({ step }, k) => {
      times[k]!.push(microseconds(step));
    });
  }
  for (const { close } of steppers) close();
  const [local, ...threads] = times.map(median);
  const cells = threads.map((time) => `${time.toFixed(1)} | ${(local! / time).toFixed(2)}× |`);
  return `| ${(local! / NUM_ENVS).toFixed(2)} µs | ${local!.toFixed(1)} | ${cells.join(' ')}`;
}

type Stepper = ReturnType<typeof stepper>;

/** Copies that step. */
function stepper(spec: EnvSpec<Box, Discrete, true>) {
  const running = spec.make();
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
