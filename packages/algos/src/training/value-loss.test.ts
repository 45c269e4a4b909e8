import { describe, expect, test } from 'vitest';
import { valueLoss } from './value-loss.js';

describe('valueLoss', () => {
  test('golden: mean of half the squares, and its derivative', () => {
    const gradient = new Float32Array(5).fill(9);
    const { valueLoss: loss } = valueLoss(new Float32Array([1, 2, 3, 4]), new Float32Array([1, 4, 3, 0]), 0.5, gradient);
    // ½(0 + 4 + 0 + 16)/4
    expect(loss).toBe(2.5);
    expect(gradient).toEqual(new Float32Array([0, -0.25, 0, 0.5, 9]));
  });

  test('the derivative equals finite differences of valueCoef·loss', () => {
    const values = new Float32Array([0.5, -1, 2]);
    const targets = new Float32Array([1, 1, -1]);
    const gradient = new Float32Array(3);
    valueLoss(values, targets, 0.7, gradient);
    const h = 2 ** -6;
    for (let i = 0; i < 3; i++) {
      const at = (shift: number) => 0.7 * valueLoss(values.with(i, values[i]! + shift), targets, 0.7, new Float32Array(3)).valueLoss;
      // exact for a quadratic; half a float32 unit of the stored derivative
      expect(gradient[i]).toBeCloseTo((at(h) - at(-h)) / (2 * h), 7);
    }
  });

  test.each<[string, number[], number[], number]>([
    ['perfect', [1, 2, 4], [1, 2, 4], 1],
    ['perfect but for a constant', [2, 3, 5], [1, 2, 4], 1],
    ['a constant', [7, 7, 7], [1, 2, 4], 0],
    ['half of it', [0.5, 1, 2], [1, 2, 4], 0.75],
    ['the wrong way', [-1, -2, -4], [1, 2, 4], -3],
    ['targets that do not vary', [1, 2, 4], [3, 3, 3], Number.NaN],
  ])('explained variance: %s', (_, values, targets, expected) => {
    const { explainedVariance } = valueLoss(new Float32Array(values), new Float32Array(targets), 1, new Float32Array(3));
    if (Number.isNaN(expected)) expect(explainedVariance).toBeNaN();
    else expect(explainedVariance).toBeCloseTo(expected, 12);
  });
});
