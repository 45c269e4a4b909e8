import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Rng } from '@pg/core';
import { afterAll, expect, test } from 'vitest';
import { bundleProgram, runProgram } from '../../fixtures/kill/run-program.js';
import { decodeCheckpoint } from './checkpoint-file.js';

const folder = mkdtempSync(join(tmpdir(), 'pg-killed-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** `PG_KILLS=50 npm run unit -- killed` for more. */
const kills = Number(process.env.PG_KILLS ?? 6);

test('a run that is killed again and again ends as one that never was', { timeout: 120_000 + kills * 10_000 }, async () => {
  const [program, path, steps] = [join(folder, 'program.mjs'), join(folder, 'run.safetensors'), String(40 * 400 * kills)];
  await bundleProgram(program);
  const quiet = join(folder, 'quiet.safetensors');
  const { last: expected } = await runProgram([program, quiet, steps]);
  expect(expected).toMatch(/^[0-9a-f]{64}$/);

  const delays = Rng.fromSeed(1);
  let [killed, step, half] = [0, 0, 0];
  while (killed < kills) {
    const run = await runProgram([program, path, steps], delays.uniform(0, 250));
    expect(run.killed, `ended before it was killed ${kills} times`).toBe(true);
    killed += 1;
    half += readdirSync(folder).filter((name) => name.endsWith('.tmp')).length;
    for (const name of readdirSync(folder)) if (name.endsWith('.tmp')) rmSync(join(folder, name));
    if (!existsSync(path)) continue;
    const { state } = decodeCheckpoint(readFileSync(path), 'test').document as { state: { step: number } };
    expect(state.step).toBeGreaterThanOrEqual(step);
    step = state.step;
  }
  expect(step).toBeGreaterThan(0);
  expect(step).toBeLessThan(Number(steps));
  if (process.env.PG_KILLS) console.log(`killed ${killed} times, ${half} of them while writing, the last at step ${step} of ${steps}`);
  const { last } = await runProgram([program, path, steps]);
  expect(last).toBe(expected);
});
