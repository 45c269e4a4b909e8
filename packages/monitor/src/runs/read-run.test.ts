import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InvalidFileError, InvalidOptionsError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { abandonRun } from '../../fixtures/abandon-run.js';
import { scratchFolder } from '../files/scratch-folder.js';
import { createRun } from './create-run.js';
import { readRun } from './read-run.js';

const update = { step: 500, episodes: 5, meanReturn: 21, meanLength: 21 };

function finishedRun(): string {
  const directory = scratchFolder();
  const run = createRun({ directory, config: { environment: 'CartPole-v1', seed: 0 }, now: () => 0 });
  run.record(update);
  return directory;
}

describe('readRun', () => {
  test('gives back what a run was and how it went', async () => {
    const directory = scratchFolder();
    let time = 0;
    const run = createRun({ directory, config: { environment: 'CartPole-v1', seed: 0 }, now: () => time, startedAt: new Date('2026-01-02T03:04:05Z') });
    time = 2000;
    run.record(update);
    mkdirSync(join(directory, 'checkpoints'));
    for (const name of ['policy.safetensors', 'checkpoints/500.safetensors']) writeFileSync(join(directory, name), '');
    await run.finish({ solved: true });
    const record = readRun(directory);
    expect(record).toMatchObject({
      directory,
      name: basename(directory),
      status: 'finished',
      elapsedSeconds: 2,
      result: { solved: true },
      metrics: [{ 'time/total_timesteps': 500, 'time/time_elapsed': 2, 'rollout/ep_rew_mean': 21 }],
      checkpoints: [join('checkpoints', '500.safetensors'), 'policy.safetensors'],
      warnings: [],
    });
    expect(record.info).toMatchObject({ version: 1, config: { environment: 'CartPole-v1', seed: 0 }, startedAt: '2026-01-02T03:04:05.000Z' });
    expect(record.info.versions['@pg/monitor']).toMatch(/^\d+\.\d+\.\d+/);
    expect(record.info.command[0]).toBe('node');
  });

  test('knows a run that is running from one that was killed, and one that failed', async () => {
    const directory = finishedRun();
    expect(readRun(directory)).toMatchObject({ status: 'running', elapsedSeconds: 0, result: {} });
    abandonRun(directory);
    expect(readRun(directory).status).toBe('interrupted');
    const failed = scratchFolder();
    await createRun({ directory: failed }).fail(new Error('no more memory'));
    expect(readRun(failed)).toMatchObject({ status: 'failed', error: 'Error: no more memory' });
  });

  test('leaves out a row that was cut off, and says so', () => {
    const directory = finishedRun();
    writeFileSync(join(directory, 'metrics.jsonl'), '{"time/total', { flag: 'a' });
    const { metrics, warnings } = readRun(directory);
    expect(metrics).toHaveLength(1);
    expect(warnings).toEqual(['metrics.jsonl ends within a row, which is left out.']);
  });

  test.each([
    ['config.json', '{"version": 1', 'which is not JSON'],
    ['config.json', '{"version": 1}', 'with a wrong entry startedAt'],
    ['config.json', '{"config": {}}', 'without a version; expected a run folder of version 1. An earlier @pg/monitor'],
    ['metrics.jsonl', '{"a": "b"}\n', 'got line 1 of'],
    ['metrics.jsonl', '[1]\n', 'got line 1 of'],
    ['result.json', '{"status": "solved"}', 'with a wrong entry status'],
    ['result.json', '', 'which is not JSON'],
  ])('refuses a broken %s: %s', (name, content, message) => {
    const directory = finishedRun();
    writeFileSync(join(directory, name), content);
    expect(() => readRun(directory)).toThrow(InvalidFileError);
    expect(() => readRun(directory)).toThrow(message);
  });

  test.each([
    ['metrics.csv', 'There is no metrics.jsonl: the rows are those of metrics.csv.'],
    ['event files', 'There is no metrics.jsonl: the rows are those of the event files, without episodes and updates.'],
  ])('reads the %s where metrics.jsonl is gone', async (kind, warning) => {
    const directory = scratchFolder();
    const run = createRun({ directory, csv: kind === 'metrics.csv', tensorboard: true, now: () => 0 });
    for (const step of [500, 1000]) run.record({ ...update, step, meanReturn: step / 4 });
    await run.finish();
    const whole = readRun(directory);
    rmSync(join(directory, 'metrics.jsonl'));
    const { metrics, warnings } = readRun(directory);
    expect(warnings).toEqual([warning]);
    expect(metrics.map((row) => [row['time/total_timesteps'], row['rollout/ep_rew_mean']])).toEqual([[500, 125], [1000, 250]]); // biome-ignore format: a table
    if (kind === 'metrics.csv') expect(metrics).toEqual(whole.metrics);
    else expect(metrics[1]!['time/time_elapsed']).toBeGreaterThanOrEqual(0);
  });

  test('without any metrics says so; a broken table is refused', async () => {
    const directory = finishedRun();
    rmSync(join(directory, 'metrics.jsonl'));
    expect(readRun(directory)).toMatchObject({ metrics: [], warnings: ['There is no metrics.jsonl.'] });
    writeFileSync(join(directory, 'metrics.csv'), 'a,b\n1,2\n1,two\n');
    expect(() => readRun(directory)).toThrow(`readRun: got line 3 of "${join(directory, 'metrics.csv')}", which is no row of its table;`);
    writeFileSync(join(directory, 'metrics.csv'), 'a,b\n1,\n2');
    expect(readRun(directory)).toMatchObject({ metrics: [{ a: 1 }], warnings: [expect.any(String), 'metrics.csv ends within a row, which is left out.'] });
    writeFileSync(join(directory, 'metrics.csv'), 'a,b\n1,\n2,3');
    const unfinished = 'metrics.csv ends without a line end: digits of its last number may be missing.';
    expect(readRun(directory)).toMatchObject({ metrics: [{ a: 1 }, { a: 2, b: 3 }], warnings: [expect.any(String), unfinished] });
  });

  test('says who reads event files of other programs', async () => {
    const directory = scratchFolder();
    writeFileSync(join(directory, 'events.out.tfevents.1.host'), '');
    expect(() => readRun(directory)).toThrow('which has no config.json; expected the folder of a run. Read its event files with readTensorboard');
  });

  test('refuses a folder without a run', () => {
    expect(() => readRun('no/such/folder')).toThrow(InvalidOptionsError);
    expect(() => readRun('no/such/folder')).toThrow('which does not exist; expected the folder of a run. Name a folder that createRun has made');
  });
});
