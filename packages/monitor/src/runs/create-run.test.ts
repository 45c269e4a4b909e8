import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DisposedError, InvalidOptionsError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../files/scratch-folder.js';
import { createRun } from './create-run.js';

const at = (step: number, meanReturn: number) => ({ step, episodes: 3, meanReturn, meanLength: 10, updates: step / 5 });
const read = (directory: string, name: string) => readFileSync(join(directory, name), 'utf8');
const startedAt = new Date('2026-01-02T03:04:05.000Z');

describe('createRun', () => {
  test('writes what the run is before it starts', () => {
    const directory = join(scratchFolder(), 'runs', 'one');
    const run = createRun({ directory, config: { seed: 7, sizes: [64, 64] }, startedAt });
    expect(run.directory).toBe(directory);
    expect(JSON.parse(read(directory, 'config.json'))).toEqual({
      config: { seed: 7, sizes: [64, 64] },
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      startedAt: '2026-01-02T03:04:05.000Z',
    });
  });

  test('records each update at once, with the time on the clock', async () => {
    const directory = scratchFolder();
    let time = 100;
    const run = createRun({ directory, start: 1000, now: () => time });
    time = 2100.4;
    run.record(at(2000, Number.NaN));
    expect(read(directory, 'metrics.jsonl')).toBe(
      '{"time/total_timesteps":2000,"time/iterations":400,"time/time_elapsed":2,"time/fps":500,"time/episodes":3,"rollout/ep_len_mean":10}\n',
    );
    run.record(at(3000, 21.5));
    await run.finish();
    expect(read(directory, 'metrics.jsonl').split('\n')).toHaveLength(3);
  });

  test('leaves a curve, a result and nothing else', async () => {
    const directory = join(scratchFolder(), 'cart-pole');
    let time = 0;
    const run = createRun({ directory, now: () => time, startedAt, curve: { reference: { y: 195, label: 'solved at 195' } } });
    time = 1500;
    run.record(at(5, 20));
    run.record(at(10, 40));
    time = 2500;
    await run.finish({ solved: false });
    expect(readdirSync(directory).sort()).toEqual(['config.json', 'curve.svg', 'metrics.jsonl', 'result.json']);
    expect(JSON.parse(read(directory, 'result.json'))).toEqual({
      result: { solved: false },
      last: {
        'time/total_timesteps': 10,
        'time/iterations': 2,
        'time/time_elapsed': 1.5,
        'time/fps': 10 / 1.5,
        'time/episodes': 3,
        'rollout/ep_rew_mean': 40,
        'rollout/ep_len_mean': 10,
      },
      elapsedSeconds: 2.5,
      finishedAt: '2026-01-02T03:04:07.500Z',
    });
    const svg = read(directory, 'curve.svg');
    expect(svg).toContain('<title>cart-pole</title>');
    expect(svg).toContain('solved at 195');
    expect(svg).toContain('stroke="#0072B2"');
  });

  test('finishes without an update, too', async () => {
    const directory = scratchFolder();
    await createRun({ directory }).finish();
    expect(JSON.parse(read(directory, 'result.json'))).toMatchObject({ result: {}, last: null });
    expect(read(directory, 'curve.svg')).toContain('no finished episode yet');
  });

  test('refuses a folder that holds a run, and changes nothing in it', () => {
    const directory = scratchFolder();
    writeFileSync(join(directory, 'metrics.jsonl'), '{"step":1}\n');
    expect(() => createRun({ directory })).toThrow(InvalidOptionsError);
    expect(() => createRun({ directory })).toThrow(
      `createRun: got directory: "${directory}", which already holds a run (metrics.jsonl); expected a folder without a run. ` +
        'Choose another directory, or pass overwrite: true to replace that run.',
    );
    expect(readdirSync(directory)).toEqual(['metrics.jsonl']);
    expect(read(directory, 'metrics.jsonl')).toBe('{"step":1}\n');
  });

  test('replaces only the files of the run when it may', () => {
    const directory = scratchFolder();
    for (const name of ['config.json', 'metrics.jsonl', 'curve.svg', 'result.json', 'notes.txt']) writeFileSync(join(directory, name), 'old');
    createRun({ directory, overwrite: true, config: { seed: 2 } });
    expect(readdirSync(directory).sort()).toEqual(['config.json', 'metrics.jsonl', 'notes.txt']);
    expect(read(directory, 'notes.txt')).toBe('old');
    expect(read(directory, 'metrics.jsonl')).toBe('');
    expect(JSON.parse(read(directory, 'config.json')).config).toEqual({ seed: 2 });
  });

  test('refuses updates and a second finish after the first', async () => {
    const run = createRun({ directory: scratchFolder() });
    await run.finish();
    expect(() => run.record(at(5, 1))).toThrow(DisposedError);
    await expect(run.finish()).rejects.toThrow('run.finish: got the finished run');
  });

  test('checks everything before it makes the folder', () => {
    const directory = join(scratchFolder(), 'new');
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    expect(() => createRun({ directory, config: cyclic })).toThrow('createRun: config: got a value that contains itself;');
    expect(() => createRun({ directory, curve: { widht: 5 } as never })).toThrow('createRun: curve: got the unknown option "widht"');
    expect(() => createRun({ directory, overwite: true } as never)).toThrow('Did you mean "overwrite"?');
    expect(existsSync(directory)).toBe(false);
  });

  test('goes on with a run: what lies behind the checkpoint is written anew, and the clock goes on', async () => {
    const directory = scratchFolder();
    let time = 0;
    const options = { directory, config: { seed: 7 }, now: () => time, startedAt };
    const killed = createRun(options);
    for (const step of [10, 20, 30]) {
      time += 1000;
      killed.record(at(step, step));
    }
    const config = read(directory, 'config.json');
    writeFileSync(join(directory, 'metrics.jsonl'), `${read(directory, 'metrics.jsonl')}{"time/total`);

    time = 50_000;
    const resumed = createRun({ ...options, resume: true, start: 20, config: { seed: 8 } });
    time += 500;
    resumed.record(at(30, 31));
    await resumed.finish();
    const rows = read(directory, 'metrics.jsonl').trim().split('\n');
    const parsed = rows.map((row) => JSON.parse(row));
    expect(parsed.map((row) => [row['time/total_timesteps'], row['rollout/ep_rew_mean'], row['time/time_elapsed'], row['time/fps']])).toEqual([
      [10, 10, 1, 10],
      [20, 20, 2, 10],
      [30, 31, 2.5, 20],
    ]);
    expect(read(directory, 'config.json')).toBe(config);
    expect(JSON.parse(read(directory, 'result.json')).last['time/time_elapsed']).toBe(2.5);
  });

  test('has a run to go on with', () => {
    const directory = scratchFolder();
    expect(() => createRun({ directory, resume: true })).toThrow(
      `createRun: got resume: true with directory: "${directory}", which holds no run (no config.json); expected the folder of a run. ` +
        'Choose its directory, or leave out resume to start a run.',
    );
    expect(readdirSync(directory)).toEqual([]);
  });
});
