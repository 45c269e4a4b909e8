import type { SharedMemory, SharedNetwork } from '@pg/nn';
import type { BuilderTask } from '../workers/builder-task.js';

/** What a worker is told that is to have some of a run's shards. */
export interface ShardsTask extends BuilderTask {
  /** The index of its first shard. */
  readonly first: number;
  /** How many it has. */
  readonly count: number;
  /** Where the mail of every shard of the run lies. */
  readonly mails: readonly Float64Array[];
  /** Where the networks lie. */
  readonly memory: SharedMemory;
  /** The network that learns. */
  readonly network: SharedNetwork;
}

/** The commands of a worker; the last ends it. */
export const SHARD_COMMANDS = ['advance', 'save', 'restore', 'undo', 'close'] as const;

/** Posted by the worker of the first shard when the metrics of its updates have other names than before. */
export interface NamesMessage {
  readonly names: readonly string[];
}

/** What a worker posts once its shards are ready. */
export interface ReadyMessage {
  /** Their networks. */
  readonly networks: readonly SharedNetwork[];
}

/** What is posted to a worker before it is to restore. */
export interface RestoreMessage {
  /** What its shards were, as plain data. */
  readonly saved: readonly unknown[];
  /** Where that is from, for messages. */
  readonly from: string;
}
