import { NonFiniteError } from '@pg/core';
import type { TrainableNetwork } from '@pg/nn';

/** A step longer than this would carry float32 parameters to infinity, from where nothing comes back. */
const LONGEST_STEP = 1e36;

/** How far a step goes. */
export interface StepOptions {
  readonly learningRate: number;
  /** Each element of each gradient is brought within this; infinite for no clipping. Comes before the clipping to a norm. */
  readonly maxGradValue: number;
  /** Infinite for no clipping; clipped as PyTorch does: by max/(norm + 1e-6) where the norm is larger. */
  readonly maxGradNorm: number;
}

/**
 * One optimiser step along the network's gradients, clipped by value, then to a global norm.
 *
 * @returns the norm before clipping
 * @throws NonFiniteError when a gradient is NaN or infinite, or the step beyond measure; the parameters are left as they are
 */
export function optimize(network: TrainableNetwork, options: StepOptions): number {
  const norm = clipGradients(network, options);
  network.optimizerStep(options.learningRate);
  return norm;
}

/**
 * Clips the network's gradients by value, then to a global norm, for a step at a learning rate.
 *
 * @returns the norm before clipping
 * @throws NonFiniteError when a gradient is NaN or infinite, or the step would be beyond measure
 */
export function clipGradients(network: TrainableNetwork, { learningRate, maxGradValue, maxGradNorm }: StepOptions): number {
  // before anything is clipped: a clipped infinity would be a number like others
  const norm = network.gradientNorm();
  const clippedNorm = clipValues(network, norm, maxGradValue);
  const factor = maxGradNorm / (clippedNorm + 1e-6);
  if (factor < 1) network.scaleGradients(factor);
  // Adam's and RMSProp's steps are about as long as the rate, however small the gradients
  const length = Math.max(learningRate * clippedNorm * Math.min(1, factor), learningRate);
  if (length > LONGEST_STEP) {
    throw new NonFiniteError({
      where: 'optimize',
      got: `a step of length ${length}`,
      expected: `at most ${LONGEST_STEP}`,
      remedy: 'Lower the learning rate or clip gradients.',
    });
  }
  return norm;
}

/** Clips by value, where an element can be larger; returns the norm that is left. */
function clipValues(network: TrainableNetwork, norm: number, maxGradValue: number): number {
  if (norm <= maxGradValue) return norm;
  network.clipGradients(maxGradValue);
  return network.gradientNorm();
}
