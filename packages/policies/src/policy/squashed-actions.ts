import { log } from '@pg/core';
import type { DiagonalGaussianSpec, Distribution } from '@pg/nn';

/** Half a float32 step below 1: what lies nearer to a bound rounds to it. */
const NEAREST = 1 - 2 ** -25;

/**
 * The numbers that squashing turns into an action: u = ½·log((a − low)/(high − a)). An action at a bound counts as half a float32
 * step inside, where u is ±8.7: from there on different u give the same action.
 */
export function unsquash(action: ArrayLike<number>, { low, high }: NonNullable<DiagonalGaussianSpec['squash']>): Float32Array {
  return Float32Array.from(low, (from, i) => {
    const share = Math.min(NEAREST, Math.max(1 - NEAREST, (action[i]! - from) / (high[i]! - from)));
    return 0.5 * log(share / (1 - share));
  });
}

/** Spacing h of the nodes of a sum over the standard normal distribution; errors of the trapezoidal rule vanish like e^−2π²/h². */
const STEP = 1 / 16;
/** e^(−h²/2). */
const FIRST_RATIO = 0.9980487811074755;
/** e^(−h²), by which the ratio of neighbouring weights shrinks. */
const RATIO_OF_RATIOS = 0.9961013694701175;
/** Nodes reach as far as 8 standard deviations. */
const NODES = 128;

/**
 * The entropy of the squashed distribution of row 0, which has no closed form. What a row's entropy says at its own noise is a sum of
 * terms in one dimension each, so its mean over one noise for all dimensions is the mean over independent ones: a sum over one axis.
 */
export function squashedEntropy(distribution: Distribution): number {
  let weight = 1;
  let ratio = FIRST_RATIO;
  let sum = entropyAt(distribution, 0);
  let weights = 1;
  for (let k = 1; k <= NODES; k++) {
    weight *= ratio;
    ratio *= RATIO_OF_RATIOS;
    sum += weight * (entropyAt(distribution, k * STEP) + entropyAt(distribution, -k * STEP));
    weights += 2 * weight;
  }
  return sum / weights;
}

function entropyAt(distribution: Distribution, noise: number): number {
  distribution.sample(0, 1, { normal: () => noise, fillUniform() {} });
  return distribution.entropies[0]!;
}
