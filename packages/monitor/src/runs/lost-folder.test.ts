import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UnavailableError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../files/scratch-folder.js';
import { createRun } from './create-run.js';
import { readRun } from './read-run.js';

const at = (step: number) => ({ step, episodes: step, meanReturn: step / 10, meanLength: 1 });
const picture = { width: 1, height: 1, data: new Uint8Array(3) };

/** A run with all files, and one row. */
function begin() {
  const directory = join(scratchFolder(), 'run');
  const warnings: string[] = [];
  const run = createRun({ directory, csv: true, tensorboard: true, warn: (message) => warnings.push(message) });
  run.record(at(1));
  return { directory, run, warnings };
}

const steps = (directory: string) => readRun(directory).metrics.map((row) => row['time/total_timesteps']);

describe('a run whose folder is lost while training', () => {
  test('removed: warns once, makes nothing of it again, and finish throws', async () => {
    const { directory, run, warnings } = begin();
    rmSync(directory, { recursive: true });
    // The second row has a new column, for which the table is rewritten.
    for (const step of [2, 3]) run.record({ ...at(step), entropy: 1 });
    run.tensorboard!.image('last', picture, 3);
    const problem = `got the folder "${directory}", which was removed or renamed; expected the folder in which the run began. Put it back, or save what was learned elsewhere.`;
    expect(warnings).toEqual([`run.record: ${problem} Training goes on, and its rows are kept until the end.`]);
    expect(() => run.path('policy.safetensors')).toThrow(UnavailableError);
    await expect(run.finish()).rejects.toThrow(`run.finish: ${problem}`);
    await run.fail(new Error('x'));
    expect(existsSync(directory)).toBe(false);
  });

  test('renamed, and put back: loses nothing', async () => {
    const { directory, run, warnings } = begin();
    renameSync(directory, `${directory}-away`);
    run.record({ ...at(2), entropy: 1 });
    await expect(run.finish()).rejects.toThrow('which was removed or renamed');
    expect(steps(`${directory}-away`)).toEqual([1]);
    renameSync(`${directory}-away`, directory);
    await run.finish({ solved: true });
    expect(warnings).toHaveLength(1);
    expect(steps(directory)).toEqual([1, 2]);
    expect(readRun(directory)).toMatchObject({ status: 'finished', result: { solved: true } });
    expect(readFileSync(join(directory, 'metrics.csv'), 'utf8').trim().split('\n')).toHaveLength(3);
  });

  test('replaced by another run: writes nothing into that', async () => {
    const { directory, run, warnings } = begin();
    rmSync(directory, { recursive: true });
    const other = createRun({ directory, csv: true });
    other.record(at(70));
    run.record({ ...at(2), entropy: 1 });
    expect(warnings).toEqual([expect.stringContaining('which was replaced, or taken by another run;')]);
    await expect(run.finish()).rejects.toThrow('which was replaced, or taken by another run;');
    await run.fail('x');
    expect(steps(directory)).toEqual([70]);
    expect(readdirSync(directory).sort()).toEqual(['config.json', 'metrics.csv', 'metrics.jsonl', 'run.lock']);
    await other.finish();
    expect(readRun(directory).status).toBe('finished');
  });

  test('an empty folder in its place stays empty', async () => {
    const { directory, run } = begin();
    rmSync(directory, { recursive: true });
    mkdirSync(directory);
    run.record(at(2));
    await expect(run.finish()).rejects.toThrow('which was replaced');
    expect(readdirSync(directory)).toEqual([]);
  });

  test.each([true, false])('one file of it: is not made again, and finish throws; rows follow: %s', async (rows) => {
    const names = (directory: string) => readdirSync(directory).filter((name) => /metrics|tfevents/.test(name));
    for (const lost of [0, 1, 2]) {
      const { directory, run, warnings } = begin();
      const path = join(directory, names(directory)[lost]!);
      rmSync(path);
      if (rows) run.record({ ...at(2), entropy: 1 });
      expect(warnings).toEqual(
        rows ? [expect.stringMatching(/which was removed or renamed while it was written; .* Training goes on, and .* is written as soon/)] : [],
      );
      await expect(run.finish()).rejects.toThrow(`got "${path}", which was removed`);
      expect(existsSync(path)).toBe(false);
      expect(names(directory)).toHaveLength(2);
    }
  });
});
