import { type DistributionContext, reserveRowBuffers, type WasmDistribution } from './distribution-kernels.js';
import type { Pointer } from './kernels.js';
import { gradientAt, valuesAt } from './signal.js';

/** The diagonal Gaussian of a head of means [rows, size] and a vector of log standard deviations [size]. */
export function gaussianDistribution(context: DistributionContext, logStd: Pointer, logStdGradient: Pointer): WasmDistribution {
  const { arena, kernels, rows, head } = context;
  const { size } = head;
  const buffers = reserveRowBuffers(context);
  const { logProbs, entropies, logProbGradients, entropyGradients } = buffers;
  const actions = arena.reserve(rows * size);
  const normals = arena.reserve(rows * size);
  const scratch = arena.reserve(size);
  let noise: Float32Array | undefined;
  return {
    ...buffers,
    actionType: 'float',
    actionSize: size,
    actions,
    drawNoise(first, count, rng) {
      noise ??= arena.floats(normals, rows * size);
      for (let i = first * size; i < (first + count) * size; i++) noise[i] = rng.normal();
    },
    sample(first, count) {
      const row = first * 4;
      const at = row * size;
      kernels.gaussianSample(valuesAt(head, first), logStd, normals + at, actions + at, logProbs + row, entropies + row, scratch, count, size);
    },
    mode(first, count) {
      kernels.copy(valuesAt(head, first), actions + first * size * 4, count * size);
    },
    evaluate(first, count) {
      const row = first * 4;
      kernels.gaussianEvaluate(valuesAt(head, first), logStd, actions + row * size, logProbs + row, entropies + row, scratch, count, size);
    },
    backward(first, count) {
      const row = first * 4;
      const dLogProbs = logProbGradients + row;
      const dEntropies = entropyGradients + row;
      kernels.gaussianBackward(
        valuesAt(head, first),
        logStd,
        actions + row * size,
        dLogProbs,
        dEntropies,
        gradientAt(head, first),
        logStdGradient,
        scratch,
        count,
        size,
      );
    },
  };
}
