import { InvalidActionError, Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { expectGolden, goldenCases } from '../../fixtures/classic-control.js';
import { startingAt } from '../../fixtures/environments.js';
import { pendulum } from './pendulum.js';
import { renderPendulum } from './render.js';

describe('the specification', () => {
  test("is Gymnasium's", () => {
    const spec = pendulum();
    expect(spec).toMatchObject({ id: 'Pendulum-v1', maxSteps: 200, rewardThreshold: undefined });
    expect(spec.observationSpace).toEqual({ kind: 'box', shape: [3], dtype: 'float32', low: Float32Array.of(-1, -1, -8), high: Float32Array.of(1, 1, 8) });
    expect(spec.actionSpace).toEqual({ kind: 'box', shape: [1], dtype: 'float32', low: Float32Array.of(-2), high: Float32Array.of(2) });
    expect(pendulum({ maxSteps: 30 }).maxSteps).toBe(30);
  });

  test.each<[object, string]>([
    [{ maxSteps: 0 }, 'pendulum: got maxSteps: 0; expected a number at least 1. Change "maxSteps".'],
    [{ g: Infinity }, 'pendulum: got g: Infinity; expected a finite number. Change "g".'],
    [{ g: 1e7 }, 'pendulum: got g: 10000000; expected a number at most 1000000. Change "g".'],
    [{ gravity: 9.81 }, 'pendulum: got the unknown option "gravity"; expected one of: maxSteps, g.'],
  ])('refuses %j', (options, message) => {
    expect(() => pendulum(options)).toThrow(message);
  });
});

describe('episodes', () => {
  test.each(goldenCases('Pendulum-v1'))('golden: $name', (given) => {
    expectGolden(pendulum(given.options), given);
  });

  /** One step from a state: the state that follows, and its reward. */
  const step = (state: readonly number[], torque: number, g = 10) =>
    pendulum({ g })['~source'].definition.step(Float64Array.from(state), Float32Array.of(torque), Rng.fromSeed(0)) as { state: Float64Array; reward: number };

  test('a torque on the upright rod: θ̈ = 3u', () => {
    const { state, reward } = step([0, 0], 2);
    expect(Array.from(state)).toEqual([expect.closeTo(0.015, 15), expect.closeTo(0.3, 15)]);
    expect(reward).toBeCloseTo(-0.004, 9);
  });

  test('gravity on the level rod: θ̈ = 3g/2', () => {
    expect(step([Math.PI / 2, 0], 0).state[1]).toBeCloseTo(0.75, 15);
    expect(step([Math.PI / 2, 0], 0, 4).state[1]).toBeCloseTo(0.3, 15);
    expect(step([Math.PI / 2, 0], 0, 0).state[1]).toBe(0);
  });

  test.each([
    [0, 0],
    [Math.PI / 2, -(Math.PI ** 2) / 4],
    [Math.PI, -(Math.PI ** 2)],
    [-Math.PI, -(Math.PI ** 2)],
    [3 * Math.PI, -(Math.PI ** 2)],
    [4 * Math.PI + 1, -1],
    [-4 * Math.PI - 1, -1],
  ])('the reward at rest at angle %d is %d', (theta, expected) => {
    expect(step([theta, 0], 0).reward).toBeCloseTo(expected, 12);
  });

  test('the velocity is bounded', () => {
    expect(step([Math.PI / 2, 7.9], 2).state).toEqual(Float64Array.of(Math.PI / 2 + 0.4, 8));
    expect(step([-Math.PI / 2, -7.9], -2).state).toEqual(Float64Array.of(-Math.PI / 2 - 0.4, -8));
  });

  test('is cut at the limit, and never ends before', () => {
    const env = pendulum({ maxSteps: 3 }).make({ seed: 1 });
    env.reset();
    const ends = [1, 2, 3].map(() => env.step(Float32Array.of(2))).map(({ terminated, truncated }) => [terminated, truncated]);
    expect(ends).toEqual([
      [false, false],
      [false, false],
      [false, true],
    ]);
  });

  test('refuses a torque that Gymnasium would clip', () => {
    const env = pendulum().make();
    env.reset();
    expect(() => env.step(Float32Array.of(2.1))).toThrow(InvalidActionError);
  });

  test('starts uniform: θ in [−π, π), θ̇ in [−1, 1)', () => {
    const { init } = pendulum()['~source'].definition;
    const rng = Rng.fromSeed(1);
    const starts: Float64Array[] = Array.from({ length: 5000 }, () => init(rng));
    [Math.PI, 1].forEach((high, i) => {
      const values = starts.map((start) => start[i]! / high);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(-1);
      expect(Math.max(...values)).toBeLessThan(1);
      // 5 standard errors of a mean and of a mean square: √(1/3) and √(4/45), over √5000
      expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / 5000)).toBeLessThan(0.041);
      expect(Math.abs(values.reduce((sum, value) => sum + value * value, 0) / 5000 - 1 / 3)).toBeLessThan(0.0211);
    });
  });
});

describe('the picture', () => {
  const picture = renderPendulum([0.5, 0]);
  const at = (x: number, y: number) =>
    Array.from(picture.data.subarray((Math.floor(y) * 500 + Math.floor(x)) * 3, (Math.floor(y) * 500 + Math.floor(x)) * 3 + 3));

  test('500×500: the rod leans to the left for θ > 0, 1 m long at 500/4.4 pixels a metre', () => {
    expect([picture.width, picture.height]).toEqual([500, 500]);
    const along = (metres: number) => at(250 - (metres * 500 * Math.sin(0.5)) / 4.4, 250 - (metres * 500 * Math.cos(0.5)) / 4.4);
    for (const metres of [-0.07, 0.1, 0.5, 1.08]) expect(along(metres)).toEqual([204, 77, 77]);
    for (const metres of [-0.12, 1.12]) expect(along(metres)).toEqual([255, 255, 255]);
    expect(along(0)).toEqual([0, 0, 0]);
  });

  test('is that of the state', () => {
    const env = startingAt(pendulum(), [0.5, 0]).make();
    env.reset();
    expect(Buffer.compare(env.render().data, picture.data)).toBe(0);
  });
});
