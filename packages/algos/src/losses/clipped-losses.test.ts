import { describe, expect, test } from 'vitest';
import { batchOf } from '../../fixtures/batches.js';
import { clippedSurrogate } from './clipped-surrogate.js';
import { valueLoss } from './value-loss.js';

/** The loss of one step: π, π of acting, Â. */
function surrogate(probability: number, acted: number, advantage: number) {
  const batch = batchOf(1, { logProbs: [Math.log(probability)], actedLogProbs: [Math.log(acted)], entropies: [0.5] });
  const loss = clippedSurrogate(batch, new Float32Array([advantage]), { clipRange: 0.2, entropyCoef: 0.1 });
  return { ...loss, gradient: batch.gradients.logProb[0]!, entropyGradient: batch.gradients.entropy[0] };
}

describe('clippedSurrogate', () => {
  test.each([
    ['inside', 0.55, 0.5, 2, -2.2, -2.2, 0],
    ['a gain beyond the range', 0.75, 0.5, 2, -2.4, 0, 1],
    ['a loss beyond the range', 0.75, 0.5, -2, 3, 3, 1],
    ['a gain below the range', 0.25, 0.5, -2, 1.6, 0, 1],
    ['a loss below the range', 0.25, 0.5, 2, -1, -1, 1],
  ])('%s', (_, probability, old, advantage, loss, gradient, clipFraction) => {
    const result = surrogate(probability, old, advantage);
    expect(result.policyLoss).toBeCloseTo(loss, 5);
    expect(result.gradient).toBeCloseTo(gradient, 5);
    expect(result).toMatchObject({ clipFraction, entropy: 0.5, entropyGradient: Math.fround(-0.1) });
    const ratio = probability / old;
    expect(result.approxKl).toBeCloseTo(ratio - 1 - Math.log(ratio), 6);
  });
});

describe('valueLoss within a range', () => {
  const loss = (value: number, old: number, target: number, range: number) => {
    const batch = batchOf(1, { values: [value], actedValues: [old] });
    const { valueLoss: mean } = valueLoss(batch, new Float32Array([target]), { valueCoef: 0.5, clipRangeValue: range });
    return [mean, batch.gradients.value[0]];
  };

  test.each([
    ['without a range', 3, 0, 1, Infinity, 2, 1],
    ['within the range', 0.5, 0, 1, 1, 0.125, -0.25],
    ['towards the target, beyond the range', 2, 0, 3, 1, 2, 0],
    ['away from the target, beyond the range', -2, 0, 3, 1, 12.5, -2.5],
  ])('%s', (_, value, old, target, range, expected, gradient) => {
    expect(loss(value, old, target, range)).toEqual([expected, gradient]);
  });
});
