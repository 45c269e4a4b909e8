import { type DistributionContext, reserveRowBuffers, type WasmDistribution } from './distribution-kernels.js';
import { gradientAt, valuesAt } from './signal.js';

/** The categorical distribution of a head of logits [rows, classes]. */
export function categoricalDistribution(context: DistributionContext): WasmDistribution {
  const { arena, kernels, rows, head } = context;
  const classes = head.size;
  const buffers = reserveRowBuffers(context);
  const { logProbs, entropies, logProbGradients, entropyGradients } = buffers;
  const actions = arena.reserve(rows);
  const uniforms = arena.reserve(rows);
  const scratch = arena.reserve(classes * 8);
  let noise: Float32Array | undefined;
  return {
    ...buffers,
    actionType: 'integer',
    actionSize: 1,
    actions,
    drawNoise(first, count, rng) {
      noise ??= arena.floats(uniforms, rows);
      rng.fillUniform(noise, first, first + count);
    },
    sample(first, count) {
      const at = first * 4;
      kernels.categoricalSample(valuesAt(head, first), uniforms + at, actions + at, logProbs + at, entropies + at, scratch, count, classes);
    },
    mode(first, count) {
      kernels.categoricalMode(valuesAt(head, first), actions + first * 4, count, classes);
    },
    evaluate(first, count) {
      const at = first * 4;
      kernels.categoricalEvaluate(valuesAt(head, first), actions + at, logProbs + at, entropies + at, scratch, count, classes);
    },
    backward(first, count) {
      const at = first * 4;
      kernels.categoricalBackward(
        valuesAt(head, first),
        actions + at,
        logProbGradients + at,
        entropyGradients + at,
        gradientAt(head, first),
        scratch,
        count,
        classes,
      );
    },
  };
}
