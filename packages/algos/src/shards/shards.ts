import type { ObservationScaling } from '@pg/core';
import type { SavedShard } from '../checkpoints/shard-state.js';
import type { ShardMail } from './shard-mail.js';

/** The shards of a run, wherever they are at work. */
export interface Shards {
  /** The mail of each, in their order. */
  readonly mails: readonly ShardMail[];
  /** The names of the metrics that the updates have returned, in order. */
  readonly metricNames: readonly string[];
  /**
   * Advances the update of every shard to its next ask, with the parameters as they are, and waits for all.
   *
   * @throws the error of the first shard that has failed; the others have gone on even so
   */
  advance(): void;
  /** Makes the gradients of the run's network the sums of those of the shards, in their order. */
  sumGradients(): void;
  /**
   * Takes back the changes of the present update: random streams and running moments. Environments cannot go back: they start new
   * episodes.
   *
   * @throws DisposedError when shards have been lost
   */
  undo(): void;
  /** The scaling of observations by running moments, if there is any. */
  observationScaling(): ObservationScaling | undefined;
  /** The state of each shard. */
  save(): readonly SavedShard[];
  /** Restores the shards from what {@link save} gave, as plain data. */
  restore(saved: readonly unknown[], from: string): void;
  /** Closes environments and gives memory back. */
  dispose(): void;
}
