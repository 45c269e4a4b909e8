import { describe, expect, test } from 'vitest';
import { expError } from '../../fixtures/fixed-point.js';
import { Rng } from '../rng/rng.js';
import { exp } from './exp.js';
import { log } from './log.js';

describe('exp', () => {
  test('golden values', () => {
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
    // the neighbour of the nearest float64: every engine gives this one
    expect(exp(1)).toBe(Math.E + 2 ** -51);
    expect(exp(1e-300)).toBe(1);
    expect(exp(2 ** -52)).toBe(1 + 2 ** -52);
    expect(exp(700)).toBeCloseTo(1.0142320547350045e304, -292);
  });

  test('special values', () => {
    expect(exp(Infinity)).toBe(Infinity);
    expect(exp(-Infinity)).toBe(0);
    expect(exp(Number.NaN)).toBeNaN();
    expect(exp(710)).toBe(Infinity);
    expect(exp(709.782712893384)).toBeLessThan(Infinity);
    expect(exp(-746)).toBe(0);
    expect(exp(-745)).toBe(5e-324);
    expect(exp(-708)).toBeGreaterThan(0);
  });

  test('lies within 1 unit in the last place', () => {
    const rng = Rng.fromSeed(1);
    let most = 0;
    for (const range of [1e-3, 0.35, 1, 20, 150]) {
      for (let i = 0; i < 2000; i++) {
        // multiples of 2^-40, which the fixed point holds exactly
        const x = Math.round(rng.uniform(-range, range) * 2 ** 40) / 2 ** 40;
        most = Math.max(most, expError(exp(x), x));
      }
    }
    expect(most).toBeLessThan(1);
    expect(most).toBeGreaterThan(0.3);
  });

  test('is undone by the logarithm', () => {
    for (const x of [1e-308, 0.1, 0.5, 1, 3, 1e10, 1e308]) expect(Math.abs(exp(log(x)) / x - 1)).toBeLessThan(2e-13);
  });
});
