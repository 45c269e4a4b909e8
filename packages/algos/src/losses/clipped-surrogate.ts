import { exp } from '@pg/core';
import type { Batch } from '../rollouts/batch.js';
import type { PolicyLoss } from './policy-gradient-loss.js';

/** The parts of PPO's loss, for the metrics: this part's share of means over the whole batch. */
export interface SurrogateLoss extends PolicyLoss {
  /** Mean of ρ − 1 − log ρ, an estimate of the KL divergence from the policy that acted (Schulman 2020). */
  readonly approxKl: number;
  /** The fraction of steps whose ratio was beyond the clip range. */
  readonly clipFraction: number;
}

/** How the loss is clipped and weighed. */
export interface SurrogateWeights {
  /** ε. */
  readonly clipRange: number;
  /** β. */
  readonly entropyCoef: number;
}

/**
 * The clipped surrogate −mean(min(ρ·Â, clip(ρ, 1 − ε, 1 + ε)·Â)) − β·mean(H) with ρ = π(a|s)/π_acted(a|s) (Schulman et al.
 * 2017, equation 7) as its coefficients: ∂L/∂log π = −ρ·Â/n where the first of the two is the smaller, 0 elsewhere.
 *
 * @param advantages - Â, `[rows]`
 */
export function clippedSurrogate(batch: Batch, advantages: Float32Array, { clipRange, entropyCoef }: SurrogateWeights): SurrogateLoss {
  const { rows, count, valid, logProbs, actedLogProbs, entropies, gradients } = batch;
  const { logProb, entropy: entropyGradient } = gradients;
  let policyLoss = 0;
  let entropy = 0;
  let approxKl = 0;
  let clipped = 0;
  for (let i = 0; i < rows; i++) {
    if (!valid[i]) continue;
    const advantage = advantages[i]!;
    const logRatio = logProbs[i]! - actedLogProbs[i]!;
    const ratio = exp(logRatio);
    const bounded = Math.min(1 + clipRange, Math.max(1 - clipRange, ratio));
    const plain = ratio * advantage;
    const surrogate = Math.min(plain, bounded * advantage);
    logProb[i] = plain <= surrogate ? -plain / count : 0;
    entropyGradient[i] = -entropyCoef / count;
    policyLoss -= surrogate;
    entropy += entropies[i]!;
    approxKl += ratio - 1 - logRatio;
    if (bounded !== ratio) clipped += 1;
  }
  return { policyLoss: policyLoss / count, entropy: entropy / count, approxKl: approxKl / count, clipFraction: clipped / count };
}
