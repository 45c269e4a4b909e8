import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { peerFile, type Skipped } from '../shared/peers/peer-file.js';

/** The program in C. */
export interface LimitPeer {
  /** Its steps a second, which it prints now and then until its time is up. */
  run(args: { readonly numEnvs: number; readonly rolloutLength: number; readonly seed: number; readonly seconds: number }): Promise<number>;
}

/** The program in C, compiled for this machine into a folder of its own. */
export function limitPeer(): LimitPeer | Skipped {
  const source = peerFile('limit_a2c_pong.c');
  if ('skipped' in source) return source;
  const program = path.join(mkdtempSync(path.join(tmpdir(), 'limit-a2c-pong-')), 'limit');
  const compiler = process.env.CC ?? 'cc';
  const { status } = spawnSync(compiler, ['-O3', '-march=native', '-ffast-math', '-o', program, source.file, '-lm'], { stdio: 'ignore' });
  if (status !== 0) return { skipped: `${compiler} does not compile ${source.file} (CC names another compiler)` };
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
