import { exp } from '@pg/core';
import type { TrainableNetwork } from '@pg/nn';
import type { PolicyGradientLoss } from '../training/policy-gradient-loss.js';

/** The parts of PPO's loss, for the metrics. */
export interface SurrogateLoss extends PolicyGradientLoss {
  /** Mean of ρ − 1 − log ρ, an estimate of the KL divergence from the policy that collected (Schulman 2020). */
  readonly approxKl: number;
  /** The fraction of steps whose ratio was beyond the clip range. */
  readonly clipFraction: number;
}

/** What the loss is taken of: the rows of a minibatch. */
export interface SurrogateRows {
  /** log π(a|s) when the data was collected, at least [count]. */
  readonly oldLogProbs: Float32Array;
  /** Â, at least [count]. */
  readonly advantages: Float32Array;
  /** How many rows. */
  readonly count: number;
  /** How many rows the minibatch has, of which these are a part; `count` by default. */
  readonly total?: number;
}

/**
 * The clipped surrogate −mean(min(ρ·Â, clip(ρ, 1 − ε, 1 + ε)·Â)) − β·mean(H) with ρ = π(a|s)/π_old(a|s) (Schulman et al.
 * 2017, equation 7) as its derivatives: ∂L/∂log π = −ρ·Â/n where the first of the two is the smaller, 0 elsewhere.
 *
 * @param network - its distribution holds log π(a|s) and H of the rows
 * @param clipRange - ε
 * @param entropyCoef - β
 * @returns means over the minibatch; of a part of it its share of them
 */
export function clippedSurrogateLoss(network: TrainableNetwork, rows: SurrogateRows, clipRange: number, entropyCoef: number): SurrogateLoss {
  const { logProbGradients, entropyGradients, distribution } = network;
  const { logProbs, entropies } = distribution;
  const { oldLogProbs, advantages, count, total = count } = rows;
  let policyLoss = 0;
  let entropy = 0;
  let approxKl = 0;
  let clipped = 0;
  for (let i = 0; i < count; i++) {
    const advantage = advantages[i]!;
    const logRatio = logProbs[i]! - oldLogProbs[i]!;
    const ratio = exp(logRatio);
    const bounded = Math.min(1 + clipRange, Math.max(1 - clipRange, ratio));
    const plain = ratio * advantage;
    const surrogate = Math.min(plain, bounded * advantage);
    logProbGradients[i] = plain <= surrogate ? -plain / total : 0;
    entropyGradients[i] = -entropyCoef / total;
    policyLoss -= surrogate;
    entropy += entropies[i]!;
    approxKl += ratio - 1 - logRatio;
    if (bounded !== ratio) clipped += 1;
  }
  return { policyLoss: policyLoss / total, entropy: entropy / total, approxKl: approxKl / total, clipFraction: clipped / total };
}
