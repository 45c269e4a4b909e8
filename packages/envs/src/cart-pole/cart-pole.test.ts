import { ResetRequiredError, Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import golden from '../../fixtures/cart-pole.json' with { type: 'json' };
import { startingAt } from '../../fixtures/environments.js';
import { cartPole } from './cart-pole.js';
import { renderCartPole } from './render.js';

describe('the specification', () => {
  test.each([
    ['v0', 200, 195],
    ['v1', 500, 475],
  ] as const)('%s', (version, maxSteps, rewardThreshold) => {
    expect(cartPole({ version })).toMatchObject({ id: `CartPole-${version}`, maxSteps, rewardThreshold, vectorized: false, numEnvs: 1 });
  });

  test('is v1 by default', () => {
    expect(cartPole().id).toBe('CartPole-v1');
    expect(cartPole({ maxSteps: 50 })).toMatchObject({ id: 'CartPole-v1', maxSteps: 50, rewardThreshold: 475 });
  });

  test("spaces are Gymnasium's", () => {
    const { observationSpace, actionSpace } = cartPole();
    const high = new Float32Array([4.8, Infinity, 0.41887903, Infinity]);
    expect(observationSpace).toEqual({ kind: 'box', shape: [4], dtype: 'float32', low: high.map((bound) => -bound), high });
    expect(actionSpace).toEqual({ kind: 'discrete', size: 2 });
  });

  test.each<[object, string]>([
    [{ version: 'v2' }, 'cartPole: got version: "v2"; expected one of: "v0", "v1". Change "version".'],
    [{ maxSteps: 0 }, 'cartPole: got maxSteps: 0; expected a number at least 1. Change "maxSteps".'],
    [{ kinematicsIntegrator: 'rk4' }, 'cartPole: got kinematicsIntegrator: "rk4"; expected one of: "euler", "semi-implicit". Change "kinematicsIntegrator".'],
    [{ suttonBarto: true }, 'cartPole: got the unknown option "suttonBarto"'],
    [{ maxStep: 10 }, 'Did you mean "maxSteps"?'],
  ])('refuses %j', (options, message) => {
    expect(() => cartPole(options)).toThrow(message);
  });
});

describe('episodes', () => {
  test.each(golden.cases)('golden: $name', ({ suttonBarto, initialState, actions, states, terminatedAt }) => {
    const env = startingAt(cartPole({ suttonBartoReward: suttonBarto }), initialState).make();
    expect(env.reset()).toEqual(Float32Array.from(initialState));
    actions.forEach((action, t) => {
      const terminated = t === terminatedAt;
      const reward = suttonBarto ? (terminated ? -1 : 0) : 1;
      expect(env.step(action)).toEqual({ obs: Float32Array.from(states[t]!), reward, terminated, truncated: false });
    });
    if (terminatedAt !== null) expect(() => env.step(0)).toThrow(ResetRequiredError);
  });

  test.each(golden.limits)('golden: $name', ({ version, initialState, actions, length, rewardsSum, terminatedLast, truncatedLast }) => {
    const env = startingAt(cartPole({ version: version as 'v0' | 'v1' }), initialState).make();
    env.reset();
    const results = actions.map((action) => env.step(action));
    expect(results.length).toBe(length);
    expect(results.reduce((sum, { reward }) => sum + reward, 0)).toBe(rewardsSum);
    expect(results.slice(0, -1).every(({ terminated, truncated }) => !terminated && !truncated)).toBe(true);
    expect(results.at(-1)).toMatchObject({ terminated: terminatedLast, truncated: truncatedLast });
  });

  test('both ends at once set both flags', () => {
    const env = startingAt(cartPole({ maxSteps: 1 }), [2.39, 1, 0, 0]).make();
    env.reset();
    expect(env.step(1)).toMatchObject({ terminated: true, truncated: true, reward: 1 });
  });

  test('the semi-implicit option reaches the dynamics', () => {
    const env = startingAt(cartPole({ kinematicsIntegrator: 'semi-implicit' }), [0, 0, 0, 0]).make();
    env.reset();
    expect(env.step(1).obs[0]).toBe(Math.fround(0.16 / 41));
  });

  test('starts uniform in [−0.05, 0.05) in each of four numbers', () => {
    const { init } = cartPole()['~source'].definition;
    const rng = Rng.fromSeed(1);
    const starts: Float64Array[] = Array.from({ length: 5000 }, () => init(rng));
    for (let i = 0; i < 4; i++) {
      const values = starts.map((start) => start[i]!);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(-0.05);
      expect(Math.max(...values)).toBeLessThan(0.05);
      // 5 standard errors of a mean and of a mean square: 0.1/√12 and 0.05²·√(4/45), over √5000
      expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / 5000)).toBeLessThan(0.0021);
      expect(Math.abs(values.reduce((sum, value) => sum + value * value, 0) / 5000 - 0.0025 / 3)).toBeLessThan(5.3e-5);
    }
  });
});

test('draws its state', () => {
  const env = startingAt(cartPole(), [0.4, 0, 0.1, 0]).make();
  expect(() => env.render()).toThrow(ResetRequiredError);
  env.reset();
  const shows = (state: ArrayLike<number>) => Buffer.compare(env.render().data, renderCartPole(state).data) === 0;
  expect(shows([0.4, 0, 0.1, 0])).toBe(true);
  env.step(1);
  const { obs } = env.step(1);
  expect(shows([0.4, 0, 0.1, 0])).toBe(false);
  // what is seen is float32, which moves no edge by 1/255 pixel
  expect(shows(obs)).toBe(true);
});
