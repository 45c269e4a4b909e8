import { InvalidOptionsError } from '@pg/core';
import { cartPole, vectorize } from '@pg/envs';
import { categorical, linear } from '@pg/policies';
import { expect, test } from 'vitest';
import { reinforce } from '../algorithms/reinforce.js';
import { reachesReturn } from './reaches-return.js';

test('the mean return, once there are enough episodes', () => {
  const reached = reachesReturn(195);
  expect(reached({ episodes: 100, meanReturn: 195 })).toBe(true);
  expect(reached({ episodes: 100, meanReturn: 194.9 })).toBe(false);
  expect(reached({ episodes: 99, meanReturn: 200 })).toBe(false);
  expect(reached({ episodes: 0, meanReturn: Number.NaN })).toBe(false);
  expect(reachesReturn(195, { episodes: 10 })({ episodes: 10, meanReturn: 195 })).toBe(true);
});

test('ends training early', async () => {
  await using learner = reinforce()
    .env(vectorize(cartPole(), { numEnvs: 8 }))
    .policy(categorical({ network: linear() }))
    .options({ rolloutLength: 200, learningRate: 0.1 })
    .build({ seed: 1 });
  const returns: number[] = [];
  for await (const { meanReturn, episodes } of learner.train({ steps: 400_000, until: reachesReturn(100) })) returns.push(episodes < 100 ? 0 : meanReturn);
  expect(returns.findIndex((meanReturn) => meanReturn >= 100)).toBe(returns.length - 1);
  expect(learner.step).toBeLessThan(400_000);
});

test.each<[number, object, string]>([
  [Number.NaN, {}, 'reachesReturn: got threshold: NaN'],
  [195, { episodes: 0 }, 'reachesReturn: got episodes: 0; expected a number at least 1.'],
  [195, 10 as never, 'reachesReturn: got 10; expected an options object. Pass an object with some of: episodes.'],
  [195, { episode: 10 }, 'reachesReturn: got the unknown option "episode"'],
])('refuses %d, %j', (threshold, options, message) => {
  expect(() => reachesReturn(threshold, options)).toThrow(InvalidOptionsError);
  expect(() => reachesReturn(threshold, options)).toThrow(message);
});
