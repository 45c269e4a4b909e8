import { Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { playGame, tracking } from '../../fixtures/breakout-policies.js';
import { breakout } from './breakout.js';
import type { BreakoutOptions } from './options.js';

/** Mean points and steps of 200 games of random actions. */
function random(options: BreakoutOptions): { points: number; steps: number } {
  const env = breakout({ ...options, observation: 'state' }).make({ seed: 3 });
  const rng = Rng.fromSeed(2);
  const games = 200;
  const total = { points: 0, steps: 0 };
  for (let game = 0; game < games; game++) {
    env.reset();
    for (let ended = false; !ended; total.steps++) {
      const { reward, terminated } = env.step(rng.integer(4));
      total.points += reward;
      ended = terminated;
    }
  }
  return { points: total.points / games, steps: total.steps / games };
}

describe('random play: 1.7 points published, with six frames an action and up to 30 no-op frames', () => {
  test.each<[string, BreakoutOptions, readonly [number, number], readonly [number, number]]>([
    ['six frames an action', { frameSkip: 6, noopMax: 30 }, [1.1, 1.9], [100, 140]],
    ['four', { noopMax: 30 }, [1, 1.8], [145, 190]],
    ['one', { version: 'BreakoutNoFrameskip-v4' }, [0.9, 1.6], [560, 670]],
    ['two to four', { version: 'Breakout-v4' }, [1, 1.7], [195, 240]],
    ['v5', { version: 'ALE/Breakout-v5' }, [0.8, 1.6], [140, 180]],
    ['four, every serve the same', {}, [0.5, 1.2], [125, 155]],
  ])('%s', (_, options, [leastPoints, mostPoints], [leastSteps, mostSteps]) => {
    const { points, steps } = random(options);
    expect(points).toBeGreaterThan(leastPoints);
    expect(points).toBeLessThan(mostPoints);
    expect(steps).toBeGreaterThan(leastSteps);
    expect(steps).toBeLessThan(mostSteps);
  });
});

test('a player who follows the ball clears the first wall and goes on with the second', () => {
  const { points, game } = playGame(tracking(), { frameSkip: 1, maxFrames: 100_000 });
  expect(points).toBe(game.score);
  expect(points).toBeGreaterThan(432);
  expect(points).toBeLessThanOrEqual(864);
  expect([game.walls, game.lives]).toEqual([2, 5]);
});

test('without the button nothing ever ends', () => {
  const { points, game } = playGame(() => ({ direction: -1, fire: false }), { maxFrames: 4000 });
  expect([points, game.over, game.lives]).toEqual([0, false, 5]);
});
