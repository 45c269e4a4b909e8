import type { Distribution, RandomSource } from '../distribution.js';
import type { Arena } from './arena.js';
import type { WasmDistribution } from './distribution-kernels.js';

/** Where a distribution lies. */
interface Surroundings {
  /** Sealed. */
  readonly arena: Arena;
  readonly rows: number;
  /** Refuses rows that do not exist. */
  assertRows(where: string, first: number, count: number): void;
}

/** A distribution as users hold it. */
export function viewDistribution(distribution: WasmDistribution, { arena, rows, assertRows }: Surroundings): Distribution {
  const { actionType, actionSize, actions, logProbs, entropies, masks, maskSize, latents, latentSize } = distribution;
  const assertReady = (where: string, first: number, count: number) => {
    assertRows(where, first, count);
    distribution.check(where, first, count);
  };
  distribution.initialize();
  return {
    actions: actionType === 'integer' ? arena.integers(actions, rows * actionSize) : arena.floats(actions, rows * actionSize),
    logProbs: arena.floats(logProbs, rows),
    entropies: arena.floats(entropies, rows),
    masks: arena.bytes(masks, rows * maskSize),
    latents: arena.floats(latents, rows * latentSize),
    sample(first: number, count: number, rng: RandomSource) {
      assertReady('sample', first, count);
      distribution.drawNoise(first, count, rng);
      distribution.sample(first, count);
    },
    mode(first: number, count: number) {
      assertReady('mode', first, count);
      distribution.mode(first, count);
    },
    evaluate(first: number, count: number) {
      assertReady('evaluate', first, count);
      distribution.evaluate(first, count);
    },
  };
}
