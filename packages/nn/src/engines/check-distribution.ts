import { describeValue, fitsFloat32, InvalidOptionsError, InvalidShapeError } from '@pg/core';
import type { Network } from '../network/network.js';
import { headSize } from '../network/parameters.js';
import type { DiagonalGaussianSpec, DistributionSpec } from './distribution-spec.js';

/**
 * Refuses a distribution that does not fit a network's heads and vectors.
 *
 * @throws InvalidShapeError when a head or a vector is missing or of another size
 * @throws InvalidOptionsError for ranges that are none, and for what is no distribution
 */
export function checkDistribution(where: string, network: Network, distribution: DistributionSpec): void {
  requireDistribution(where, distribution);
  requireHead(where, network, distribution.head);
  if (distribution.kind !== 'diagonalGaussian') return;
  const size = headSize(network, distribution.head);
  checkLogStd(where, network, distribution, size);
  checkRanges(where, distribution, size);
}

/** Beyond, densities of ordinary actions overflow float32. */
const MOST_LOG_STD = 40;

const kinds: readonly DistributionSpec['kind'][] = ['categorical', 'bernoulli', 'diagonalGaussian'];

/** For JavaScript callers. */
function requireDistribution(where: string, distribution: DistributionSpec): void {
  if (kinds.includes(distribution?.kind)) return;
  throw new InvalidOptionsError({
    where,
    got: `distribution: ${describeValue(distribution?.kind ?? distribution)}`,
    expected: `a kind of ${kinds.join(', ')}`,
    remedy: "Give one that reads a head, for example { kind: 'categorical', head: 'logits' }.",
  });
}

function requireHead(where: string, network: Network, head: string): void {
  if (Object.hasOwn(network.heads, head)) return;
  const heads = Object.keys(network.heads).join(', ');
  throw new InvalidShapeError({
    where,
    got: `a distribution on the head "${head}"`,
    expected: `one of the heads ${heads}`,
    remedy: 'Name a head of the network.',
  });
}

function checkLogStd(where: string, network: Network, { head, logStd, logStdHead }: DiagonalGaussianSpec, size: number): void {
  const expected = `one log σ for each of the ${size} means`;
  if (logStdHead === undefined) {
    if (vectorSize(network, logStd) === size) return;
    throw new InvalidShapeError({ where, got: `no vector "${logStd}" of size ${size}`, expected, remedy: "Add it to the network's vectors." });
  }
  requireHead(where, network, logStdHead);
  if (logStdHead !== head && headSize(network, logStdHead) === size) return;
  const got = logStdHead === head ? `log σ from the head of the means, "${head}"` : `the head "${logStdHead}" of size ${headSize(network, logStdHead)}`;
  throw new InvalidShapeError({ where, got, expected, remedy: 'Give log σ a head of its own, as large as that of the means.' });
}

function checkRanges(where: string, { logStdRange: range, squash }: DiagonalGaussianSpec, size: number): void {
  if (range !== undefined && !(range.low >= -MOST_LOG_STD && range.low <= range.high && range.high <= MOST_LOG_STD)) {
    throw new InvalidOptionsError({
      where,
      got: `logStdRange: from ${range.low} to ${range.high}`,
      expected: `low ≤ high within ±${MOST_LOG_STD}, where σ and the squares of distances in σ are float32 numbers`,
      remedy: 'Change "logStdRange", for example to { low: -20, high: 2 }.',
    });
  }
  if (squash === undefined) return;
  const { low, high } = squash;
  if (low.length === size && high.length === size && low.every((from, i) => isInterval(from, high[i]!))) return;
  throw new InvalidOptionsError({
    where,
    got: `squash: from [${low.join(', ')}] to [${high.join(', ')}]`,
    expected: `finite bounds with low < high for each of the ${size} numbers`,
    remedy: 'Change "squash", or leave it out for unbounded actions.',
  });
}

/** Whether both bounds and what lies between them are finite in float32. */
function isInterval(low: number, high: number): boolean {
  return fitsFloat32(low) && fitsFloat32(high) && Math.fround(low) < Math.fround(high) && fitsFloat32(high - low);
}

function vectorSize({ vectors = {} }: Network, name: string): number | undefined {
  return Object.hasOwn(vectors, name) ? vectors[name]!.size : undefined;
}
