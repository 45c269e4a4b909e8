import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSeedRun } from './read-seed-run.js';

const folder = mkdtempSync(join(tmpdir(), 'seed-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

const row = (step: number) => ({ 'time/total_timesteps': step, 'time/time_elapsed': step / 10, 'time/episodes': step });
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

describe('readSeedRun', () => {
  test('a folder without an update is no run', async () => {
    await expect(readSeedRun(folder)).rejects.toThrow('holds no run that has made an update; leave out --report to make it.');
  });

  test('a run that goes on has rows and time, the half of a row left out', async () => {
    write('config.json', JSON.stringify({ resumed: [], command: ['node', 'main.js', '--seed', '0', '--rate', '2', '--name', 'x'] }));
    write('metrics.jsonl', `${JSON.stringify(row(20))}\n${JSON.stringify(row(40))}\n{"time/total_ti`);
    expect(await readSeedRun(folder)).toEqual({
      status: 'unfinished',
      args: ['--rate', '2'],
      rows: [row(20), row(40)],
      evaluation: undefined,
      seconds: 4,
      cpuSeconds: undefined,
    });
  });

  test('a run that was stopped has its evaluation; one that was resumed, the time of all its sessions', async () => {
    const result = { trainingSeconds: 3.5, cpuSeconds: 2, evaluation: { meanReturn: 7 } };
    write('result.json', JSON.stringify({ status: 'stopped', result }));
    expect(await readSeedRun(folder)).toMatchObject({ status: 'stopped', evaluation: 7, seconds: 4, cpuSeconds: 2 });
    write('config.json', JSON.stringify({ resumed: [{}] }));
    expect(await readSeedRun(folder)).toMatchObject({ seconds: 4, cpuSeconds: undefined });
  });
});
