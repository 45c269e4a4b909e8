import { InvalidActionError, Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { startingAt } from '../../fixtures/environments.js';
import golden from '../../fixtures/swing-up.json' with { type: 'json' };
import { renderSwingUp } from './render.js';
import { swingUp } from './swing-up.js';

/** One unit in the last place of float32 numbers below 1. */
const ULP = 2 ** -24;

describe('the specification', () => {
  test('v0 by default', () => {
    expect(swingUp()).toMatchObject({ id: 'CartPoleSwingUp-v0', maxSteps: 500, rewardThreshold: undefined, vectorized: false, numEnvs: 1 });
    expect(swingUp({ version: 'v1', maxSteps: 30 })).toMatchObject({ id: 'CartPoleSwingUp-v1', maxSteps: 30 });
  });

  test('spaces', () => {
    const { observationSpace, actionSpace } = swingUp();
    expect(observationSpace).toEqual({
      kind: 'box',
      shape: [5],
      dtype: 'float32',
      low: new Float32Array(5).fill(-Infinity),
      high: new Float32Array(5).fill(Infinity),
    });
    expect(actionSpace).toEqual({ kind: 'box', shape: [1], dtype: 'float32', low: new Float32Array([-1]), high: new Float32Array([1]) });
  });

  test.each<[object, string]>([
    [{ version: 'v2' }, 'swingUp: got version: "v2"; expected one of: "v0", "v1". Change "version".'],
    [{ maxSteps: 1.5 }, 'swingUp: got maxSteps: 1.5; expected a whole number. Change "maxSteps".'],
    [{ verison: 'v1' }, 'swingUp: got the unknown option "verison"; expected one of: version, maxSteps. Did you mean "version"?'],
  ])('refuses %j', (options, message) => {
    expect(() => swingUp(options)).toThrow(message);
  });
});

describe('episodes', () => {
  test.each(golden.cases)('golden: $name', (given) => {
    const env = startingAt(swingUp({ version: given.version as 'v0' | 'v1' }), given.initialState.map(Math.fround)).make();
    env.reset();
    given.actions.forEach((action, t) => {
      // the dynamics clip: what lies outside gives what its clipped form gives
      const { obs, reward, terminated, truncated } = env.step(new Float32Array([Math.max(-1, Math.min(1, action))]));
      const [x, xDot, , thetaDot] = given.states[t]!;
      expect(obs).toEqual(Float32Array.from([x!, xDot!, given.cosines[t]!, given.sines[t]!, thetaDot!]));
      // v0's rewards are float32, written with as few digits as tell them apart
      const expected = given.version === 'v0' ? Math.fround(given.rewards[t]!) : given.rewards[t]!;
      expect(Math.abs(reward - expected)).toBeLessThanOrEqual(ULP);
      expect({ terminated, truncated }).toEqual({ terminated: t === given.terminatedAt, truncated: false });
    });
  });

  test('refuses the actions that the dynamics would clip', () => {
    const env = swingUp().make();
    env.reset();
    expect(() => env.step(new Float32Array([1.5]))).toThrow(InvalidActionError);
    expect(env.step(new Float32Array([1])).terminated).toBe(false);
  });

  test.each([
    ['v0', 0, 1],
    ['v0', Math.PI, -1],
    ['v0', Math.PI / 3, 0.5],
    ['v1', 0, 1],
    ['v1', Math.PI, 0],
    ['v1', Math.PI / 3, 0.75],
  ] as const)('the reward of %s at rest at angle %d is %d', (version, theta, expected) => {
    // the first explicit step changes velocities only
    const env = startingAt(swingUp({ version }), [0, 0, theta, 0]).make();
    env.reset();
    expect(Math.abs(env.step(new Float32Array(1)).reward - expected)).toBeLessThanOrEqual(ULP);
  });

  test('is cut at the limit', () => {
    const env = startingAt(swingUp({ maxSteps: 3 }), [0, 0, 3, 0]).make();
    env.reset();
    const cuts = [1, 2, 3].map(() => env.step(new Float32Array(1)).truncated);
    expect(cuts).toEqual([false, false, true]);
  });

  test('starts normal round hanging at rest with standard deviation 0.2, in float32', () => {
    const { init } = swingUp()['~source'].definition;
    const rng = Rng.fromSeed(1);
    const starts: Float64Array[] = Array.from({ length: 5000 }, () => init(rng));
    [0, 0, Math.PI, 0].forEach((mean, i) => {
      const values = starts.map((start) => start[i]! - mean);
      // 5 standard errors: 0.2/√5000 of the mean, 0.04·√(2/5000) of the variance
      expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / 5000)).toBeLessThan(0.0142);
      expect(Math.abs(values.reduce((sum, value) => sum + value * value, 0) / 5000 - 0.04)).toBeLessThan(0.004);
      expect(starts.every((start) => Math.fround(start[i]!) === start[i])).toBe(true);
    });
  });
});

test('draws its state', () => {
  const env = startingAt(swingUp(), [0.4, 0, 2, 0]).make();
  env.reset();
  expect(Buffer.compare(env.render().data, renderSwingUp([0.4, 0, 2, 0]).data)).toBe(0);
});
