/** Goes up with every command; shards sleep on it. */
export const TICKET = 0;
/** What to do: one of {@link Command}. */
export const COMMAND = 1;
/** Goes up when the last shard has answered, or when one has died; the learner's thread sleeps on it. */
export const SIGNAL = 2;
/** How many shards have not answered yet. */
export const PENDING = 3;

const SHARED_WORDS = 4;
const SHARD_WORDS = 4;

/** What a shard can be told. The threads are told to start by being started. */
export const Command = { start: 0, reset: 1, step: 2, snapshot: 3, restore: 4, close: 5 } as const;

/** The name of a command. */
export type CommandName = keyof typeof Command;

/** Where a shard says which ticket it has answered last. */
export const answeredWord = (shard: number): number => SHARED_WORDS + shard * SHARD_WORDS;

/** Where the supervisor says that a shard's thread has ended: 1. */
export const deadWord = (shard: number): number => answeredWord(shard) + 1;

/** Where a shard says which copy is at work, and in the next word at which step of its episode. */
export const progressWord = (shard: number): number => answeredWord(shard) + 2;

/** Whole numbers in shared memory through which the threads signal to each other. */
export function createControl(shards: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4 * (SHARED_WORDS + shards * SHARD_WORDS)));
}
