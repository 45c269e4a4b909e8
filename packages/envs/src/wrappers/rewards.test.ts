import { describe, expect, test } from 'vitest';
import { echo } from '../../fixtures/environments.js';
import { takeSteps } from '../../fixtures/steps.js';
import { rewardClip } from './reward-clip.js';
import { rewardScale } from './reward-scale.js';
import { rewardSign } from './reward-sign.js';

/** The rewards after a layer, of an environment that gives −8, −0.5, 0, 0.25 and 3. */
function rewards(transform: ReturnType<typeof rewardSign>): number[] {
  const actions = [-8, -0.5, 0, 0.25, 3].map((reward) => [reward, 0]);
  return takeSteps(echo({ low: -10, high: 10 }).pipe(transform), actions).steps.map(({ reward }) => reward);
}

describe('rewardClip', () => {
  test('clips to ±1, or to other bounds', () => {
    expect(rewards(rewardClip())).toEqual([-1, -0.5, 0, 0.25, 1]);
    expect(rewards(rewardClip(-2, 0.125))).toEqual([-2, -0.5, 0, 0.125, 0.125]);
    expect(rewards(rewardClip(0, Infinity))).toEqual([0, 0, 0, 0.25, 3]);
    expect(echo().pipe(rewardClip()).id).toBe('echo | rewardClip(-1, 1)');
  });

  test.each([
    [1, -1],
    [Number.NaN, 1],
    ['a', 1],
  ])('refuses %o to %o', (low, high) => {
    expect(() => rewardClip(low as number, high as number)).toThrow('expected two numbers, low ≤ high. Swap or change the bounds.');
  });
});

test('rewardSign gives −1, 0 or 1', () => {
  expect(rewards(rewardSign())).toEqual([-1, -1, 0, 1, 1]);
});

describe('rewardScale', () => {
  test('multiplies', () => {
    expect(rewards(rewardScale(-0.5))).toEqual([4, 0.25, -0, -0.125, -1.5]);
  });

  test.each([0, Number.NaN, Infinity, undefined])('refuses %o', (factor) => {
    expect(() => rewardScale(factor as number)).toThrow('expected a finite number other than 0 that float32 keeps. Change "factor".');
  });

  test('refuses rewards that leave float32', () => {
    expect(() => rewards(rewardScale(1e38))).toThrow('rewardScale: got the reward -8e+38; expected one that fits into float32.');
  });
});

test.each([1e39, -1e39, 1e-46])('%d, which float32 does not keep, is no factor and no bound', (value) => {
  expect(() => rewardScale(value)).toThrow('rewardScale: got factor: ');
  expect(() => rewardClip(Math.min(0, value), Math.max(0, value))).toThrow('expected 0, or bounds of a size from 1.4e-45 to 3.4e+38, the range of float32.');
});

test('bounds of rewards that are no numbers are refused', () => {
  expect(() => rewardClip('a' as never, 'b' as never)).toThrow('rewardClip: got low "a" and high "b"; expected two numbers, low ≤ high.');
  expect(() => rewardClip([] as never, [] as never)).toThrow('rewardClip: got low [] and high []; expected two numbers, low ≤ high.');
  expect(() => rewardClip(Number.NEGATIVE_INFINITY, 1)).not.toThrow();
});
