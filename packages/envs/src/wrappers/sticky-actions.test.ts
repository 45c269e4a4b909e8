import { describe, expect, test } from 'vitest';
import { echo, parrot } from '../../fixtures/environments.js';
import { takeSteps } from '../../fixtures/steps.js';
import { cartPole } from '../cart-pole/cart-pole.js';
import { frameSkip } from './frame-skip.js';
import { stickyActions } from './sticky-actions.js';
import { timeLimit } from './time-limit.js';

describe('stickyActions', () => {
  test('executes the action before with its probability', () => {
    const actions = Array.from({ length: 4000 }, (_, t) => t % 10);
    const executed = takeSteps(parrot().pipe(stickyActions(0.25)), actions).steps.map(({ obs }) => obs[0]!);
    let repeated = 0;
    executed.forEach((action, t) => {
      if (t % 100 === 0) return;
      expect([actions[t], executed[t - 1]]).toContain(action);
      if (action !== actions[t]) repeated += 1;
    });
    // five standard deviations of a binomial with n = 3960 and p = 1/4
    expect(Math.abs(repeated - 990)).toBeLessThan(5 * Math.sqrt(3960 * 0.25 * 0.75));
  });

  test('repeats what was executed, not what was wished', () => {
    // nearly always repeats: the first action lasts
    const executed = takeSteps(parrot().pipe(stickyActions(0.999999)), [3, 4, 5, 6, 7]).steps.map(({ obs }) => obs[0]);
    expect(executed).toEqual([3, 3, 3, 3, 3]);
    const forces = takeSteps(echo().pipe(stickyActions(0.999999)), [
      [0.5, -0.5],
      [0.25, 1],
      [-1, 1],
    ]).steps.map(({ obs }) => obs);
    expect(forces).toEqual([
      [0.5, -0.5],
      [0.5, -0.5],
      [0.5, -0.5],
    ]);
  });

  test('is cleared at a reset', () => {
    const executed = takeSteps(parrot().pipe(stickyActions(0.999999)).pipe(timeLimit(2)), [3, 4, 5, 6, 7]).steps.map(({ obs }) => obs[0]);
    expect(executed).toEqual([3, 3, 5, 5, 7]);
  });

  test('in front of a frame skip it is drawn for every frame', () => {
    // with p = 1/2 the second frame of a step gets the wish if either draw succeeded
    const actions = Array.from({ length: 50 }, (_, t) => (t % 2 === 0 ? 0 : 1));
    const rewards = takeSteps(parrot().pipe(stickyActions(0.5)).pipe(frameSkip(2)), actions, 1).steps.map(({ reward }) => reward);
    expect(new Set(rewards)).toEqual(new Set([0, 1, 2]));
  });

  test('with probability 0 changes nothing', () => {
    const actions = [0, 1, 1, 0, 1];
    expect(takeSteps(cartPole().pipe(stickyActions(0)), actions)).toEqual(takeSteps(cartPole(), actions));
  });

  test.each([-0.1, 1, Number.NaN, '0.25', undefined])('refuses %o', (probability) => {
    expect(() => stickyActions(probability as number)).toThrow('expected a number from 0 to below 1. Change "probability".');
  });
});
