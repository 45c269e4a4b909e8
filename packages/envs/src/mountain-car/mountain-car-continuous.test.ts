import { InvalidActionError, Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { expectGolden, goldenCases } from '../../fixtures/classic-control.js';
import { startingAt } from '../../fixtures/environments.js';
import { mountainCarContinuous } from './mountain-car-continuous.js';
import type { MountainCarOptions } from './options.js';
import { renderMountainCar } from './render.js';

/** One step from a state. */
const step = (state: readonly number[], force: number, options: MountainCarOptions = {}) =>
  mountainCarContinuous(options)['~source'].definition.step(Float64Array.from(state), Float32Array.of(force), Rng.fromSeed(0)) as {
    state: Float64Array;
    reward: number;
    terminated: boolean;
  };

describe('the specification', () => {
  test("is Gymnasium's", () => {
    const spec = mountainCarContinuous();
    expect(spec).toMatchObject({ id: 'MountainCarContinuous-v0', maxSteps: 999, rewardThreshold: 90 });
    expect(spec.observationSpace).toEqual({
      kind: 'box',
      shape: [2],
      dtype: 'float32',
      low: Float32Array.of(-1.2, -0.07),
      high: Float32Array.of(0.6, 0.07),
    });
    expect(spec.actionSpace).toEqual({ kind: 'box', shape: [1], dtype: 'float32', low: Float32Array.of(-1), high: Float32Array.of(1) });
    expect(mountainCarContinuous({ maxSteps: 30 }).maxSteps).toBe(30);
  });

  test.each<[object, string]>([
    [{ maxSteps: -1 }, 'mountainCarContinuous: got maxSteps: -1; expected a number at least 1. Change "maxSteps".'],
    [{ goalVelocity: Number.NaN }, 'mountainCarContinuous: got goalVelocity: NaN; expected a finite number. Change "goalVelocity".'],
    [{ goalvelocity: 0 }, 'Did you mean "goalVelocity"?'],
  ])('refuses %j', (options, message) => {
    expect(() => mountainCarContinuous(options)).toThrow(message);
  });
});

describe('episodes', () => {
  test.each(goldenCases('MountainCarContinuous-v0'))('golden: $name', (given) => {
    expectGolden(mountainCarContinuous(given.options as MountainCarOptions), given, (state, elapsed) => [...state, elapsed > 0 ? 1 : 0]);
  });

  test('the reward is −0.1·a², and 100 more at the goal', () => {
    expect(step([-0.5, 0, 0], 0.5)).toMatchObject({ reward: -0.025, terminated: false });
    expect(step([-0.5, 0, 0], 0)).toMatchObject({ reward: 0, terminated: false });
    expect(step([0.44, 0.05, 1], -1)).toMatchObject({ reward: 99.9, terminated: true });
    expect(step([0.44, 0.05, 1], -1, { goalVelocity: 0.06 })).toMatchObject({ reward: -0.1, terminated: false });
  });

  test('the first state is float64, later ones float32', () => {
    const start = -0.512345678901234;
    const first = step([start, 0, 0], 1).state;
    // the sum of float64 numbers, rounded once
    const pushed = Math.fround(Math.fround(0.0015) - Math.fround(0.0025 * Math.cos(3 * start)));
    expect(first).toEqual(Float64Array.of(Math.fround(start + pushed), pushed, 1));
    // from float32 numbers on, each product and each sum is rounded
    const [x, v] = [first[0]!, first[1]!];
    const second = step([x, v, 1], 1).state;
    const slope = Math.fround(0.0025 * Math.cos(Math.fround(3 * x)));
    const velocity = Math.fround(v + Math.fround(Math.fround(0.0015) - slope));
    expect(second).toEqual(Float64Array.of(Math.fround(x + velocity), velocity, 1));
  });

  test('the left end stops the car, the velocity is bounded', () => {
    expect(step([-1.19, -0.07, 1], -1).state).toEqual(Float64Array.of(Math.fround(-1.2), 0, 1));
    expect(step([-0.9, 0.0699, 1], 1).state[1]).toBe(Math.fround(0.07));
    expect(step([0.59, 0.0699, 1], 1).state[0]).toBe(Math.fround(0.6));
  });

  test('refuses a force that Gymnasium would clip', () => {
    const env = mountainCarContinuous().make();
    env.reset();
    expect(() => env.step(Float32Array.of(-1.5))).toThrow(InvalidActionError);
  });

  test('a snapshot before the first step goes on as the episode does', () => {
    const [env, other] = [mountainCarContinuous().make({ seed: 4 }), mountainCarContinuous().make({ seed: 5 })];
    env.reset();
    other.restore(structuredClone(env.snapshot()));
    for (let t = 0; t < 3; t++) expect(other.step(Float32Array.of(0.3))).toEqual(env.step(Float32Array.of(0.3)));
  });
});

test('draws its state, the flag at its own goal', () => {
  const env = startingAt(mountainCarContinuous(), [0.2, 0.01, 1]).make();
  env.reset();
  expect(Buffer.compare(env.render().data, renderMountainCar([0.2], 0.45).data)).toBe(0);
  expect(Buffer.compare(env.render().data, renderMountainCar([0.2], 0.5).data)).not.toBe(0);
});
