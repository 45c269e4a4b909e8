import { type DiagonalGaussianSpec, defaultLogStdRange } from '../../distribution-spec.js';
import type { Pointer } from '../kernels.js';
import { gradientAt, valuesAt } from '../operations/signal.js';
import { commonParts, type DistributionContext, type WasmDistribution } from './distribution-kernels.js';
import { squashing } from './squashing.js';

/** The diagonal Gaussian of a head of means [rows, size], with log σ from a vector [size] or a head [rows, size]; squashed or not. */
export function gaussianDistribution(context: DistributionContext, spec: DiagonalGaussianSpec): WasmDistribution {
  const { arena, kernels, rows } = context;
  const head = context.heads.get(spec.head)!;
  const { size } = head;
  const common = commonParts(context);
  const { logProbs, entropies, logProbGradients, entropyGradients } = common;
  const logStd = logStdPlaces(context, spec);
  const { low, high } = spec.logStdRange ?? defaultLogStdRange;
  const actions = arena.reserve(rows * size);
  const normals = arena.reserve(rows * size);
  const scratch = arena.reserve(size);
  const squash = spec.squash && squashing(context, spec.squash);
  /** The normal numbers: the actions themselves, unless they are squashed. */
  const values = squash?.parts.latents ?? actions;
  let noise: Float32Array | undefined;
  return {
    ...common,
    ...squash?.parts,
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
      const mean = valuesAt(head, first);
      const deviation = logStd.valuesAt(first);
      kernels.gaussianSample(mean, deviation, logStd.stride, low, high, normals + at, values + at, logProbs + row, entropies + row, scratch, count, size);
      squash?.toActions(values + at, actions + at, count);
      squash?.toDensities(values + at, logProbs + row, entropies + row, count);
    },
    mode(first, count) {
      const at = first * size * 4;
      kernels.copy(valuesAt(head, first), values + at, count * size);
      squash?.toActions(values + at, actions + at, count);
    },
    evaluate(first, count) {
      const row = first * 4;
      const at = row * size;
      const mean = valuesAt(head, first);
      const deviation = logStd.valuesAt(first);
      kernels.gaussianEvaluate(mean, deviation, logStd.stride, low, high, values + at, logProbs + row, entropies + row, scratch, count, size);
      squash?.toDensities(values + at, logProbs + row, entropies + row, count);
    },
    backward(first, count) {
      const row = first * 4;
      const at = row * size;
      const dLogProbs = logProbGradients + row;
      const dEntropies = entropyGradients + row;
      const mean = valuesAt(head, first);
      const deviation = logStd.valuesAt(first);
      const dMean = gradientAt(head, first);
      const dDeviation = logStd.gradientAt(first);
      const squashed = squash ? 1 : 0;
      kernels.gaussianBackward(
        mean,
        deviation,
        logStd.stride,
        low,
        high,
        values + at,
        dLogProbs,
        dEntropies,
        dMean,
        dDeviation,
        squashed,
        scratch,
        count,
        size,
      );
    },
  };
}

/** Where log σ and its gradient lie. */
interface LogStdPlaces {
  /** Bytes from one row to the next; 0 of a vector. */
  readonly stride: number;
  valuesAt(row: number): Pointer;
  gradientAt(row: number): Pointer;
}

function logStdPlaces({ heads, vector }: DistributionContext, { logStd, logStdHead }: DiagonalGaussianSpec): LogStdPlaces {
  if (logStdHead === undefined) {
    const { values, gradient } = vector(logStd);
    return { stride: 0, valuesAt: () => values, gradientAt: () => gradient };
  }
  const head = heads.get(logStdHead)!;
  return { stride: head.size * 4, valuesAt: (row) => valuesAt(head, row), gradientAt: (row) => gradientAt(head, row) };
}
