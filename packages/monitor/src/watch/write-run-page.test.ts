import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnavailableError } from '@pg/core';
import { expect, test } from 'vitest';
import { scratchFolder } from '../files/scratch-folder.js';
import { type RunPageOptions, writeRunPage } from './write-run-page.js';

const rows = (length: number) =>
  Array.from({ length }, (_, i) => ({ 'time/total_timesteps': (i + 1) * 10, 'time/time_elapsed': i / 10, 'time/episodes': i, 'rollout/ep_rew_mean': i % 100 }));

const dataOf = (file: string) => JSON.parse(/application\/json">(.*?)<\/script>/.exec(readFileSync(file, 'utf8'))![1]!);

test('a page of a run', () => {
  const file = join(scratchFolder(), 'run.html');
  const episode = [0, 50, 100].map((shade) => ({ width: 4, height: 3, data: new Uint8Array(36).fill(shade) }));
  writeRunPage(file, { title: 'PPO', metrics: rows(3), total: 30, settings: { seed: 1 }, result: { meanReturn: 2 }, episode, fps: 10 });
  expect(dataOf(file)).toMatchObject({
    title: 'PPO',
    settings: [['seed', '1']],
    result: [['meanReturn', '2']],
    status: { phase: 'finished', step: 30, episodes: 2, elapsed: 0.2, meanReturn: 2, bestReturn: 2 },
    curves: { steps: [10, 20, 30], curves: { 'rollout/ep_rew_mean': { mean: [0, 1, 2] } } },
    film: { stride: 1, clips: [{ fps: 10, frames: [[0, 0, 4, 3, 0, 0, null], [0, 0, 4, 3, 0, 1, null], [0, 0, 4, 3, 0, 2, null]] }] }, // biome-ignore format: a table
  });
});

test('a long run makes no long page, and the same run the same bytes', () => {
  const folder = scratchFolder();
  const write = (name: string) => {
    writeRunPage(join(folder, name), { metrics: rows(20_000) });
    return readFileSync(join(folder, name));
  };
  expect(write('one.html').length).toBeLessThan(150_000);
  expect(Buffer.compare(write('one.html'), write('other.html'))).toBe(0);
});

test('a run without anything', () => {
  const file = join(scratchFolder(), 'run.html');
  writeRunPage(file, { metrics: [] });
  expect(dataOf(file)).toMatchObject({ title: 'Training run', status: { phase: 'finished', step: 0 }, film: null, curves: { steps: [] } });
});

test('refuses what it cannot use, and where it cannot write', () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'file'), '');
  expect(() => writeRunPage(join(folder, 'file', 'run.html'), { metrics: [] })).toThrow(UnavailableError);
  expect(() => writeRunPage(join(folder, 'run.html'), {} as RunPageOptions)).toThrow('writeRunPage: got no option "metrics"; expected rows of metrics');
  expect(() => writeRunPage(join(folder, 'run.html'), { metrics: [], episode: [{ width: 1, height: 1, data: new Uint8Array(4) }] })).toThrow(
    'writeRunPage: got a picture of 1×1 with 4 bytes',
  );
});
