import { describe, expect, test } from 'vitest';
import { trackProgress } from './track-progress.js';

const at = (step: number, meanReturn = Number.NaN) => ({ step, episodes: 0, meanReturn, meanLength: Number.NaN });

describe('trackProgress', () => {
  test('measures rate and time to go from the steps of this run', () => {
    let time = 500;
    const track = trackProgress({ total: 1000, start: 2000, unit: 'steps', now: () => time });
    time = 2500;
    expect(track(at(2250, 7))).toEqual({
      fraction: 0.25,
      unit: 'steps',
      episodes: 0,
      steps: 250,
      total: 1000,
      time: 2500,
      rate: 125,
      elapsed: 2,
      remaining: 6,
      meanReturn: 7,
      history: [7],
      losses: [],
    });
  });

  test('knows no rate before time has passed, and never exceeds the whole', () => {
    const track = trackProgress({ total: 10, start: 0, unit: 'steps', now: () => 0 });
    expect(track(at(5))).toMatchObject({ rate: Number.NaN, remaining: Number.NaN, history: [] });
    expect(track(at(25)).fraction).toBe(1);
  });

  test('keeps one return for each 64th of the run, however many updates come', () => {
    const track = trackProgress({ total: 6400, start: 0, unit: 'steps', now: () => 0 });
    for (let step = 0; step < 6400; step++) track(at(step, Math.floor(step / 100)));
    expect(track(at(6400, 63)).history).toEqual(Array.from({ length: 64 }, (_, slot) => slot));
  });
});
