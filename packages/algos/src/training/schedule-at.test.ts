import { InvalidOptionsError, linearSchedule } from '@pg/core';
import { cartPole, vectorize } from '@pg/envs';
import { actorCritic, linear } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { train } from '../../fixtures/learners.js';
import { a2c } from '../algorithms/a2c.js';
import { ppo } from '../algorithms/ppo.js';
import { reinforce } from '../algorithms/reinforce.js';
import { scheduleAt } from './schedule-at.js';

describe('scheduleAt', () => {
  test('is the number, or the schedule at the progress', () => {
    expect(scheduleAt('learningRate', 0.1, 0.5)).toBe(0.1);
    expect(scheduleAt('learningRate', linearSchedule(4, 0), 0.75)).toBe(1);
    expect(scheduleAt('learningRate', linearSchedule(4, 0), 1)).toBe(0);
  });

  test.each<[number | ((progress: number) => number), string]>([
    [() => Number.NaN, 'NaN'],
    [(progress) => 0.1 - progress, '-0.4'],
    [() => Infinity, 'Infinity'],
    [() => undefined as never, 'undefined'],
    [1e39, '1e+39'],
    [() => 1e-46, '1e-46'],
  ])('refuses what would ruin the parameters: %s', (setting, shown) => {
    expect(() => scheduleAt('learningRate', setting, 0.5)).toThrow(InvalidOptionsError);
    expect(() => scheduleAt('learningRate', setting, 0.5)).toThrow(
      `learningRate: got ${shown} at progress 0.5; expected 0, or a number from 1.4e-45 to 3.4e+38, the range of float32. Change the number or the schedule.`,
    );
  });
});

const options = { rolloutLength: 10, entropyCoef: linearSchedule(0.4, 0) };
const env = vectorize(cartPole(), { numEnvs: 3 });
const policy = actorCritic({ encoder: linear() });

test.each([
  ['REINFORCE', () => reinforce().env(env).policy(policy).options(options).build({ seed: 3 })],
  ['A2C', () => a2c().env(env).policy(policy).options(options).build({ seed: 3 })],
  ['PPO', () => ppo().env(env).policy(policy).options(options).build({ seed: 3 })],
])('an entropy coefficient may be a schedule: %s', async (_, build) => {
  await using learner = build();
  const updates: readonly { readonly entropyCoef: number }[] = await train(learner, 4 * 30);
  [0.4, 0.3, 0.2, 0.1].forEach((expected, i) => {
    expect(updates[i]!.entropyCoef).toBeCloseTo(expected, 12);
  });
});
