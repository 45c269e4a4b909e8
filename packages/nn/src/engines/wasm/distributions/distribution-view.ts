import { arrayName, requireArgument } from '@pg/core';
import type { Distribution, RandomSource } from '../../distribution.js';
import type { Arena } from '../memory/arena.js';
import type { WasmDistribution } from './distribution-kernels.js';

/** What a network does around its distribution's methods. */
interface Guards {
  /** Refuses rows that do not exist and a network that does not live any more; gives what is alive. */
  before(method: string, first: number, count: number): WasmDistribution;
  /** Refuses actions that NaN or infinity led to. */
  afterActing(method: 'sample' | 'mode', first: number, count: number): void;
}

/** A distribution as users hold it. It keeps nothing that leads to the memory but its arrays. */
export function viewDistribution(parts: { readonly arena: Arena; readonly distribution: WasmDistribution }, rows: number, guards: Guards): Distribution {
  const { arena, distribution } = parts;
  const { actionType, actionSize, actions, logProbs, entropies, masks, maskSize, latents, latentSize } = distribution;
  distribution.initialize();
  const { before, afterActing } = guards;
  return {
    actions: actionType === 'integer' ? arena.integers(actions, rows * actionSize) : arena.floats(actions, rows * actionSize),
    logProbs: arena.floats(logProbs, rows),
    entropies: arena.floats(entropies, rows),
    masks: arena.bytes(masks, rows * maskSize),
    latents: arena.floats(latents, rows * latentSize),
    sample(first: number, count: number, rng: RandomSource) {
      const live = before('sample', first, count);
      if (typeof rng?.normal !== 'function') requireArgument(false, 'sample', { name: 'rng', value: rng, expected: 'an Rng' });
      live.check('sample', first, count);
      live.drawNoise(first, count, rng);
      live.sample(first, count);
      afterActing('sample', first, count);
    },
    mode(first: number, count: number) {
      const live = before('mode', first, count);
      live.check('mode', first, count);
      live.mode(first, count);
      afterActing('mode', first, count);
    },
    evaluate(first: number, count: number) {
      const live = before('evaluate', first, count);
      live.check('evaluate', first, count);
      live.evaluate(first, count);
    },
  };
}

/** Puts empty arrays in the place of those that are views of memory. */
export function emptyDistribution(distribution: Distribution): void {
  const floats = new Float32Array(0);
  const actions = arrayName(distribution.actions) === 'Int32Array' ? new Int32Array(0) : floats;
  Object.assign(distribution, { actions, logProbs: floats, entropies: floats, masks: new Uint8Array(0), latents: floats });
}
