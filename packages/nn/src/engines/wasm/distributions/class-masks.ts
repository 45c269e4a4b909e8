import { InvalidActionError } from '@pg/core';
import type { Pointer } from '../kernels.js';
import { type Signal, valuesAt } from '../operations/signal.js';
import type { DistributionContext, WasmDistribution } from './distribution-kernels.js';

/** Masks of a head of logits, and the logits with them. */
interface ClassMasks {
  /** What they bring to a distribution. */
  readonly parts: Pick<WasmDistribution, 'masks' | 'maskSize' | 'initialize' | 'check'>;
  /** The masks from a row on. */
  masksAt(row: number): Pointer;
  /** The logits of `count` rows from row `first` on, −∞ where masked: the kernels know such classes to be impossible. */
  logitsAt(first: number, count: number): Pointer;
}

/** Reserves masks [rows, classes], all ones at first, and room for masked logits. */
export function classMasks({ arena, kernels, rows }: DistributionContext, head: Signal): ClassMasks {
  const classes = head.size;
  const masks = arena.reserve(Math.ceil((rows * classes) / 4));
  const masked = arena.reserve(rows * classes);
  const masksAt = (row: number) => masks + row * classes;
  return {
    parts: {
      masks,
      maskSize: classes,
      initialize() {
        arena.bytes(masks, rows * classes).fill(1);
      },
      check(where, first, count) {
        const row = kernels.rowWithoutChoice(masksAt(first), count, classes);
        if (row < 0) return;
        throw new InvalidActionError({
          where,
          got: `masks that allow none of the ${classes} classes in row ${first + row}`,
          expected: 'at least one class allowed in each row',
          remedy: 'Set the mask of an allowed class to 1, or end the episode where there is nothing to do.',
        });
      },
    },
    masksAt,
    logitsAt(first, count) {
      const to = masked + first * classes * 4;
      kernels.maskLogits(valuesAt(head, first), masksAt(first), to, count * classes);
      return to;
    },
  };
}
