import type { TrainableNetwork } from '@pg/nn';

/** The parts of a loss, for the metrics; means whatever the reduction, of a part of the steps its share of them. */
export interface PolicyGradientLoss {
  /** Mean of −log π(a|s)·advantage over the steps that count. */
  readonly policyLoss: number;
  /** Mean entropy over the steps that count. */
  readonly entropy: number;
}

/** Whether a loss is the mean over the steps that count, or their sum. */
export type Reduction = 'mean' | 'sum';

/** What the loss is taken of. */
export interface PolicyGradientRows {
  /** Â, [rows]. */
  readonly advantages: Float32Array;
  /** `[rows]`: 1 where the step counts. */
  readonly valid: Uint8Array;
}

/** How the loss is weighed. */
export interface PolicyGradientWeights {
  /** β. */
  readonly entropyCoef: number;
  /** The mean by default. */
  readonly reduction?: Reduction;
  /** How many steps the mean is over, where these rows are a part of them; by default those of them that count. */
  readonly count?: number;
}

/**
 * The loss L = mean(−log π(a|s)·Â − β·H), or the sum, as its derivatives, written where the network's backward pass reads them:
 * ∂L/∂log π = −Â/n and ∂L/∂H = −β/n, for the n steps that count; n is 1 for a sum.
 *
 * @param network - its distribution holds log π(a|s) and H of the rows
 */
export function policyGradientLoss(
  network: TrainableNetwork,
  { advantages, valid }: PolicyGradientRows,
  { entropyCoef, reduction = 'mean', count = countValid(valid) }: PolicyGradientWeights,
): PolicyGradientLoss {
  const { logProbGradients, entropyGradients, distribution } = network;
  const { logProbs, entropies } = distribution;
  const rows = advantages.length;
  const divisor = reduction === 'sum' ? 1 : count;
  let policyLoss = 0;
  let entropy = 0;
  for (let i = 0; i < rows; i++) {
    const weight = valid[i]! / divisor;
    logProbGradients[i] = -advantages[i]! * weight;
    entropyGradients[i] = -entropyCoef * weight;
    policyLoss -= valid[i]! * logProbs[i]! * advantages[i]!;
    entropy += valid[i]! * entropies[i]!;
  }
  return { policyLoss: policyLoss / count, entropy: entropy / count };
}

/** How many steps count. */
export function countValid(valid: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < valid.length; i++) count += valid[i]!;
  return count;
}
