import { moments, Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { heUniform, torchDefault, xavierUniform } from './uniform.js';

const SHAPE = [300, 200] as const;

describe.each([
  ['xavierUniform', xavierUniform(), Math.sqrt(6 / 500)],
  ['xavierUniform with a gain', xavierUniform(2), 2 * Math.sqrt(6 / 500)],
  ['heUniform', heUniform(), Math.sqrt(6 / 300)],
  ['torchDefault', torchDefault(), 1 / Math.sqrt(300)],
  ["torchDefault with the weight's fan-in", torchDefault(25), 1 / 5],
] as const)('%s', (_, init, bound) => {
  const values = init(SHAPE, Rng.fromSeed(4));

  test('fills the bounds', () => {
    expect(values).toHaveLength(60_000);
    expect(Math.max(...values)).toBeLessThanOrEqual(Math.fround(bound));
    expect(Math.max(...values)).toBeGreaterThan(0.999 * bound);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-Math.fround(bound));
    expect(Math.min(...values)).toBeLessThan(-0.999 * bound);
  });

  test('has the moments of the uniform distribution, within 5 standard errors', () => {
    const { mean, std } = moments(values);
    const deviation = bound / Math.sqrt(3);
    expect(Math.abs(mean)).toBeLessThan((5 * deviation) / Math.sqrt(60_000));
    // the standard error of a variance is √((kurtosis − 1)/n) of it, and the kurtosis 1.8
    expect(Math.abs((std / deviation) ** 2 - 1)).toBeLessThan(5 * Math.sqrt(0.8 / 60_000));
  });
});
