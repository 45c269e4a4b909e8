import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DisposedError, InvalidFileError, InvalidOptionsError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../files/scratch-folder.js';
import { csv } from './csv.js';
import { readTable } from './read-table.js';

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

describe('csv with append to a table of another program', () => {
  /** The file after a row with a known and a new metric. */
  async function gone(text: string, row: Record<string, number> = { step: 9, loss: 0.5 }): Promise<string> {
    const path = join(scratchFolder(), 'metrics.csv');
    writeFileSync(path, text);
    const table = csv(path, { append: true });
    table.write(row);
    await table.close();
    return readFileSync(path, 'utf8');
  }

  test.each([
    ['CRLF', 'step,loss\r\n5,0.1\r\n', 'step,loss\r\n5,0.1\r\n9,0.5\r\n'],
    ['a byte order mark', '\uFEFFstep,loss\n5,0.1\n', '\uFEFFstep,loss\n5,0.1\n9,0.5\n'],
    ['quoted names and cells', '"step","loss"\n"5","0.1"\n', '"step","loss"\n"5","0.1"\n9,0.5\n'],
    ['no last line end', 'step,loss\n5,0.1', 'step,loss\n5,0.1\n9,0.5\n'],
    ['no last line end and CRLF', 'step,loss\r\n5,0.1', 'step,loss\r\n5,0.1\r\n9,0.5\r\n'],
    ['a header without its end', 'step,loss', 'step,loss\n9,0.5\n'],
    ['a torn number', 'step,loss\n5,0.1\n6,0.', 'step,loss\n5,0.1\n9,0.5\n'],
    ['a torn row', 'step,loss\n5,0.1\n6', 'step,loss\n5,0.1\n9,0.5\n'],
    ['all of them', '\uFEFF"step","loss"\r\n5,0.1', '\uFEFF"step","loss"\r\n5,0.1\r\n9,0.5\r\n'],
    ['nothing but a byte order mark', '\uFEFF', '\uFEFFstep,loss\n9,0.5\n'],
  ])('goes on after %s', async (_, before, after) => {
    expect(await gone(before)).toBe(after);
  });

  test('adds a column in the same style; rows that are shorter or empty become whole', async () => {
    const before = '\uFEFF"step","a ""b"", c"\r\n5,1\r\n\r\n6\r\n';
    expect(await gone(before, { step: 9, loss: 0.5 })).toBe('\uFEFFstep,"a ""b"", c",loss\r\n5,1,\r\n6,,\r\n9,,0.5\r\n');
  });

  test('refuses what is no table in UTF-8', () => {
    const path = join(scratchFolder(), 'metrics.csv');
    for (const text of [Buffer.from('step,loss\n5,1\n', 'utf16le'), Buffer.from('"step,loss\n5,1\n')]) {
      writeFileSync(path, text);
      expect(() => csv(path, { append: true })).toThrow(InvalidFileError);
      expect(readFileSync(path)).toEqual(text);
    }
  });

  test('two writers of one table lose no row, also when one adds a column between', async () => {
    const path = join(scratchFolder(), 'metrics.csv');
    const [one, two] = [csv(path), csv(path, { append: true })];
    one.write({ step: 1 });
    two.write({ step: 2 });
    two.write({ step: 3, loss: 0.5 });
    one.write({ step: 4 });
    one.write({ loss: 0.25, step: 5 });
    await Promise.all([one.close(), two.close()]);
    expect(readFileSync(path, 'utf8')).toBe('step,loss\n1,\n2,\n3,0.5\n4,\n5,0.25\n');
  });

  test('opening a table while another process writes cuts nothing off', async () => {
    const path = join(scratchFolder(), 'metrics.csv');
    await csv(path).close();
    const program = `
      const { appendFileSync } = require('node:fs');
      appendFileSync(${JSON.stringify(path)}, 'step,loss\\n');
      for (let step = 0; step < 20000; step++) appendFileSync(${JSON.stringify(path)}, step + ',0.5\\n');`;
    const child = spawn(process.execPath, ['-e', program], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    let opened = 0;
    for (let over = false; !over; opened++) {
      await csv(path, { append: true }).close();
      over = await Promise.race([ended.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);
    }
    expect(opened).toBeGreaterThan(1);
    const { rows } = readTable('test', path);
    expect(rows.map(({ step }) => step)).toEqual(Array.from({ length: 20_000 }, (_, step) => step));
  });
});
