import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Rng } from '@pg/core';
import { afterAll, expect, test } from 'vitest';
import { bundled } from '../../../../fixtures/bundled.js';
import { runProgram } from '../../fixtures/kill/run-program.js';
import { decodeCheckpoint } from './checkpoint-file.js';

const folder = mkdtempSync(join(tmpdir(), 'pg-killed-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** `PG_KILLS=50 npm run unit -- killed` for more. */
const kills = Number(process.env.PG_KILLS ?? 6);

test('a run that is killed again and again ends as one that never was', { timeout: 120_000 + kills * 10_000 }, async () => {
  const program = fileURLToPath(bundled(new URL('../../fixtures/kill/train-cart-pole.ts', import.meta.url)));
  const [path, steps] = [join(folder, 'run.safetensors'), String(40 * 400 * kills)];
  const quiet = join(folder, 'quiet.safetensors');
  const { last: expected } = await runProgram([program, quiet, steps]);
  expect(expected).toMatch(/^[0-9a-f]{64}$/);

  const delays = Rng.fromSeed(1);
  let [step, half] = [0, 0];
  for (let killed = 1; killed <= kills; killed++) {
    // as soon as it has started, now and then; otherwise while it trains and saves
    const after = killed % 3 === 0 ? 'started' : 'saved';
    const run = await runProgram([program, path, steps], { after, milliseconds: delays.uniform(0, 60) });
    expect(run.killed, `ended before it was killed ${killed} times`).toBe(true);
    for (const name of readdirSync(folder)) {
      if (!name.endsWith('.tmp')) continue;
      half += 1;
      rmSync(join(folder, name));
    }
    const { state } = decodeCheckpoint(readFileSync(path), 'test').document as { state: { step: number } };
    if (after === 'saved') expect(state.step).toBeGreaterThan(step);
    else expect(state.step).toBeGreaterThanOrEqual(step);
    step = state.step;
  }
  if (process.env.PG_KILLS) console.log(`killed ${kills} times, ${half} of them while writing, the last at step ${step} of ${steps}`);
  const { last } = await runProgram([program, path, steps]);
  expect(last).toBe(expected);
});
