import type { ObservationScaling } from '@pg/core';
import type { SavedShard } from '../checkpoints/shard-state.js';
import type { ShardMail } from './shard-mail.js';

/** The shards of a run, wherever they are at work. */
export interface Shards<TCommand extends string, TName extends string> {
  /** What each is told and tells, in their order. */
  readonly mails: readonly ShardMail<TName>[];
  /**
   * Has every shard do something with the parameters as they are, and waits for all.
   *
   * @throws what the first of them has thrown; the others have done it even so
   */
  run(command: TCommand): void;
  /** Makes the gradients of the run's network the sums of those of the shards, in their order. */
  sumGradients(): void;
  /**
   * Takes back what the commands of the present update have changed: random streams and running moments. Environments cannot go back: they
   * start new episodes.
   *
   * @throws DisposedError when shards have been lost
   */
  undo(): void;
  /** What observations are normalised by, if they are. */
  observationScaling(): ObservationScaling | undefined;
  /** All that changes in each of them. */
  save(): readonly SavedShard[];
  /** Becomes what was saved: what {@link save} gave, as plain data. */
  restore(saved: readonly unknown[], from: string): void;
  /** Closes environments and gives memory back. */
  dispose(): void;
}
