import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DisposedError, InvalidOptionsError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../files/scratch-folder.js';
import { csv } from './csv.js';

describe('csv', () => {
  test('writes a header and a line for each row, in folders that it makes', async () => {
    const path = join(scratchFolder(), 'a', 'metrics.csv');
    const table = csv(path);
    table.write({ step: 5, loss: 0.1 });
    table.write({ loss: -2e-7, step: 10 });
    await table.close();
    expect(readFileSync(path, 'utf8')).toBe('step,loss\n5,0.1\n10,-2e-7\n');
  });

  test('adds a column when a later row brings a new metric, and loses nothing', async () => {
    const folder = scratchFolder();
    const path = join(folder, 'metrics.csv');
    const table = csv(path);
    table.write({ step: 5 });
    table.write({ step: 10 });
    table.write({ step: 15, 'rollout/ep_rew_mean': 21.5, 'rollout/ep_len_mean': 30 });
    table.write({ step: 20, 'rollout/ep_len_mean': Number.NaN });
    await table.close();
    expect(readFileSync(path, 'utf8')).toBe('step,rollout/ep_rew_mean,rollout/ep_len_mean\n5,,\n10,,\n15,21.5,30\n20,,\n');
    expect(readdirSync(folder)).toEqual(['metrics.csv']);
  });

  test('goes on with the columns of an existing table, without its unfinished line', async () => {
    const path = join(scratchFolder(), 'metrics.csv');
    writeFileSync(path, 'step,loss\n5,0.1\n10,0.');
    const table = csv(path, { append: true });
    table.write({ loss: 0.5, step: 15 });
    table.write({ step: 20, entropy: 0.25 });
    await table.close();
    expect(readFileSync(path, 'utf8')).toBe('step,loss,entropy\n5,0.1,\n15,0.5,\n20,,0.25\n');
  });

  test('replaces an old table, and starts one when there is none to go on with', async () => {
    const path = join(scratchFolder(), 'metrics.csv');
    for (const append of [true, false, false]) {
      const table = csv(path, { append });
      table.write({ step: 1 });
      await table.close();
      expect(readFileSync(path, 'utf8')).toBe('step\n1\n');
    }
  });

  test('refuses a name that would break the table, before anything is written', async () => {
    const path = join(scratchFolder(), 'metrics.csv');
    const table = csv(path);
    table.write({ step: 1 });
    expect(() => table.write({ 'a,b': 1 })).toThrow(InvalidOptionsError);
    expect(() => table.write({ 'a,b': 1 })).toThrow('csv.write: got the metric "a,b"; expected a name without commas, quotes or line breaks.');
    table.write({ step: 2 });
    await table.close();
    expect(readFileSync(path, 'utf8')).toBe('step\n1\n2\n');
  });

  test('refuses a row after close, with or without new columns', async () => {
    const table = csv(join(scratchFolder(), 'metrics.csv'));
    table.write({ step: 1 });
    await table.close();
    expect(() => table.write({ step: 2 })).toThrow(DisposedError);
    expect(() => table.write({ other: 2 })).toThrow(DisposedError);
  });
});
