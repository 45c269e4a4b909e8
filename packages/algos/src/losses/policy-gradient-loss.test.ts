import { describe, expect, test } from 'vitest';
import { batchOf } from '../../fixtures/batches.js';
import { policyGradientLoss } from './policy-gradient-loss.js';

describe('policyGradientLoss', () => {
  test('golden: four steps', () => {
    const batch = batchOf(4, { logProbs: [-1, -2, -0.5, -1], entropies: [0.5, 0.25, 0.5, 0.75] });
    const loss = policyGradientLoss(batch, new Float32Array([2, -1, 4, 0]), { entropyCoef: 0.5 });
    // (2 − 2 + 2 + 0)/4
    expect(loss).toEqual({ policyLoss: 0.5, entropy: 0.5 });
    expect(batch.gradients.logProb).toEqual(new Float32Array([-0.5, 0.25, -1, -0]));
    expect(batch.gradients.entropy).toEqual(new Float32Array(4).fill(-0.125));
  });

  test('the means are over the steps that count, the others get no gradient', () => {
    const batch = batchOf(4, { logProbs: [-1, -7, -3, -9], entropies: [0.5, 7, 1, 9], valid: [1, 0, 1, 0] });
    const loss = policyGradientLoss(batch, new Float32Array([2, 100, 4, 100]), { entropyCoef: 1 });
    expect(loss).toEqual({ policyLoss: 7, entropy: 0.75 });
    expect(Array.from(batch.gradients.logProb, (x) => x + 0)).toEqual([-1, 0, -2, 0]);
    expect(Array.from(batch.gradients.entropy, (x) => x + 0)).toEqual([-0.5, 0, -0.5, 0]);
  });

  test('a sum has the derivatives of each step, and reports means', () => {
    const batch = batchOf(4, { logProbs: [-1, -7, -3, -9], entropies: [0.5, 7, 1, 9], valid: [1, 0, 1, 0] });
    const loss = policyGradientLoss(batch, new Float32Array([2, 100, 4, 100]), { entropyCoef: 1, reduction: 'sum' });
    expect(loss).toEqual({ policyLoss: 7, entropy: 0.75 });
    expect(Array.from(batch.gradients.logProb, (x) => x + 0)).toEqual([-2, 0, -4, 0]);
    expect(Array.from(batch.gradients.entropy, (x) => x + 0)).toEqual([-1, 0, -1, 0]);
  });
});
