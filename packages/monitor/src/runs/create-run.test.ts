import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DisposedError, InvalidOptionsError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { readWithProtobufjs } from '../../fixtures/read-with-protobufjs.js';
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
    expect(JSON.parse(read(directory, 'config.json'))).toMatchObject({
      version: 1,
      config: { seed: 7, sizes: [64, 64] },
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      startedAt: '2026-01-02T03:04:05.000Z',
      start: 0,
      process: { id: process.pid, host: hostname() },
      resumed: [],
    });
  });

  test('records each update at once, with the time on the clock', async () => {
    const directory = scratchFolder();
    let time = 100;
    const run = createRun({ directory, start: 1000, now: () => time });
    time = 2100.4;
    run.record(at(2000, Number.NaN));
    expect(read(directory, 'metrics.jsonl')).toBe(
      '{"time/total_timesteps":2000,"time/iterations":400,"time/time_elapsed":2,"time/fps":500,"time/episodes":3,"rollout/ep_len_mean":10,"train/n_updates":400}\n',
    );
    run.record(at(3000, 21.5));
    await run.finish();
    expect(read(directory, 'metrics.jsonl').split('\n')).toHaveLength(3);
  });

  test('leaves a curve, a page, a result and nothing else', async () => {
    const directory = join(scratchFolder(), 'cart-pole');
    let time = 0;
    const run = createRun({ directory, now: () => time, startedAt, curve: { reference: { y: 195, label: 'solved at 195' } } });
    time = 1500;
    run.record(at(5, 20));
    run.record(at(10, 40));
    time = 2500;
    await run.finish({ solved: false });
    expect(readdirSync(directory).sort()).toEqual(['config.json', 'curve.svg', 'metrics.jsonl', 'result.json', 'run.html']);
    expect(JSON.parse(read(directory, 'result.json'))).toEqual({
      status: 'finished',
      result: { solved: false },
      last: {
        'time/total_timesteps': 10,
        'time/iterations': 2,
        'time/time_elapsed': 1.5,
        'time/fps': 10 / 1.5,
        'time/episodes': 3,
        'rollout/ep_rew_mean': 40,
        'rollout/ep_len_mean': 10,
        'train/n_updates': 2,
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
        'Choose another directory, pass overwrite: true to replace that run, or resume: true to go on with it.',
    );
    expect(readdirSync(directory)).toEqual(['metrics.jsonl']);
    expect(read(directory, 'metrics.jsonl')).toBe('{"step":1}\n');
  });

  test('replaces only the files of the run when it may', () => {
    const directory = scratchFolder();
    const old = ['config.json', 'metrics.jsonl', 'metrics.csv', 'curve.svg', 'run.html', 'result.json', 'events.out.tfevents.1.host', 'notes.txt'];
    for (const name of old) writeFileSync(join(directory, name), 'old');
    createRun({ directory, overwrite: true, config: { seed: 2 } });
    expect(readdirSync(directory).sort()).toEqual(['config.json', 'metrics.jsonl', 'notes.txt', 'run.lock']);
    expect(read(directory, 'notes.txt')).toBe('old');
    expect(read(directory, 'metrics.jsonl')).toBe('');
    expect(JSON.parse(read(directory, 'config.json')).config).toEqual({ seed: 2 });
  });

  test('says how training ended', async () => {
    const [stopped, failed] = [scratchFolder(), scratchFolder()];
    await createRun({ directory: stopped }).finish({ best: 12 }, { status: 'stopped' });
    expect(JSON.parse(read(stopped, 'result.json'))).toMatchObject({ status: 'stopped', result: { best: 12 } });
    const run = createRun({ directory: failed });
    run.record(at(5, 20));
    await run.fail(new RangeError('gradients are not finite'));
    expect(JSON.parse(read(failed, 'result.json'))).toMatchObject({
      status: 'failed',
      error: 'RangeError: gradients are not finite',
      last: { 'time/total_timesteps': 5 },
    });
    expect(() => run.record(at(10, 20))).toThrow(DisposedError);
  });

  test('writes a table and an event file when asked to', async () => {
    const directory = scratchFolder();
    const run = createRun({ directory, csv: true, tensorboard: true, now: () => 0 });
    run.record(at(5, 20));
    run.tensorboard!.histograms('parameters', [{ name: 'w', values: [1, 2] }], 5);
    await run.finish();
    expect(read(directory, 'metrics.csv')).toContain('time/total_timesteps,');
    const events = readWithProtobufjs(run.tensorboard!.path);
    expect(events.slice(1).map(({ step, summary }) => [step, summary!.value[0]!.tag])).toEqual([
      [5, 'rollout/ep_rew_mean'],
      [5, 'parameters/w'],
    ]);
    expect(createRun({ directory: scratchFolder() }).tensorboard).toBeUndefined();
  });

  test('refuses updates and a second finish after the first', async () => {
    const run = createRun({ directory: scratchFolder() });
    await run.finish();
    expect(() => run.record(at(5, 1))).toThrow(DisposedError);
    await expect(run.finish()).rejects.toThrow('run.finish: got the finished run');
  });

  test('a wrong end is refused, and the run is still open', async () => {
    const run = createRun({ directory: scratchFolder() });
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    await expect(run.finish(cyclic)).rejects.toThrow('run.finish: got a value that contains itself;');
    await expect(run.finish(5 as never)).rejects.toThrow('run.finish: got result: 5; expected');
    await expect(run.finish({}, { status: 'failed' as never })).rejects.toThrow('run.finish: got status: "failed"; expected one of: "finished", "stopped".');
    run.record(at(5, 1));
    const first = run.finish();
    await expect(run.finish()).rejects.toThrow(DisposedError);
    await first;
  });

  test('a path in the folder is for what is saved beside the run', async () => {
    const run = createRun({ directory: scratchFolder() });
    const path = join(run.directory, 'checkpoints', '5.safetensors');
    expect(run.path('checkpoints', '5.safetensors')).toBe(path);
    await run.finish();
    expect(run.path('checkpoints', '5.safetensors')).toBe(path);
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
});
