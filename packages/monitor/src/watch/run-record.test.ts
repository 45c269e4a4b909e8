import { expect, test } from 'vitest';
import { RunRecord } from './run-record.js';

const row = (step: number, elapsed: number, meanReturn?: number) => ({
  'time/total_timesteps': step,
  'time/time_elapsed': elapsed,
  'time/fps': 1,
  'time/episodes': step / 10,
  'time/iterations': step / 100,
  ...(meanReturn === undefined ? {} : { 'rollout/ep_rew_mean': meanReturn }),
});

test('a run that waits, trains and ends', () => {
  const record = new RunRecord(500);
  expect(record.status).toEqual({ phase: 'waiting', step: 500, episodes: 0, updates: 0, elapsed: 0, rate: null, meanReturn: null, bestReturn: null });
  record.add(row(600, 1));
  expect(record.status).toMatchObject({ phase: 'training', step: 600, episodes: 60, elapsed: 1, rate: null, meanReturn: null, bestReturn: null });
  record.add(row(1000, 3, 7));
  record.add(row(1100, 3.1, 5));
  expect(record.status).toEqual({ phase: 'training', step: 1100, episodes: 110, updates: 11, elapsed: 3.1, rate: 200, meanReturn: 5, bestReturn: 7 });
  record.end('finished');
  expect(record.status).toMatchObject({ phase: 'finished', step: 1100, rate: 600 / 3.1 });
});

test('the rate is of the last half second or more, and what is no curve is left out', () => {
  const record = new RunRecord(0);
  for (let i = 0; i <= 20; i++) record.add(row(i * 10, i / 10));
  expect(record.history.all().curves['time/steps_per_second']!.mean.filter((value) => value !== null)).toEqual([100, 100, 100, 100]);
  expect(Object.keys(record.history.all().curves)).toEqual(['time/time_elapsed', 'time/episodes', 'time/steps_per_second']);
});

test('a row without steps says nothing', () => {
  const record = new RunRecord(0);
  record.add({ 'rollout/ep_rew_mean': 3 });
  expect(record.status.phase).toBe('waiting');
});
