import type { Rng, Space } from '@pg/core';
import type { VectorEnv } from '@pg/envs';
import type { TrainableNetwork } from '@pg/nn';
import type { Collector } from '../rollouts/collector.js';
import type { MailShape, ShardMail } from './shard-mail.js';

/** A fixed part of a run's copies, with a network and random streams of its own. */
export interface Shard<TName extends string = never> {
  /** Which one. */
  readonly index: number;
  readonly env: VectorEnv<Space, Space>;
  /** Computes with the learned parameters, for the rows of its copies. */
  readonly network: TrainableNetwork;
  /** The head of the values, if the policy has a critic. */
  readonly valueHead: string | undefined;
  /** Actions are drawn from it. */
  readonly actionRng: Rng;
  /** Orders are drawn from it. */
  readonly shuffleRng: Rng;
  /** What it is told and tells. */
  readonly mail: ShardMail<TName>;
}

/** What an algorithm's shards do. */
export interface ShardProgram<TCommand extends string, TName extends string> {
  /** What they can be told. */
  readonly commands: readonly TCommand[];
  readonly mail: MailShape<TName>;
  /** Makes a shard ready for commands. */
  start(shard: Shard<TName>): ShardSteps<TCommand>;
}

/** A shard that is ready. */
export interface ShardSteps<TCommand extends string> {
  readonly collector: Collector;
  /** What it does for each command. */
  readonly commands: Readonly<Record<TCommand, () => void>>;
}
