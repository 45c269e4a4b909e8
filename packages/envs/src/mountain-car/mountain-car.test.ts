import { Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { expectGolden, goldenCases } from '../../fixtures/classic-control.js';
import { startingAt } from '../../fixtures/environments.js';
import { mountainCar } from './mountain-car.js';
import type { MountainCarOptions } from './options.js';
import { renderMountainCar } from './render.js';

/** One step from a state. */
const step = (state: readonly number[], action: number, options: MountainCarOptions = {}) =>
  mountainCar(options)['~source'].definition.step(Float64Array.from(state), action, Rng.fromSeed(0)) as {
    state: Float64Array;
    reward: number;
    terminated: boolean;
  };

describe('the specification', () => {
  test("is Gymnasium's", () => {
    const spec = mountainCar();
    expect(spec).toMatchObject({ id: 'MountainCar-v0', maxSteps: 200, rewardThreshold: -110 });
    expect(spec.observationSpace).toEqual({
      kind: 'box',
      shape: [2],
      dtype: 'float32',
      low: Float32Array.of(-1.2, -0.07),
      high: Float32Array.of(0.6, 0.07),
    });
    expect(spec.actionSpace).toEqual({ kind: 'discrete', size: 3 });
    expect(mountainCar({ maxSteps: 30 }).maxSteps).toBe(30);
  });

  test.each<[object, string]>([
    [{ maxSteps: 0 }, 'mountainCar: got maxSteps: 0; expected a number at least 1. Change "maxSteps".'],
    [{ goalVelocity: 0.08 }, 'mountainCar: got goalVelocity: 0.08; expected a number at most 0.07. Change "goalVelocity".'],
    [{ goalVelocity: -0.01 }, 'mountainCar: got goalVelocity: -0.01; expected a number at least 0. Change "goalVelocity".'],
    [{ goalSpeed: 0 }, 'mountainCar: got the unknown option "goalSpeed"; expected one of: maxSteps, goalVelocity.'],
  ])('refuses %j', (options, message) => {
    expect(() => mountainCar(options)).toThrow(message);
  });
});

describe('episodes', () => {
  test.each(goldenCases('MountainCar-v0'))('golden: $name', (given) => {
    expectGolden(mountainCar(given.options as MountainCarOptions), given);
  });

  test('the engine alone: ±0.001 a step in the valley, where the slope is 0', () => {
    const velocities = [0, 1, 2].map((action) => step([-Math.PI / 6, 0], action).state[1]);
    expect(velocities).toEqual([expect.closeTo(-0.001, 15), expect.closeTo(0, 15), expect.closeTo(0.001, 15)]);
  });

  test('the slope alone: −0.0025·cos 3x', () => {
    expect(step([0, 0], 1).state).toEqual(Float64Array.of(-0.0025, -0.0025));
  });

  test('the left end stops the car, the right end does not', () => {
    expect(step([-1.19, -0.07], 0).state).toEqual(Float64Array.of(-1.2, 0));
    expect(step([0.59, 0.07], 2).state[0]).toBe(0.6);
    expect(step([0.59, 0.07], 2).state[1]).toBeGreaterThan(0.06);
  });

  test('the velocity is bounded', () => {
    expect(step([-0.9, 0.0699], 2).state[1]).toBe(0.07);
    expect(step([-0.3, -0.0699], 0).state[1]).toBe(-0.07);
  });

  test.each([
    [0.45, 0.05, 0, false],
    [0.46, 0.05, 0, true],
    [0.46, 0.05, 0.06, false],
  ])('from %d at %d, with a goal velocity of %d, it ends: %s', (position, velocity, goalVelocity, terminated) => {
    expect(step([position, velocity], 1, { goalVelocity })).toMatchObject({ reward: -1, terminated });
  });

  test('starts at rest, uniform in [−0.6, −0.4)', () => {
    const { init } = mountainCar()['~source'].definition;
    const rng = Rng.fromSeed(1);
    const starts: Float64Array[] = Array.from({ length: 5000 }, () => init(rng));
    const positions = starts.map(([position]) => position! * 10 + 5);
    expect(Math.min(...positions)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...positions)).toBeLessThan(1);
    expect(Math.abs(positions.reduce((sum, value) => sum + value, 0) / 5000)).toBeLessThan(0.041);
    expect(starts.every(([, velocity]) => velocity === 0)).toBe(true);
  });
});

describe('the picture', () => {
  const at = ({ data }: { readonly data: Uint8Array }, x: number, y: number) =>
    Array.from(data.subarray((Math.floor(y) * 600 + Math.floor(x)) * 3, (Math.floor(y) * 600 + Math.floor(x)) * 3 + 3));
  const scale = 600 / 1.8;
  const height = (x: number) => 400 - (0.45 * Math.sin(3 * x) + 0.55) * scale;

  test('600×400: the car over the valley, the flag at its goal', () => {
    const picture = renderMountainCar([-Math.PI / 6, 0], 0.5);
    expect([picture.width, picture.height]).toEqual([600, 400]);
    const [x, y] = [(1.2 - Math.PI / 6) * scale, height(-Math.PI / 6)];
    expect(at(picture, x, y - 20)).toEqual([0, 0, 0]);
    expect(at(picture, x - 19, y - 25)).toEqual([0, 0, 0]);
    expect(at(picture, x, y - 32)).toEqual([255, 255, 255]);
    for (const side of [-10, 10]) expect(at(picture, x + side, y - 10)).toEqual([128, 128, 128]);
    const flag = Math.floor(1.7 * scale);
    expect(at(picture, flag, height(0.5) - 20)).toEqual([0, 0, 0]);
    expect(at(picture, flag + 5, height(0.5) - 44)).toEqual([204, 204, 0]);
    expect(at(picture, flag - 1, height(0.5) - 20)).toEqual([255, 255, 255]);
  });

  test('the hill is a line', () => {
    const picture = renderMountainCar([-0.5, 0], 0.5);
    for (const x of [-1.15, -0.9, -0.2, 0.1, 0.4]) {
      const column = Math.floor((x + 1.2) * scale);
      const rows = Array.from({ length: 400 }, (_, row) => at(picture, column, row)[0]!);
      expect(Math.abs(rows.indexOf(Math.min(...rows)) - height(x))).toBeLessThan(2);
    }
  });

  test('is that of the state', () => {
    const env = startingAt(mountainCar(), [0.2, 0.01]).make();
    env.reset();
    expect(Buffer.compare(env.render().data, renderMountainCar([0.2], 0.5).data)).toBe(0);
  });
});
