import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRun } from '@pg/monitor';
import { afterAll, describe, expect, test } from 'vitest';
import { readSeedRun } from './read-seed-run.js';

const folder = mkdtempSync(join(tmpdir(), 'seed-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

const row = (step: number) => ({ 'time/total_timesteps': step, 'time/time_elapsed': step / 10, 'time/episodes': step });
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const command = ['node', 'main.js', '--seed', '0', '--rate', '2', '--name', 'x'];

/** Changes what the run says of itself. */
function rewriteConfig(change: (config: Record<string, unknown>) => object): void {
  const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
  write('config.json', JSON.stringify({ ...config, ...change(config) }));
}

describe('readSeedRun', () => {
  test('a folder without an update is no run', () => {
    expect(() => readSeedRun(folder)).toThrow('holds no run that has made an update; leave out --report to make it.');
  });

  test('a run that goes on has rows and time, the half of a row left out', () => {
    createRun({ directory: folder });
    rewriteConfig(() => ({ command }));
    write('metrics.jsonl', `${JSON.stringify(row(20))}\n${JSON.stringify(row(40))}\n{"time/total_ti`);
    expect(readSeedRun(folder)).toEqual({
      status: 'unfinished',
      args: ['--rate', '2'],
      rows: [row(20), row(40)],
      evaluation: undefined,
      seconds: 4,
      cpuSeconds: undefined,
    });
  });

  test('a run that was stopped has its evaluation; one that was resumed, the time of all its sessions', () => {
    const result = { trainingSeconds: 3.5, cpuSeconds: 2, evaluation: { meanReturn: 7 } };
    write('result.json', JSON.stringify({ status: 'stopped', result, elapsedSeconds: 4 }));
    expect(readSeedRun(folder)).toMatchObject({ status: 'stopped', evaluation: 7, seconds: 4, cpuSeconds: 2 });
    rewriteConfig((config) => ({ resumed: [config] }));
    expect(readSeedRun(folder)).toMatchObject({ seconds: 4, cpuSeconds: undefined });
  });
});
