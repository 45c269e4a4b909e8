import type { TrainableNetwork } from '@pg/nn';
import { describe, expect, test } from 'vitest';
import { policyGradientLoss } from './policy-gradient-loss.js';

/** What the loss reads and writes of a network. */
function rows(logProbs: number[], entropies: number[]) {
  const distribution = { logProbs: new Float32Array(logProbs), entropies: new Float32Array(entropies) };
  const buffers = { logProbGradients: new Float32Array(logProbs.length).fill(9), entropyGradients: new Float32Array(logProbs.length).fill(9) };
  return { distribution, ...buffers } as unknown as TrainableNetwork;
}

describe('policyGradientLoss', () => {
  test('golden: four steps', () => {
    const network = rows([-1, -2, -0.5, -1], [0.5, 0.25, 0.5, 0.75]);
    const loss = policyGradientLoss(network, { advantages: new Float32Array([2, -1, 4, 0]), valid: new Uint8Array(4).fill(1) }, { entropyCoef: 0.5 });
    // (2 − 2 + 2 + 0)/4
    expect(loss).toEqual({ policyLoss: 0.5, entropy: 0.5 });
    expect(network.logProbGradients).toEqual(new Float32Array([-0.5, 0.25, -1, -0]));
    expect(network.entropyGradients).toEqual(new Float32Array(4).fill(-0.125));
  });

  test('the means are over the steps that count, the others get no gradient', () => {
    const network = rows([-1, -7, -3, -9], [0.5, 7, 1, 9]);
    const loss = policyGradientLoss(network, { advantages: new Float32Array([2, 100, 4, 100]), valid: new Uint8Array([1, 0, 1, 0]) }, { entropyCoef: 1 });
    expect(loss).toEqual({ policyLoss: 7, entropy: 0.75 });
    expect(Array.from(network.logProbGradients, (x) => x + 0)).toEqual([-1, 0, -2, 0]);
    expect(Array.from(network.entropyGradients, (x) => x + 0)).toEqual([-0.5, 0, -0.5, 0]);
  });

  test('a sum has the derivatives of each step, and reports means', () => {
    const network = rows([-1, -7, -3, -9], [0.5, 7, 1, 9]);
    const valid = new Uint8Array([1, 0, 1, 0]);
    const loss = policyGradientLoss(network, { advantages: new Float32Array([2, 100, 4, 100]), valid }, { entropyCoef: 1, reduction: 'sum' });
    expect(loss).toEqual({ policyLoss: 7, entropy: 0.75 });
    expect(Array.from(network.logProbGradients, (x) => x + 0)).toEqual([-2, 0, -4, 0]);
    expect(Array.from(network.entropyGradients, (x) => x + 0)).toEqual([-1, 0, -1, 0]);
  });

  test('rows behind the advantages are left alone', () => {
    const network = rows([-1, -1], [1, 1]);
    policyGradientLoss(network, { advantages: new Float32Array([3]), valid: new Uint8Array([1]) }, { entropyCoef: 0 });
    expect([network.logProbGradients[1], network.entropyGradients[1]]).toEqual([9, 9]);
  });
});
