import { describe, expect, test } from 'vitest';
import { EpisodeStatistics } from './episode-statistics.js';

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
