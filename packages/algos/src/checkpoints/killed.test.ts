import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Rng } from '@pg/core';
import { afterAll, expect, test } from 'vitest';
import { bundled } from '../../../../fixtures/bundled.js';
import type { AnyAlgorithm } from '../../fixtures/algorithms.js';
import { compositions } from '../../fixtures/kill/compositions.js';
import { runProgram } from '../../fixtures/kill/run-program.js';

const folder = mkdtempSync(join(tmpdir(), 'pg-killed-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** `PG_KILLS=200 npm run unit -- killed` for more, shared out among the compositions. */
const kills = Math.ceil(Number(process.env.PG_KILLS ?? 10) / Object.keys(compositions).length);
/** More than a run comes to before it is killed. */
const FOR_EVER = 1e12;
/** Steps that the last run goes on for. */
const MORE = 2000;

test.each(Object.entries<AnyAlgorithm>(compositions))(
  'a run that is killed again and again ends as one that never was: %s',
  async (name, algorithm) => {
    const program = fileURLToPath(bundled(new URL('../../fixtures/kill/train-and-save.ts', import.meta.url)));
    const module = bundled(new URL('../../fixtures/kill/compositions.ts', import.meta.url)).href;
    const path = join(folder, name, 'run.safetensors');
    const temporaries = () => readdirSync(join(folder, name)).filter((file) => file.endsWith('.tmp'));
    const stepOf = async () => {
      const learner = await algorithm.load(readFileSync(path));
      learner.dispose();
      return learner.step;
    };

    const delays = Rng.fromSeed(1).stream(name);
    let [step, half] = [0, 0];
    for (let killed = 1; killed <= kills; killed++) {
      // as soon as it has started, now and then; otherwise while it trains and saves
      const after = killed % 3 === 0 ? 'started' : 'saved';
      const run = await runProgram([program, name, path, String(FOR_EVER), module], { after, milliseconds: delays.uniform(0, 60) });
      expect(run.killed, `ended before it was killed ${killed} times`).toBe(true);
      // what the one before left is gone with the first save
      if (after === 'saved') expect(temporaries().length).toBeLessThanOrEqual(1);
      half += temporaries().length;
      const now = await stepOf();
      if (after === 'saved') expect(now).toBeGreaterThan(step);
      else expect(now).toBeGreaterThanOrEqual(step);
      step = now;
    }
    const goal = String(step + MORE);
    const { last } = await runProgram([program, name, path, goal, module]);
    const { last: expected } = await runProgram([program, name, join(folder, `${name}-quiet`, 'run.safetensors'), goal, module]);
    expect(expected).toMatch(/^[0-9a-f]{64}$/);
    expect(last).toBe(expected);
    expect(readdirSync(join(folder, name))).toEqual(['run.safetensors']);
    expect(existsSync(path)).toBe(true);
    if (process.env.PG_KILLS) console.log(`${name}: killed ${kills} times, ${half} of them while writing, the last at step ${step}; ends as if never killed`);
  },
  120_000 + kills * 10_000,
);
