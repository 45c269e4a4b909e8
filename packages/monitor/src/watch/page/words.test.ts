import { expect, test } from 'vitest';
import type { RunLimits, RunStatus } from '../page-data.js';
import { panelsOf } from './panels.js';
import { inDigits, numbersOf, partDone, statusInWords } from './words.js';

const status: RunStatus = { phase: 'training', step: 60_000, episodes: 812, updates: 300, elapsed: 65, rate: 2000, meanReturn: -4.56789, bestReturn: null };
const none: RunLimits = { total: null, start: 0, totalEpisodes: null, totalUpdates: null };
const named = (limits: Partial<RunLimits>) => Object.fromEntries(numbersOf(status, { ...none, ...limits }));

test('numbers for people', () => {
  expect([0, -20.996, 1_234_567, 0.00012346, null, Number.NaN].map((value) => inDigits(value))).toEqual(['0', '−21', '1.235M', '0.0001235', '–', '–']);
  expect(inDigits(0.12345, 2)).toBe('0.12');
});

test('what stands under the heading', () => {
  expect(numbersOf(status, { ...none, total: 100_000, start: 10_000 })).toEqual([
    ['Mean return', '−4.568'],
    ['Best', '–'],
    ['Steps', '60k of 110k'],
    ['Episodes', '812'],
    ['Steps a second', '2000'],
    ['Time', '1:05'],
    ['To go', '0:25'],
  ]);
  expect(numbersOf({ ...status, phase: 'finished' }, none).map(([name]) => name)).not.toContain('To go');
});

test('a run that is limited by episodes or updates', () => {
  expect(named({ totalEpisodes: 1015 })).toMatchObject({ Episodes: '812 of 1015', 'To go': '0:08' });
  expect(named({ totalEpisodes: 1015 })).not.toHaveProperty('Updates');
  expect(named({ totalUpdates: 600, totalEpisodes: 1_000_000 })).toMatchObject({ Updates: '300 of 600', 'To go': '0:30' });
  expect(partDone(status, { ...none, totalEpisodes: 1015 })).toBe(0.8);
  expect(partDone(status, { ...none, totalUpdates: 600, totalEpisodes: 1_000_000 })).toBe(0.5);
  expect(named({})).not.toHaveProperty('To go');
});

test('how far it is', () => {
  expect(partDone(status, { ...none, total: 100_000, start: 10_000 })).toBe(0.5);
  expect(partDone({ ...status, step: 999_999 }, { ...none, total: 100_000, start: 10_000 })).toBe(1);
  expect(partDone(status, none)).toBeUndefined();
});

test('the status', () => {
  expect(statusInWords(status, 1)).toBe('Training');
  expect(statusInWords(status, 30)).toBe('Training; an update takes long');
  expect(statusInWords({ ...status, phase: 'finished' }, 30)).toBe('Finished');
});

test('charts for the metrics there are, the usual ones first', () => {
  const metrics = ['train/gradient_lag', 'train/entropy_loss', 'time/time_elapsed', 'rollout/ep_rew_mean', 'rollout/ep_len_mean'];
  expect(panelsOf(metrics).map(({ label, sign }) => [label, sign])).toEqual([
    ['Episode length', 1],
    ['Entropy', -1],
    ['Gradient lag', 1],
  ]);
});
