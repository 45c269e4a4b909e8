import { describe, expect, test } from 'vitest';
import { EpisodeStatistics } from './episode-statistics.js';
import { FinishedEpisodes } from './finished-episodes.js';

describe('EpisodeStatistics', () => {
  test('knows nothing before the first episode', () => {
    const statistics = new EpisodeStatistics();
    expect([statistics.episodes, statistics.meanReturn(), statistics.meanLength()]).toEqual([0, Number.NaN, Number.NaN]);
  });

  test('means over what there is until the window is full', () => {
    const statistics = new EpisodeStatistics(3);
    statistics.push(1, 10);
    expect([statistics.meanReturn(), statistics.meanLength()]).toEqual([1, 10]);
    statistics.push(2, 30);
    expect([statistics.meanReturn(), statistics.meanLength()]).toEqual([1.5, 20]);
  });

  test('the oldest leave the window', () => {
    const statistics = new EpisodeStatistics(3);
    for (let i = 1; i <= 7; i++) statistics.push(i, 10 * i);
    expect([statistics.episodes, statistics.meanReturn(), statistics.meanLength()]).toEqual([7, 6, 60]);
  });

  test('a summary has the returns since the last one, in order', () => {
    const statistics = new EpisodeStatistics(3);
    for (let i = 1; i <= 4; i++) statistics.push(i, 10 * i);
    expect(statistics.summarize()).toEqual({ episodes: 4, meanReturn: 3, meanLength: 30, returns: [1, 2, 3, 4] });
    statistics.push(8, 50);
    expect(statistics.summarize()).toEqual({ episodes: 5, meanReturn: 5, meanLength: 40, returns: [8] });
    expect(statistics.summarize().returns).toEqual([]);
  });

  test('the window is 100 episodes by default', () => {
    const statistics = new EpisodeStatistics();
    for (let i = 0; i < 150; i++) statistics.push(i < 50 ? 1000 : i % 2, 1);
    expect(statistics.meanReturn()).toBe(0.5);
  });
});

test('episodes of several shards are taken in by step, then by shard', () => {
  const list = (...episodes: [step: number, result: number][]) => {
    const finished = new FinishedEpisodes(new Float64Array(FinishedEpisodes.words(4)));
    for (const [step, result] of episodes) finished.push(step, result, 10 * result);
    return finished;
  };
  const statistics = new EpisodeStatistics(3);
  statistics.take([list([0, 1], [4, 2]), list(), list([0, 3], [2, 4], [4, 5])]);
  expect(statistics.summarize()).toEqual({ episodes: 5, meanReturn: (4 + 2 + 5) / 3, meanLength: (40 + 20 + 50) / 3, returns: [1, 3, 4, 2, 5] });
  const again = list([3, 7]);
  again.clear();
  again.push(1, 8, 80);
  statistics.take([again]);
  expect(statistics.summarize().returns).toEqual([8]);
});
