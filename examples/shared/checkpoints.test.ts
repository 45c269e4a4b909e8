import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reinforce } from '@pg/algos';
import { InvalidFileError, UnavailableError } from '@pg/core';
import { cartPole } from '@pg/envs';
import { categorical, linear } from '@pg/policies';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { loadNewestCheckpoint, saveCheckpoint } from './checkpoints.js';

const algorithm = reinforce()
  .env(cartPole())
  .policy(categorical({ network: linear() }))
  .options({ rolloutLength: 10 });
const parent = mkdtempSync(join(tmpdir(), 'checkpoints-'));
let folder = parent;
let count = 0;

beforeEach(() => {
  count += 1;
  folder = join(parent, `${count}`);
});
afterAll(() => rmSync(parent, { recursive: true }));

/** A run with a folder of its own. */
const runIn = (directory: string) => ({ path: () => directory });

/** A learner after 40 steps, saved after each ten. */
async function trained() {
  const learner = algorithm.build({ seed: 3 });
  for await (const _ of learner.train({ steps: 40 })) await saveCheckpoint(runIn(folder), learner);
  return learner;
}

describe('checkpoints', () => {
  test('the last two are kept, and the newest is loaded', async () => {
    const learner = await trained();
    expect(readdirSync(join(folder, 'checkpoints')).sort()).toEqual(['step-000000000030.safetensors', 'step-000000000040.safetensors']);
    const loaded = await loadNewestCheckpoint(folder, algorithm);
    expect(loaded.step).toBe(40);
    expect(Buffer.compare(loaded.toCheckpoint(), learner.toCheckpoint())).toBe(0);
  });

  test('a damaged one is left out, with a warning; when all are, it is an error', async () => {
    await trained();
    const told: string[] = [];
    const tell = vi.spyOn(console, 'error').mockImplementation((text) => void told.push(String(text)));
    truncateSync(join(folder, 'checkpoints/step-000000000040.safetensors'), 500);
    expect((await loadNewestCheckpoint(folder, algorithm)).step).toBe(30);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('step-000000000040.safetensors is left out: ');
    truncateSync(join(folder, 'checkpoints/step-000000000030.safetensors'), 500);
    await expect(loadNewestCheckpoint(folder, algorithm)).rejects.toThrow('with damaged checkpoints only');
    tell.mockRestore();
  });

  test('on a full disk the older one makes room, and the newer stays until there is another', async () => {
    await trained();
    const names = () => readdirSync(join(folder, 'checkpoints')).sort();
    const full = (code: string) =>
      new UnavailableError({ where: 'test', got: 'no room', expected: 'some', remedy: 'Free some.', cause: Object.assign(new Error(code), { code }) });
    const at = (step: number, roomFor: number, code = 'ENOSPC') => ({
      step,
      saveCheckpoint: async (path: string) => {
        if (names().length > roomFor) throw full(code);
        writeFileSync(path, 'whole');
      },
    });
    await expect(saveCheckpoint(runIn(folder), at(50, 1, 'EROFS'))).rejects.toThrow(UnavailableError);
    expect(names()).toEqual(['step-000000000030.safetensors', 'step-000000000040.safetensors']);
    await saveCheckpoint(runIn(folder), at(50, 1));
    expect(names()).toEqual(['step-000000000040.safetensors', 'step-000000000050.safetensors']);
    await expect(saveCheckpoint(runIn(folder), at(60, 0))).rejects.toThrow(UnavailableError);
    expect(names()).toEqual(['step-000000000050.safetensors']);
  });

  test('none', async () => {
    const loading = loadNewestCheckpoint(folder, algorithm);
    await expect(loading).rejects.toThrow(InvalidFileError);
    await expect(loading).rejects.toThrow(
      `resume: got ${join(folder, 'checkpoints')} without a checkpoint; expected at least one that is whole. Start the run anew`,
    );
  });
});
