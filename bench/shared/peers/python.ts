import { spawnSync } from 'node:child_process';

/** The interpreter. */
export const PYTHON = process.env.PYTHON ?? '/usr/bin/python3';

/** The environment of a program that computes on so many threads. */
export function onThreads(threads: number): NodeJS.ProcessEnv {
  const count = `${threads}`;
  return { ...process.env, OMP_NUM_THREADS: count, MKL_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count };
}

/** Why PyTorch cannot be compared with, or nothing when it can. */
export function missingTorch(): string | undefined {
  const { status } = spawnSync(PYTHON, ['-c', 'import torch, numpy'], { stdio: 'ignore' });
  if (status === 0) return undefined;
  return `${PYTHON} has no PyTorch (Debian: apt-get install -y python3-torch python3-numpy libopenblas0-pthread; PYTHON names another)`;
}
