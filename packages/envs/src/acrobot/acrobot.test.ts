import { Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { expectGolden, goldenCases } from '../../fixtures/classic-control.js';
import { startingAt } from '../../fixtures/environments.js';
import { type AcrobotOptions, acrobot } from './acrobot.js';
import { renderAcrobot } from './render.js';

/** One step from a state. */
const step = (state: readonly number[], action: number, options: AcrobotOptions = {}) =>
  acrobot(options)['~source'].definition.step(Float64Array.from(state), action, Rng.fromSeed(0)) as {
    state: Float64Array;
    reward: number;
    terminated: boolean;
  };

describe('the specification', () => {
  test("is Gymnasium's", () => {
    const spec = acrobot();
    const high = Float32Array.of(1, 1, 1, 1, 12.566371, 28.274334);
    expect(spec).toMatchObject({ id: 'Acrobot-v1', maxSteps: 500, rewardThreshold: -100 });
    expect(spec.observationSpace).toEqual({ kind: 'box', shape: [6], dtype: 'float32', low: high.map((bound) => -bound), high });
    expect(spec.actionSpace).toEqual({ kind: 'discrete', size: 3 });
    expect(acrobot({ maxSteps: 30 }).maxSteps).toBe(30);
  });

  test.each<[object, string]>([
    [{ maxSteps: 1.5 }, 'acrobot: got maxSteps: 1.5; expected a whole number. Change "maxSteps".'],
    [{ dynamics: 'paper' }, 'acrobot: got dynamics: "paper"; expected one of: "book", "nips". Change "dynamics".'],
    [{ dynamic: 'nips' }, 'Did you mean "dynamics"?'],
  ])('refuses %j', (options, message) => {
    expect(() => acrobot(options)).toThrow(message);
  });
});

describe('episodes', () => {
  test.each(goldenCases('Acrobot-v1'))('golden: $name', (given) => {
    expectGolden(acrobot(given.options as AcrobotOptions), given);
  });

  test('hangs at rest without a torque', () => {
    const { state, reward, terminated } = step([0, 0, 0, 0], 1);
    for (const value of state) expect(value).toBeCloseTo(0, 15);
    expect([reward, terminated]).toEqual([-1, false]);
  });

  test('keeps its energy without a torque, as far as Runge and Kutta do', () => {
    // middles of the links at ½ m, moments of inertia 1 kg m² about these
    const energy = ([a, b, u, v]: Float64Array) => {
      const [speed, cosine] = [u! + v!, Math.cos(b!)];
      const kinetic = 0.5 * (u! ** 2 * 0.25 + u! ** 2 + speed ** 2 * 0.25 + u! * speed * cosine + u! ** 2 + speed ** 2);
      return kinetic - 9.8 * (0.5 * Math.cos(a!) + Math.cos(a!) + 0.5 * Math.cos(a! + b!));
    };
    let state = Float64Array.of(0.3, -0.2, 0.4, 0.1);
    const before = energy(state);
    for (let t = 0; t < 20; t++) state = new Float64Array(step([...state], 1).state);
    expect(Math.abs(energy(state) - before)).toBeLessThan(0.01);
  });

  test('left and right are mirror images', () => {
    const state = [0.4, -0.3, 0.5, 0.9];
    const mirrored = step(
      state.map((value) => -value),
      0,
    ).state;
    step(state, 2).state.forEach((value, i) => {
      expect(mirrored[i]).toBeCloseTo(-value, 14);
    });
  });

  test("the paper's equations lack the term of the first link's velocity", () => {
    const fast = [0, 1, 2, 0];
    expect(step(fast, 1, { dynamics: 'nips' }).state[3]).not.toBeCloseTo(step(fast, 1).state[3]!, 1);
    const still = [0.3, 1, 0, 0];
    expect(step(still, 1, { dynamics: 'nips' }).state[3]).toBeCloseTo(step(still, 1).state[3]!, 1);
  });

  test('angles are wrapped, velocities bounded', () => {
    const { state } = step([3.1, -3.1, 12.5, -28.2], 1);
    expect(Math.abs(state[0]!)).toBeLessThanOrEqual(Math.PI);
    expect(Math.abs(state[1]!)).toBeLessThanOrEqual(Math.PI);
    expect(Math.abs(state[2]!)).toBeLessThanOrEqual(4 * Math.PI);
    expect(Math.abs(state[3]!)).toBeLessThanOrEqual(9 * Math.PI);
    expect(step([0, 0, 4 * Math.PI, 9 * Math.PI], 1).state.every(Number.isFinite)).toBe(true);
  });

  test('ends with reward 0 when the free end is high enough', () => {
    expect(step([Math.PI, 0, 0, 0], 1)).toMatchObject({ reward: 0, terminated: true });
    expect(step([Math.PI / 2, Math.PI / 2, 0, 0], 1)).toMatchObject({ reward: -1, terminated: false });
  });

  test('starts uniform in [−0.1, 0.1) in each of four numbers, in float32', () => {
    const { init } = acrobot()['~source'].definition;
    const rng = Rng.fromSeed(1);
    const starts: Float64Array[] = Array.from({ length: 5000 }, () => init(rng));
    for (let i = 0; i < 4; i++) {
      const values = starts.map((start) => start[i]! * 10);
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(10 * Math.fround(0.1));
      // 5 standard errors of a mean and of a mean square: √(1/3) and √(4/45), over √5000
      expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / 5000)).toBeLessThan(0.041);
      expect(Math.abs(values.reduce((sum, value) => sum + value * value, 0) / 5000 - 1 / 3)).toBeLessThan(0.0211);
      expect(starts.every((start) => Math.fround(start[i]!) === start[i])).toBe(true);
    }
  });
});

describe('the picture', () => {
  const picture = renderAcrobot([0.6, -1, 0, 0]);
  const at = (x: number, y: number) =>
    Array.from(picture.data.subarray((Math.floor(y) * 500 + Math.floor(x)) * 3, (Math.floor(y) * 500 + Math.floor(x)) * 3 + 3));
  const metre = 500 / 4.4;
  const elbow = [250 + metre * Math.sin(0.6), 250 + metre * Math.cos(0.6)] as const;

  test('500×500: two links of 1 m, their joints, the line at 1 m', () => {
    expect([picture.width, picture.height]).toEqual([500, 500]);
    expect(at(250, 250)).toEqual([204, 204, 0]);
    expect(at(...elbow)).toEqual([204, 204, 0]);
    expect(at((250 + elbow[0]) / 2, (250 + elbow[1]) / 2)).toEqual([0, 204, 204]);
    for (const [metres, color] of [
      [0.5, [0, 204, 204]],
      [0.97, [0, 204, 204]],
      [1.03, [255, 255, 255]],
    ] as const) {
      expect(at(elbow[0] + metres * metre * Math.sin(-0.4), elbow[1] + metres * metre * Math.cos(-0.4))).toEqual(color);
    }
    expect([at(10, 135), at(10, 136), at(10, 137)]).toEqual([
      [255, 255, 255],
      [0, 0, 0],
      [255, 255, 255],
    ]);
  });

  test('is that of the state', () => {
    const env = startingAt(acrobot(), [0.6, -1, 0, 0]).make();
    env.reset();
    expect(Buffer.compare(env.render().data, picture.data)).toBe(0);
  });
});
