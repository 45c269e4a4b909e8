import type { TrainableNetwork } from '@pg/nn';
import { describe, expect, test } from 'vitest';
import { clippedSurrogateLoss } from './clipped-surrogate.js';
import { clippedValueLoss } from './clipped-value-loss.js';

/** The loss of one step: π, π_old, Â. */
function surrogate(probability: number, old: number, advantage: number) {
  const distribution = { logProbs: new Float32Array([Math.log(probability)]), entropies: new Float32Array([0.5]) };
  const network = { distribution, logProbGradients: new Float32Array(1), entropyGradients: new Float32Array(1) } as unknown as TrainableNetwork;
  const rows = { oldLogProbs: new Float32Array([Math.log(old)]), advantages: new Float32Array([advantage]), count: 1 };
  return { ...clippedSurrogateLoss(network, rows, 0.2, 0.1), gradient: network.logProbGradients[0]!, entropyGradient: network.entropyGradients[0] };
}

describe('clippedSurrogateLoss', () => {
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

describe('clippedValueLoss', () => {
  const loss = (value: number, old: number, target: number, range: number) => {
    const gradient = new Float32Array(1);
    const rows = { values: new Float32Array([value]), oldValues: new Float32Array([old]), targets: new Float32Array([target]), count: 1 };
    return [clippedValueLoss(rows, range, 0.5, gradient), gradient[0]];
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
