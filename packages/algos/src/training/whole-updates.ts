import { NonFiniteError } from '@pg/core';
import type { NamedTensor, TrainableNetwork } from '@pg/nn';
import type { Shards } from '../shards/shards.js';
import { KeptLearning } from './kept-learning.js';
import type { Tally } from './tally.js';

/** What updates change. */
export interface UpdateParts {
  readonly network: TrainableNetwork;
  readonly tally: Tally;
  readonly shards: Pick<Shards, 'mails' | 'undo'>;
  /** Whether an update makes several steps of the optimiser: a single one is made last, when nothing can fail any more. */
  readonly manySteps: () => boolean;
}

/** Updates that count wholly or not at all. */
export class WholeUpdates {
  readonly #parts: UpdateParts;
  #learning: KeptLearning | undefined;
  #attempts = 0;

  constructor(parts: UpdateParts) {
    this.#parts = parts;
  }

  /**
   * Makes an update. When it throws, parameters, moments, random streams and all that is counted become what they were, and the gradients
   * zeros; environments start new episodes.
   */
  make<T>(update: () => T): T {
    const { network, tally, shards, manySteps } = this.#parts;
    this.#attempts += 1;
    for (const { header } of shards.mails) header.attempt = this.#attempts;
    tally.keep();
    this.#learning = manySteps() ? (this.#learning ?? new KeptLearning(network)) : undefined;
    this.#learning?.keep();
    try {
      const made = update();
      if (this.#learning) requireFinite(network);
      return made;
    } catch (error) {
      this.#undo();
      throw error;
    }
  }

  #undo(): void {
    const { network, tally, shards } = this.#parts;
    tally.undo();
    this.#learning?.undo();
    clearGradients(network);
    try {
      shards.undo();
    } catch {
      // of lost workers nothing is left to go back to, and why they were lost is being said
    }
  }
}

/** Refuses what the last of several steps may have come to: of those before it the gradients tell. */
function requireFinite({ parameters }: Pick<TrainableNetwork, 'parameters'>): void {
  const ruined = parameters.find(({ values }) => !values.every(Number.isFinite));
  if (ruined === undefined) return;
  throw new NonFiniteError({
    where: 'optimize',
    got: `NaN or infinity in the parameter ${ruined.name} after a step`,
    expected: 'finite numbers',
    remedy: 'The parameters were left as they were before this update. Lower the learning rate or clip gradients.',
  });
}

/** Makes zeros of a network's gradients, which no step was made along. */
export function clearGradients({ gradients }: { readonly gradients: readonly NamedTensor[] }): void {
  for (const { values } of gradients) values.fill(0);
}
