import type { BernoulliSpec } from '../../distribution-spec.js';
import { gradientAt, valuesAt } from '../operations/signal.js';
import { commonParts, type DistributionContext, type WasmDistribution } from './distribution-kernels.js';

/** Independent bits of a head of logits [rows, bits]. */
export function bernoulliDistribution(context: DistributionContext, spec: BernoulliSpec): WasmDistribution {
  const { arena, kernels, rows } = context;
  const head = context.heads.get(spec.head)!;
  const bits = head.size;
  const common = commonParts(context);
  const { logProbs, entropies, logProbGradients, entropyGradients } = common;
  const actions = arena.reserve(rows * bits);
  const uniforms = arena.reserve(rows * bits);
  let noise: Float32Array | undefined;
  return {
    ...common,
    actionType: 'integer',
    actionSize: bits,
    actions,
    drawNoise(first, count, rng) {
      noise ??= arena.floats(uniforms, rows * bits);
      rng.fillUniform(noise, first * bits, (first + count) * bits);
    },
    sample(first, count) {
      const row = first * 4;
      const at = row * bits;
      kernels.bernoulliSample(valuesAt(head, first), uniforms + at, actions + at, logProbs + row, entropies + row, count, bits);
    },
    mode(first, count) {
      kernels.bernoulliMode(valuesAt(head, first), actions + first * bits * 4, count * bits);
    },
    evaluate(first, count) {
      const row = first * 4;
      kernels.bernoulliEvaluate(valuesAt(head, first), actions + row * bits, logProbs + row, entropies + row, count, bits);
    },
    backward(first, count) {
      const row = first * 4;
      const gradients = gradientAt(head, first);
      kernels.bernoulliBackward(valuesAt(head, first), actions + row * bits, logProbGradients + row, entropyGradients + row, gradients, count, bits);
    },
  };
}
