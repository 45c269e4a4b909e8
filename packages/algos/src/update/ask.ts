import { InvalidOptionsError } from '@pg/core';
import type { BatchMoments } from '../statistics/batch-moments.js';

/** The kinds of asks. */
export type AskKind = 'collect' | 'total' | 'descend';

/** A request of an update to its runner: to play, to add up, or to step. Opaque to authors. */
export interface Ask {
  /** Which of the three. */
  readonly '~ask': AskKind;
}

/** The value of a collective: available after `yield*`, and not before. */
export interface YieldStar<T> extends Generator<Ask, T, unknown> {
  /** The type of that value. */
  readonly '~whole': T;
}

/** An ask as runners see it: plain numbers and moments of this part, to be merged with those of all others. */
export interface Request extends Ask {
  /** A hash of what is asked for, by name: all parts have to agree in it. */
  readonly label: number;
  /** Numbers that are added over all parts. */
  readonly numbers: readonly number[];
  /** Moments that are merged over all parts. */
  readonly moments: readonly BatchMoments[];
  /** The step that a `descend` asks for. */
  readonly step?: StepRequest;
  /** The record of a `descend`, of the whole numbers and moments; for a runner in the same thread. */
  readonly record?: (whole: Pick<Answer, 'numbers' | 'moments'>) => object;
}

/** How a `descend` steps. */
interface StepRequest {
  /** The number of gradients that one step is made of. */
  readonly accumulate: number;
  /** Whether these are averaged or summed. */
  readonly reduction: 'mean' | 'sum';
  /** The step size in place of the option's. */
  readonly learningRate: number | undefined;
}

/** A runner's answer: the whole of what was asked. */
export interface Answer {
  /** The numbers, from the front. */
  readonly numbers: ArrayLike<number>;
  readonly moments: readonly BatchMoments[];
  /** Whether the optimiser has made a step. */
  readonly stepped: boolean;
}

/** The collective that was called last and has not been yielded. Only one update runs at a time in a thread. */
let open: string | undefined;

/** A collective: notices when it is called and never yielded. */
export function collective<T>(name: string, body: () => Generator<Ask, T, unknown>): YieldStar<T> {
  requireNoneOpen();
  open = name;
  return new Collective(body) as unknown as YieldStar<T>;
}

/** As much of a generator as `yield*` asks for. */
class Collective<T> {
  readonly #body: () => Generator<Ask, T, unknown>;

  constructor(body: () => Generator<Ask, T, unknown>) {
    this.#body = body;
  }

  [Symbol.iterator](): Generator<Ask, T, unknown> {
    open = undefined;
    return this.#body();
  }
}

/**
 * Refuses a collective that was called without `yield*`.
 *
 * @throws InvalidOptionsError naming it
 */
export function requireNoneOpen(): void {
  if (open === undefined) return;
  const name = open;
  open = undefined;
  throw new InvalidOptionsError({
    where: name,
    got: 'a call without yield*',
    expected: 'a collective that all parts of the batch take part in',
    remedy: `Write yield* ${name}(…).`,
  });
}

/** Forgets a collective that an update left open when it failed. */
export function forgetOpen(): void {
  open = undefined;
}
