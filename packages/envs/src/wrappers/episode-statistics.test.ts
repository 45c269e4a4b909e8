import { describe, expect, test } from 'vitest';
import { counter } from '../../fixtures/environments.js';
import { vectorize } from '../vector/vectorize.js';
import { episodeStatistics } from './episode-statistics.js';
import { frameSkip } from './frame-skip.js';
import { rewardClip } from './reward-clip.js';

describe('episodeStatistics', () => {
  test('keeps the last ended episode', () => {
    const env = counter({ maxSteps: 3 }).pipe(episodeStatistics()).make();
    const seen = [{ ...env.lastEpisode }];
    env.reset();
    env.step(0);
    env.reset(); // given up after one step
    for (let t = 0; t < 3; t++) env.step(0);
    seen.push({ ...env.lastEpisode });
    env.reset();
    env.step(0);
    seen.push({ ...env.lastEpisode });
    env.step(0);
    env.step(0);
    seen.push({ ...env.lastEpisode });
    // rewards 1 + 2 + 3
    expect(seen).toEqual([
      { return: 0, length: 0, steps: 0, episodes: 0 },
      { return: 6, length: 3, steps: 4, episodes: 1 },
      { return: 6, length: 3, steps: 4, episodes: 1 },
      { return: 6, length: 3, steps: 7, episodes: 2 },
    ]);
  });

  test('is there only where it is piped', () => {
    expect(counter().make().lastEpisode).toBeUndefined();
    expect(vectorize(counter(), { numEnvs: 2 }).make().lastEpisodes).toBeUndefined();
  });

  test('counts what it stands behind', () => {
    const play = (spec: ReturnType<typeof counter>) => {
      const env = spec.make();
      env.reset();
      for (let ended = false; !ended; ) {
        const { terminated, truncated } = env.step(0);
        ended = terminated || truncated;
      }
      return { ...env.lastEpisode };
    };
    const spec = counter({ maxSteps: 4 });
    const inside = spec.pipe(episodeStatistics()).pipe(frameSkip(2)).pipe(rewardClip());
    const outside = spec.pipe(frameSkip(2)).pipe(rewardClip()).pipe(episodeStatistics());
    expect(play(inside)).toEqual({ return: 10, length: 4, steps: 4, episodes: 1 });
    expect(play(outside)).toEqual({ return: 2, length: 2, steps: 2, episodes: 1 });
    // of several the last one is read
    expect(play(inside.pipe(episodeStatistics()))).toEqual({ return: 2, length: 2, steps: 2, episodes: 1 });
  });

  test('of many copies in arrays that stay the same', () => {
    const envs = vectorize(counter({ maxSteps: 3 }).pipe(episodeStatistics()), { numEnvs: 2 }).make();
    const { lastEpisodes } = envs;
    envs.reset();
    for (let t = 0; t < 3; t++) {
      expect(lastEpisodes).toEqual({ returns: new Float64Array(2), lengths: new Float64Array(2), steps: new Float64Array(2), episodes: new Float64Array(2) });
      envs.step(new Int32Array(2));
    }
    const twice = (value: number) => new Float64Array(2).fill(value);
    expect(envs.lastEpisodes).toBe(lastEpisodes);
    expect(lastEpisodes).toEqual({ returns: twice(6), lengths: twice(3), steps: twice(3), episodes: twice(1) });
    const snapshot = envs.snapshot();
    for (let t = 0; t < 3; t++) envs.step(new Int32Array(2));
    expect(lastEpisodes).toEqual({ returns: twice(6), lengths: twice(3), steps: twice(6), episodes: twice(2) });
    envs.restore(snapshot);
    expect(lastEpisodes).toEqual({ returns: twice(6), lengths: twice(3), steps: twice(3), episodes: twice(1) });
  });
});
