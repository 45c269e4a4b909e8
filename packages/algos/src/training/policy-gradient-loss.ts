import type { TrainableNetwork } from '@pg/nn';

/** The parts of a loss, for the metrics. */
export interface PolicyGradientLoss {
  /** Mean of −log π(a|s)·advantage over the steps that count. */
  readonly policyLoss: number;
  /** Mean entropy over the steps that count. */
  readonly entropy: number;
}

/**
 * The loss L = mean(−log π(a|s)·Â − β·H) as its derivatives, written where the network's backward pass reads them:
 * ∂L/∂log π = −Â/n and ∂L/∂H = −β/n, for the n steps that count.
 *
 * @param network - its distribution holds log π(a|s) and H of the rows
 * @param advantages - Â, [rows]
 * @param valid - [rows]: 1 where the step counts
 * @param entropyCoef - β
 */
export function policyGradientLoss(network: TrainableNetwork, advantages: Float32Array, valid: Uint8Array, entropyCoef: number): PolicyGradientLoss {
  const { logProbGradients, entropyGradients, distribution } = network;
  const { logProbs, entropies } = distribution;
  const rows = advantages.length;
  let count = 0;
  for (let i = 0; i < rows; i++) count += valid[i]!;
  let policyLoss = 0;
  let entropy = 0;
  for (let i = 0; i < rows; i++) {
    const weight = valid[i]! / count;
    logProbGradients[i] = -advantages[i]! * weight;
    entropyGradients[i] = -entropyCoef * weight;
    policyLoss -= logProbs[i]! * advantages[i]! * weight;
    entropy += entropies[i]! * weight;
  }
  return { policyLoss, entropy };
}
