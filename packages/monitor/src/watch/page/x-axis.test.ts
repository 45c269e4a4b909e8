import { expect, test } from 'vitest';
import { Curves } from './curves.js';
import { xAxes } from './x-axis.js';

const curves = new Curves();
curves.apply({
  from: 0,
  steps: [100, 200],
  curves: { 'time/time_elapsed': { mean: [0.5, 1.5], low: [0, 1], high: [1, 2] }, 'time/episodes': { mean: [3, 9] } },
});

test('a stretch ends with its last step, second and episode', () => {
  expect(xAxes.steps.places(curves)).toEqual([100, 200]);
  expect(xAxes.time.places(curves)).toEqual([1, 2]);
  expect(xAxes.episodes.places(curves)).toEqual([3, 9]);
  expect(xAxes.time.places(new Curves())).toEqual([]);
});

test('time has round ticks in the unit that suits', () => {
  expect(xAxes.time.layOut([0, 90], 4)).toEqual({ low: 0, high: 90, ticks: [0, 50], labels: ['0 s', '50 s'] });
  expect(xAxes.time.layOut([12, 1500], 3)).toEqual({ low: 0, high: 1500, ticks: [0, 600, 1200], labels: ['0 min', '10 min', '20 min'] });
  expect(xAxes.time.layOut([0, 4 * 3600], 4).labels).toEqual(['0 h', '1 h', '2 h', '3 h', '4 h']);
});

test('places in words', () => {
  expect([xAxes.steps.say(42_500), xAxes.time.say(125), xAxes.episodes.say(812)]).toEqual(['42.5k', '2:05', 'episode 812']);
});
