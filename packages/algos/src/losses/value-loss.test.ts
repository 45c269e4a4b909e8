import { describe, expect, test } from 'vitest';
import { batchOf } from '../../fixtures/batches.js';
import { explainedVariance } from '../statistics/explained-variance.js';
import { alone } from '../update/alone.js';
import { total } from '../update/total.js';
import { type ValueLossWeights, valueLoss } from './value-loss.js';

/** The loss and its derivative; all steps count unless told otherwise. */
function lossOf(values: number[], targets: number[], options: ValueLossWeights, valid = values.map(() => 1)) {
  const batch = batchOf(values.length, { values, valid });
  const floats = new Float32Array(targets);
  return {
    ...valueLoss(batch, floats, options),
    explainedVariance: alone(total(explainedVariance(batch, floats))),
    gradient: Array.from(batch.gradients.value, (x) => x + 0),
  };
}

describe('golden values', () => {
  test.each<[string, ValueLossWeights, number, number[]]>([
    // errors 0, −2, 0, 4: ½(0 + 4 + 0 + 16)/4
    ['the mean of half the squares', { valueCoef: 0.5 }, 2.5, [0, -0.25, 0, 0.5]],
    ['their sum, which is reported as the mean', { valueCoef: 0.5, reduction: 'sum' }, 2.5, [0, -1, 0, 2]],
    // (0 + ½·4 + 0 + 3·(4 − 1.5))/4
    ['Huber, δ = 3', { valueCoef: 0.5, valueLoss: { huber: 3 } }, 2.375, [0, -0.25, 0, 0.375]],
    ['Huber, δ = 1, summed', { valueCoef: 1, valueLoss: { huber: 1 }, reduction: 'sum' }, 1.25, [0, -1, 0, 1]],
    ['Huber with a δ that no error reaches', { valueCoef: 0.5, valueLoss: { huber: 100 } }, 2.5, [0, -0.25, 0, 0.5]],
  ])('%s', (_, options, expected, gradient) => {
    const got = lossOf([1, 2, 3, 4], [1, 4, 3, 0], options);
    expect(got.valueLoss).toBe(expected);
    expect(got.gradient).toEqual(gradient);
  });

  test('steps that do not count are left out and get no gradient', () => {
    const got = lossOf([1, 2, 3, 4], [1, 4, 300, 0], { valueCoef: 1 }, [1, 1, 0, 1]);
    expect(got.valueLoss).toBeCloseTo(10 / 3, 12);
    expect(got.gradient).toEqual([0, Math.fround(-2 / 3), 0, Math.fround(4 / 3)]);
    expect(got.explainedVariance).toBeCloseTo(lossOf([1, 2, 4], [1, 4, 0], { valueCoef: 1 }).explainedVariance, 12);
  });
});

test.each<[string, ValueLossWeights]>([
  ['squared', { valueCoef: 0.7 }],
  ['Huber', { valueCoef: 0.7, valueLoss: { huber: 1.5 } }],
])('the derivative equals finite differences of valueCoef·loss: %s', (_, options) => {
  const values = [0.5, -1, 2];
  const targets = [1, 1, -1];
  const { gradient } = lossOf(values, targets, options);
  const h = 2 ** -6;
  for (let i = 0; i < 3; i++) {
    const at = (shift: number) => 0.7 * lossOf(values.with(i, values[i]! + shift), targets, options).valueLoss;
    // exact for a quadratic and for a line; half a float32 unit of the stored derivative
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
  const { explainedVariance } = lossOf(values, targets, { valueCoef: 1 });
  if (Number.isNaN(expected)) expect(explainedVariance).toBeNaN();
  else expect(explainedVariance).toBeCloseTo(expected, 12);
});
