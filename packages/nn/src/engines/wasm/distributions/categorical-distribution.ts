import type { CategoricalSpec } from '../../distribution-spec.js';
import { gradientAt, valuesAt } from '../operations/signal.js';
import { classMasks } from './class-masks.js';
import { commonParts, type DistributionContext, type WasmDistribution } from './distribution-kernels.js';

/** The categorical distribution of a head of logits [rows, classes]. */
export function categoricalDistribution(context: DistributionContext, spec: CategoricalSpec): WasmDistribution {
  const { arena, kernels, rows } = context;
  const head = context.heads.get(spec.head)!;
  const classes = head.size;
  const common = commonParts(context);
  const { logProbs, entropies, logProbGradients, entropyGradients } = common;
  const actions = arena.reserve(rows);
  const uniforms = arena.reserve(rows);
  const scratch = arena.reserve(classes * 8);
  const masking = spec.masked ? classMasks(context, head) : undefined;
  const logitsAt = (first: number, count: number) => masking?.logitsAt(first, count) ?? valuesAt(head, first);
  let noise: Float32Array | undefined;
  return {
    ...common,
    ...masking?.parts,
    actionType: 'integer',
    actionSize: 1,
    actions,
    drawNoise(first, count, rng) {
      noise ??= arena.floats(uniforms, rows);
      rng.fillUniform(noise, first, first + count);
    },
    sample(first, count) {
      const at = first * 4;
      kernels.categoricalSample(logitsAt(first, count), uniforms + at, actions + at, logProbs + at, entropies + at, scratch, count, classes);
      if (masking) kernels.allowActions(actions + at, masking.masksAt(first), count, classes);
    },
    mode(first, count) {
      kernels.categoricalMode(valuesAt(head, first), masking?.masksAt(first) ?? 0, actions + first * 4, count, classes);
    },
    evaluate(first, count) {
      const at = first * 4;
      kernels.categoricalEvaluate(logitsAt(first, count), actions + at, logProbs + at, entropies + at, scratch, count, classes);
    },
    backward(first, count) {
      const at = first * 4;
      const gradients = gradientAt(head, first);
      kernels.categoricalBackward(logitsAt(first, count), actions + at, logProbGradients + at, entropyGradients + at, gradients, scratch, count, classes);
      if (masking) kernels.clearMasked(gradients, masking.masksAt(first), count * classes);
    },
  };
}
