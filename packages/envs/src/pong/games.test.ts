import { Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { killShot, playGame } from '../../fixtures/pong-policies.js';
import { pong } from './pong.js';

describe('whole games are as those of the real one', () => {
  test('without an action: every point lost, in the length of published shutouts', () => {
    const { result, steps } = playGame(() => 0);
    expect(result).toBe(-21);
    // 762 published; 764 by the model that the rules were checked with, which counted a point when the ball crosses
    expect(steps).toBe(765);
  });

  test('random actions: 200 games', () => {
    const rng = Rng.fromSeed(1);
    const games = Array.from({ length: 200 }, () => playGame(() => rng.integer(6)));
    const mean = (of: (game: (typeof games)[number]) => number) => games.reduce((sum, game) => sum + of(game), 0) / games.length;
    expect(mean(({ result }) => result)).toBeGreaterThan(-20.7);
    expect(mean(({ result }) => result)).toBeLessThan(-19.9);
    expect(mean(({ steps }) => steps)).toBeGreaterThan(880);
    expect(mean(({ steps }) => steps)).toBeLessThan(980);
  });

  test('the shot that every trained agent finds wins 21 to 0', () => {
    const { result, steps } = playGame(killShot());
    expect(result).toBe(21);
    expect(steps).toBeGreaterThan(1600);
    expect(steps).toBeLessThan(1800);
  });

  test.each([
    ['Pong-v0', 1247],
    ['ALE/Pong-v5', 937],
  ] as const)('random actions in %s: about %i steps a game', (version, expected) => {
    const env = pong({ version, observation: 'state' }).make({ seed: 3 });
    const rng = Rng.fromSeed(2);
    let [steps, result] = [0, 0];
    const games = 60;
    for (let game = 0; game < games; game++) {
      env.reset();
      for (let ended = false; !ended; steps++) {
        const { reward, terminated } = env.step(rng.integer(6));
        result += reward;
        ended = terminated;
      }
    }
    expect(Math.abs(steps / games / expected - 1)).toBeLessThan(0.06);
    expect(result / games).toBeGreaterThan(-20.6);
    expect(result / games).toBeLessThan(-19.5);
  });
});
