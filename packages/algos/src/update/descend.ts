import { InvalidOptionsError } from '@pg/core';
import type { AnyBatch } from '../rollouts/batch.js';
import { type Answer, collective, type Request, type YieldStar } from './ask.js';
import { combine, hashOf } from './label.js';
import { type Part, takeApart, total, type Whole } from './total.js';

/** The outcome of a step of the optimiser. */
export interface Descent<TParts> {
  /** The parts of the loss, of the whole batch. */
  readonly losses: Whole<TParts>;
  /** Whether the step was left out because of `stopAbove`. */
  readonly stopped: boolean;
}

/** How a step is made. */
export interface DescendOptions<TParts> {
  /** Limits of parts of the loss: no step is made when one of them, of the whole batch, is above its limit. */
  readonly stopAbove?: { readonly [K in keyof TParts]?: number };
  /** The number of gradients that one step is made of; 1 by default. */
  readonly accumulate?: number;
  /** Whether these are averaged, the default, or summed. */
  readonly reduction?: 'mean' | 'sum';
  /** The step size; that of the option `learningRate` by default. */
  readonly learningRate?: number;
}

/**
 * Takes the gradient of the loss whose coefficients were written into `batch.gradients`, sums it over all parts, clips it, and
 * makes a step of the optimiser.
 *
 * @param parts - what the update's record says of the loss, from this part's rows
 * @throws InvalidOptionsError when the batch has been descended before, or the parameters have moved since it was judged
 * @throws NonFiniteError when a gradient is NaN or infinite; the update is then undone
 */
export function descend<const TParts extends { readonly [K in keyof TParts]: Part | undefined }>(
  batch: AnyBatch,
  parts: TParts,
  options: DescendOptions<TParts> = {},
): YieldStar<Descent<TParts>> {
  return collective('descend', function* () {
    requireFresh(batch);
    const apart = takeApart(parts);
    const { stopAbove, accumulate = 1, reduction = 'mean', learningRate } = options;
    const limits = limitsOf(stopAbove);
    if (limits.length > 0) {
      const losses = yield* total(parts as never) as YieldStar<Readonly<Record<string, number>>>;
      // gradients that are not stepped along are not taken: those of the last step stay
      if (limits.some(([name, limit]) => losses[name]! > limit)) return { losses: losses as unknown as Whole<TParts>, stopped: true };
    }
    batch['~batch'].descended = true;
    batch['~batch'].backward();
    const record = apart.whole as (whole: Pick<Answer, 'numbers' | 'moments'>) => object;
    const { numbers, moments } = apart;
    const label = combine(apart.label, hashOf(`${accumulate} ${reduction} ${learningRate}`));
    const answer = (yield {
      '~ask': 'descend',
      label,
      numbers,
      moments,
      step: { accumulate, reduction, learningRate },
      record,
    } satisfies Request as Request) as Answer;
    return { losses: apart.whole(answer), stopped: false };
  });
}

/** The limits that are finite, by name. */
function limitsOf(stopAbove: object | undefined): readonly (readonly [string, number])[] {
  if (stopAbove === undefined) return [];
  return Object.entries(stopAbove as Readonly<Record<string, number>>).filter(([, limit]) => limit < Number.POSITIVE_INFINITY);
}

function requireFresh(batch: AnyBatch): void {
  const { descended, isStale } = batch['~batch'];
  if (!descended && !isStale()) return;
  throw new InvalidOptionsError({
    where: 'descend',
    got: descended ? 'a batch for the second time' : 'a batch that was judged before the last step of the optimiser',
    expected: 'activations of the parameters as they are',
    remedy: 'Set the rollout aside with rollout.keep(…), and go over it with shuffled().',
  });
}
