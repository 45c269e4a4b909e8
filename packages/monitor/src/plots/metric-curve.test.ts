import { expect, test } from 'vitest';
import { metricCurve } from './metric-curve.js';

const rows = [
  { 'time/total_timesteps': 100, 'time/time_elapsed': 0.5, 'time/iterations': 1, 'time/episodes': 0, 'train/value_loss': 9 },
  { 'time/total_timesteps': 200, 'time/time_elapsed': 1, 'time/iterations': 2, 'time/episodes': 3, 'rollout/ep_rew_mean': 20, 'train/value_loss': 4 },
];

test('metricCurve takes any metric over steps, seconds, episodes or updates', () => {
  expect(metricCurve(rows)).toEqual([{ x: 200, y: 20 }]);
  expect(metricCurve(rows, { over: 'seconds', metric: 'train/value_loss' })).toEqual([
    { x: 0.5, y: 9 },
    { x: 1, y: 4 },
  ]);
  expect(metricCurve(rows, { over: 'episodes' })).toEqual([{ x: 3, y: 20 }]);
  expect(metricCurve(rows, { over: 'updates' })).toEqual([{ x: 2, y: 20 }]);
  expect(() => metricCurve(rows, { over: 'time' as never })).toThrow('metricCurve: got over: "time";');
});
