import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidFileError, InvalidOptionsError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { abandonRun } from '../../fixtures/abandon-run.js';
import { scratchFolder } from '../files/scratch-folder.js';
import { createRun } from './create-run.js';
import { readRun } from './read-run.js';
import type { RunOptions } from './run-options.js';

const at = (step: number, meanReturn = step / 10) => ({ step, episodes: step / 10, meanReturn, meanLength: 10 });

/** A run that took a second for each of three updates and was killed after the third. */
function killedRun(options: Partial<RunOptions> = {}): string {
  const directory = scratchFolder();
  let time = 0;
  const run = createRun({ directory, config: { seed: 3 }, now: () => time, ...options });
  for (const step of [100, 200, 300]) {
    time += 1000;
    run.record(at(step));
  }
  abandonRun(directory);
  return directory;
}

function resume(directory: string, options: Partial<RunOptions> = {}) {
  let time = 50_000;
  const run = createRun({ directory, resume: true, now: () => time, ...options });
  time += 500;
  return run;
}

const steps = (directory: string) => readRun(directory).metrics.map((row) => row['time/total_timesteps']);

describe('createRun with resume', () => {
  test('goes on after the step of the checkpoint: rows, clock, rate and curve', async () => {
    const directory = killedRun();
    const run = resume(directory, { start: 200 });
    run.record(at(300));
    run.record(at(400));
    await run.finish({ solved: true });
    const { metrics, elapsedSeconds, status, result, info } = readRun(directory);
    expect(metrics.map((row) => [row['time/total_timesteps'], row['time/time_elapsed'], row['time/fps']])).toEqual([
      [100, 1, 100],
      [200, 2, 100],
      [300, 2.5, 200],
      [400, 2.5, 400],
    ]);
    expect([elapsedSeconds, status, result]).toEqual([2.5, 'finished', { solved: true }]);
    expect(info.resumed).toMatchObject([{ start: 200, node: process.version }]);
    expect(info.resumed[0]).not.toHaveProperty('config');
    expect(readFileSync(join(directory, 'curve.svg'), 'utf8').match(/ d="M[^"]*L[^"]*L[^"]*L/)).not.toBeNull();
  });

  test('without a start goes on after the last whole row, and removes the result and the page of before', async () => {
    const directory = killedRun();
    writeFileSync(join(directory, 'metrics.jsonl'), '{"time/to', { flag: 'a' });
    for (const name of ['result.json', 'run.html']) writeFileSync(join(directory, name), '{}');
    expect(resume(directory).directory).toBe(directory);
    expect(readdirSync(directory).sort()).toEqual(['config.json', 'metrics.jsonl', 'run.lock']);
    expect(steps(directory)).toEqual([100, 200, 300]);
    expect(readRun(directory).info.resumed[0]!.start).toBe(300);
  });

  test('continues the table, and begins another event file that takes back later steps', async () => {
    const directory = killedRun({ csv: true, tensorboard: true });
    const run = resume(directory, { csv: true, tensorboard: true, start: 100 });
    run.record(at(200));
    await run.finish();
    const table = readFileSync(join(directory, 'metrics.csv'), 'utf8').trim().split('\n');
    expect(table.map((line) => line.split(',')[0])).toEqual(['time/total_timesteps', '100', '200']);
    expect(readdirSync(directory).filter((name) => name.startsWith('events.'))).toHaveLength(2);
  });

  test('notes settings that are not those of before', () => {
    const directory = killedRun();
    resume(directory, { config: { seed: 3 } });
    abandonRun(directory);
    resume(directory, { config: { seed: 3, steps: 2 } });
    const { info } = readRun(directory);
    expect(info.config).toEqual({ seed: 3 });
    expect(info.resumed.map(({ config }) => config)).toEqual([undefined, { seed: 3, steps: 2 }]);
  });

  test('refuses a folder without a run, another version, a broken file, and overwrite', () => {
    const directory = scratchFolder();
    expect(() => resume(directory)).toThrow(InvalidOptionsError);
    expect(() => resume(directory)).toThrow(`createRun: got the folder "${directory}", which has no config.json; expected the folder of a run.`);
    writeFileSync(join(directory, 'config.json'), '{"version":9}');
    expect(() => resume(directory)).toThrow(InvalidFileError);
    expect(() => resume(directory)).toThrow('of version 9; expected a run folder of version 1. A later @pg/monitor made it: update the package.');
    const broken = killedRun();
    writeFileSync(join(broken, 'metrics.jsonl'), '{"a":1}\n{"a":\n{"a":2}\n');
    expect(() => resume(broken)).toThrow(`createRun: got line 2 of "${join(broken, 'metrics.jsonl')}", which is no row of metrics;`);
    expect(() => resume(killedRun(), { overwrite: true })).toThrow('createRun: got both overwrite: true and resume: true;');
  });
});
