import { spawnSync } from 'node:child_process';
import { onThreads, PYTHON } from '../shared/peers/python.js';
import type { Rate } from './rate.js';

/** Steps of an update. */
const ROLLOUT_LENGTH = 20;

/** How fast the program in PyTorch is on one thread; its environment is free. */
export async function torchRate(program: string, seconds: number): Promise<Rate> {
  const few = runTorch(program, 5);
  // as many updates as take about so long
  const more = runTorch(program, 5 + Math.ceil((seconds * few.stepsPerSecond) / ROLLOUT_LENGTH));
  const steps = more.steps - few.steps;
  return { stepsPerSecond: more.stepsPerSecond, cpuMsPer1000: (more.cpuMs - few.cpuMs) / (steps / 1000) };
}

interface TorchRun {
  readonly stepsPerSecond: number;
  readonly steps: number;
  /** Of the whole program, its start included. */
  readonly cpuMs: number;
}

/** Runs so many updates; a shell says what time of processors they took. */
function runTorch(program: string, updates: number): TorchRun {
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', `"$0" "$@"; echo; times`, PYTHON, program, `${updates}`, '1'], {
    env: onThreads(1),
    encoding: 'utf8',
  });
  const answer = stdout.split('\n').find((line) => line.startsWith('{'));
  if (status !== 0 || answer === undefined) throw new Error(`${program} does not run: ${stderr}`);
  const { steps_per_second: stepsPerSecond } = JSON.parse(answer) as { steps_per_second: number };
  return { stepsPerSecond, steps: ROLLOUT_LENGTH * updates, cpuMs: childrenCpu(stdout) };
}

/** What `times` of a shell says that its children have used, in milliseconds. */
function childrenCpu(output: string): number {
  const last = output.trim().split('\n').at(-1)!;
  return [...last.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, seconds]) => sum + 60_000 * Number(minutes) + 1000 * Number(seconds), 0);
}
