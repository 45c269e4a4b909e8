import { NonFiniteError } from '@pg/core';
import type { TrainableNetwork } from '@pg/nn';

/** A step longer than this would carry float32 parameters to infinity, from where nothing comes back. */
const LONGEST_STEP = 1e36;

/**
 * One optimiser step along the gradients of the first `rows` rows, clipped to a global norm.
 *
 * @param maxGradNorm - infinite for no clipping; clipped as PyTorch does: by max/(norm + 1e-6) where the norm is larger
 * @returns the norm before clipping
 * @throws NonFiniteError when a gradient is NaN or infinite, or the step beyond measure; the parameters are left as they are
 */
export function optimize(network: TrainableNetwork, rows: number, learningRate: number, maxGradNorm: number): number {
  network.backward(rows);
  const norm = network.gradientNorm();
  const factor = maxGradNorm / (norm + 1e-6);
  if (factor < 1) network.scaleGradients(factor);
  const length = learningRate * norm * Math.min(1, factor);
  if (length > LONGEST_STEP) {
    throw new NonFiniteError({
      where: 'optimize',
      got: `a step of length ${length}`,
      expected: `at most ${LONGEST_STEP}`,
      remedy: 'Lower the learning rate or clip gradients.',
    });
  }
  network.optimizerStep(learningRate);
  return norm;
}
