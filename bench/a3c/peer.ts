import { spawnSync } from 'node:child_process';
import type { Rate } from './report.js';

const PYTHON = process.env.PYTHON ?? '/usr/bin/python3';

/** Steps a second of the program in PyTorch on one thread, whose environment is free; undefined where it does not run. */
export async function peerRate(program: string, seconds: number): Promise<Rate | undefined> {
  const few = runPeer(program, 5);
  if (few === undefined) return undefined;
  // as many updates as take about so long, twenty steps each
  const more = runPeer(program, 5 + Math.ceil((seconds * few.stepsPerSecond) / 20))!;
  const steps = more.steps - few.steps;
  return { stepsPerSecond: more.stepsPerSecond, cpuMsPer1000: (more.cpuMs - few.cpuMs) / (steps / 1000) };
}

interface PeerRun {
  readonly stepsPerSecond: number;
  readonly steps: number;
  /** Of the whole program, its start included. */
  readonly cpuMs: number;
}

function runPeer(program: string, updates: number): PeerRun | undefined {
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const { status, stdout } = spawnSync('/bin/sh', ['-c', `"$0" "$@"; echo; times`, PYTHON, program, String(updates), '1'], { env, encoding: 'utf8' });
  if (status !== 0 || !stdout.includes('steps_per_second')) return undefined;
  const { steps_per_second: stepsPerSecond } = JSON.parse(stdout.split('\n').find((line) => line.startsWith('{'))!) as { steps_per_second: number };
  return { stepsPerSecond, steps: 20 * updates, cpuMs: childrenCpu(stdout) };
}

/** What `times` of a shell says that its children have used, in milliseconds. */
function childrenCpu(output: string): number {
  const last = output.trim().split('\n').at(-1)!;
  return [...last.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, seconds]) => sum + 60_000 * Number(minutes) + 1000 * Number(seconds), 0);
}
