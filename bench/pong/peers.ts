import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { missingTorch } from '../engine/torch/process.js';

const PYTHON = process.env.PYTHON ?? '/usr/bin/python3';

/** The folder beside the project, from `bench/dist/pong/main.js` on, or the one that the environment names. */
const FOLDER = process.env.PEERS ?? fileURLToPath(new URL('../../../../shared/peers/', import.meta.url));

/** A program that takes part, or why it does not. */
export type Peer<TArguments extends readonly unknown[]> = { readonly run: (...args: TArguments) => Promise<number> } | { readonly skipped: string };

/** A program in Python that prints its steps a second, as JSON; run on so many threads. */
export function torchPeer(file: string): Peer<[args: readonly number[], threads: number]> {
  const program = path.join(FOLDER, file);
  const skipped = missingFile(program) ?? missingTorch();
  if (skipped !== undefined) return { skipped };
  return {
    async run(args, threads) {
      const env = { ...process.env, OMP_NUM_THREADS: `${threads}` };
      const { stdout } = await promisify(execFile)(PYTHON, [program, ...args.map(String), `${threads}`], { env });
      return JSON.parse(stdout).steps_per_second;
    },
  };
}

/** The best of several numbers of threads, from 1 to all cores. */
export async function bestOverThreads(run: (threads: number) => Promise<number>): Promise<number> {
  const cores = cpus().length;
  let best = 0;
  for (const threads of new Set([1, 2, 4, 8, cores].filter((count) => count <= cores))) best = Math.max(best, await run(threads));
  return best;
}

/** The program in C, compiled for this machine into a folder of its own; prints its steps a second now and then until its time is up. */
export function limitPeer(): Peer<[args: { readonly numEnvs: number; readonly rolloutLength: number; readonly seed: number; readonly seconds: number }]> {
  const source = path.join(FOLDER, 'limit_a2c_pong.c');
  const missing = missingFile(source);
  if (missing !== undefined) return { skipped: missing };
  const program = path.join(mkdtempSync(path.join(tmpdir(), 'limit-a2c-pong-')), 'limit');
  const compiler = process.env.CC ?? 'cc';
  const { status } = spawnSync(compiler, ['-O3', '-march=native', '-ffast-math', '-o', program, source, '-lm'], { stdio: 'ignore' });
  if (status !== 0) return { skipped: `${compiler} does not compile ${source} (CC names another compiler)` };
  return {
    async run({ numEnvs, rolloutLength, seed, seconds }) {
      // it prints every 200,000 steps: where the machine is busy, not in the first seconds
      for (let limit = Math.max(1.5, seconds); ; limit *= 2) {
        const { stdout } = await promisify(execFile)(program, [numEnvs, rolloutLength, seed, limit, 1].map(String));
        const speeds = [...stdout.matchAll(/sps (\d+)/g)];
        if (speeds.length > 0) return Number(speeds.at(-1)![1]);
      }
    },
  };
}

function missingFile(file: string): string | undefined {
  return existsSync(file) ? undefined : `${file} is not there: the peers are looked for in shared/peers beside the project, or where PEERS says`;
}
