import type { TrainableNetwork } from '@pg/nn';

/**
 * One optimiser step along the gradients of the first `rows` rows, clipped to a global norm.
 *
 * @param maxGradNorm - infinite for no clipping; clipped as PyTorch does: by max/(norm + 1e-6) where the norm is larger
 * @returns the norm before clipping
 * @throws NonFiniteError when a gradient is NaN or infinite; the parameters are left as they are
 */
export function optimize(network: TrainableNetwork, rows: number, learningRate: number, maxGradNorm: number): number {
  network.backward(rows);
  const norm = network.gradientNorm();
  const factor = maxGradNorm / (norm + 1e-6);
  if (factor < 1) network.scaleGradients(factor);
  network.optimizerStep(learningRate);
  return norm;
}
