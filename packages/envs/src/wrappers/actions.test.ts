import { box } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { echo, parrot } from '../../fixtures/environments.js';
import { takeSteps } from '../../fixtures/steps.js';
import { defineEnv } from '../env/define-env.js';
import { vectorize } from '../vector/vectorize.js';
import { actionClip } from './action-clip.js';
import { actionRescale } from './action-rescale.js';

const uneven = () => defineEnv({ ...echo()['~source'].definition, action: box({ shape: [2], low: [-2, 10], high: [2, 30] }) });
const unbounded = () => echo({ low: -Infinity, high: Infinity });

describe('actionClip', () => {
  test('takes any numbers and clips them', () => {
    const spec = echo().pipe(actionClip());
    expect(spec.actionSpace).toEqual(box({ shape: [2], low: -Infinity, high: Infinity }));
    const steps = takeSteps(spec, [
      [0.5, -0.25],
      [3, -1e30],
      [1, -1],
    ]).steps.map(({ obs }) => obs);
    expect(steps).toEqual([
      [0.5, -0.25],
      [1, -1],
      [1, -1],
    ]);
    expect(() =>
      echo()
        .make()
        .step(new Float32Array([3, 0])),
    ).toThrow();
  });

  test('clips each element to bounds of its own, in every copy', () => {
    const envs = vectorize(uneven().pipe(actionClip()), { numEnvs: 2 }).make();
    envs.reset();
    expect([...envs.step(new Float32Array([-5, 20, 1, 40])).obs]).toEqual([-2, 20, 1, 30]);
  });

  test('still refuses NaN', () => {
    const env = echo().pipe(actionClip()).make();
    env.reset();
    expect(() => env.step(new Float32Array([Number.NaN, 0]))).toThrow('got the action');
  });

  test('refuses choices', () => {
    expect(() => parrot().pipe(actionClip() as never)).toThrow(
      'actionClip: got an environment with actions of Discrete<10>; expected Box actions. Remove it: choices need no bounds.',
    );
  });
});

describe('actionRescale', () => {
  test('maps [−1, 1] to the bounds', () => {
    const spec = uneven().pipe(actionRescale());
    expect(spec.actionSpace).toEqual(box({ shape: [2], low: -1, high: 1 }));
    const steps = takeSteps(spec, [
      [-1, -1],
      [0, 0],
      [0.5, 0.25],
      [1, 1],
    ]).steps.map(({ obs }) => obs);
    expect(steps).toEqual([
      [-2, 10],
      [0, 20],
      [1, 22.5],
      [2, 30],
    ]);
  });

  test('or another range', () => {
    const spec = uneven().pipe(actionRescale(0, 4));
    expect(takeSteps(spec, [[1, 4]]).steps[0]!.obs).toEqual([-1, 30]);
    expect(spec.id).toBe('echo | actionRescale(0, 4)');
  });

  test('behind it, clipping lets a policy act without bounds', () => {
    expect(takeSteps(uneven().pipe(actionRescale()).pipe(actionClip()), [[-9, 9]]).steps[0]!.obs).toEqual([-2, 30]);
  });

  test('never leaves the bounds by rounding', () => {
    const odd = defineEnv({ ...echo()['~source'].definition, action: box({ shape: [2], low: [0.1, -0.7], high: [0.3, 1e-3] }) });
    const { low, high } = odd.actionSpace;
    const fractions = Array.from({ length: 200 }, (_, i) => Math.fround(-1 + i / 99.5));
    for (const { obs } of takeSteps(
      odd.pipe(actionRescale()),
      [...fractions, 1].map((x) => [x, x]),
    ).steps) {
      expect(obs[0]).toBeGreaterThanOrEqual(low[0]!);
      expect(obs[0]).toBeLessThanOrEqual(high[0]!);
      expect(obs[1]).toBeGreaterThanOrEqual(low[1]!);
      expect(obs[1]).toBeLessThanOrEqual(high[1]!);
    }
  });

  test.each([
    [1, 1],
    [-Infinity, 1],
    [Number.NaN, 1],
  ])('refuses %o to %o', (low, high) => {
    expect(() => actionRescale(low, high)).toThrow('expected finite numbers, low < high.');
  });

  test('refuses what it cannot scale to', () => {
    expect(() => unbounded().pipe(actionRescale())).toThrow('actionRescale: got actions of Box<[2]> with infinite bounds; expected finite bounds to scale to.');
    expect(() => parrot().pipe(actionRescale() as never)).toThrow('actionRescale: got an environment with actions of Discrete<10>; expected Box actions.');
  });
});
