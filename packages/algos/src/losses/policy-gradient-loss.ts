import type { Batch } from '../rollouts/batch.js';

/** The parts of a policy's loss, for the metrics: this part's share of means over the whole batch. */
export interface PolicyLoss {
  /** Mean of −log π(a|s)·advantage over the steps that count. */
  readonly policyLoss: number;
  /** Mean entropy of the policy over the steps that count, in nats. */
  readonly entropy: number;
}

/** Whether a loss is the mean over the steps that count, or their sum. */
export type Reduction = 'mean' | 'sum';

/** How the loss is weighed. */
export interface PolicyGradientWeights {
  /** β. */
  readonly entropyCoef: number;
  /** The mean by default. */
  readonly reduction?: Reduction;
}

/**
 * The loss L = mean(−log π(a|s)·Â − β·H), or the sum, as its coefficients ∂L/∂log π = −Â/n and ∂L/∂H = −β/n, for the n steps of
 * the whole batch that count; n is 1 for a sum.
 *
 * @param advantages - Â, `[rows]`
 */
export function policyGradientLoss(batch: Batch, advantages: Float32Array, { entropyCoef, reduction = 'mean' }: PolicyGradientWeights): PolicyLoss {
  const { rows, count, valid, logProbs, entropies, gradients } = batch;
  const { logProb, entropy: entropyGradient } = gradients;
  const divisor = reduction === 'sum' ? 1 : count;
  let policyLoss = 0;
  let entropy = 0;
  for (let i = 0; i < rows; i++) {
    const weight = valid[i]! / divisor;
    logProb[i] = -advantages[i]! * weight;
    entropyGradient[i] = -entropyCoef * weight;
    policyLoss -= valid[i]! * logProbs[i]! * advantages[i]!;
    entropy += valid[i]! * entropies[i]!;
  }
  return { policyLoss: policyLoss / count, entropy: entropy / count };
}
