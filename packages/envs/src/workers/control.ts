/** Goes up with every command; shards sleep on it. */
export const TICKET = 0;
/** What to do: one of {@link Command}. */
export const COMMAND = 1;

const COMMON_WORDS = 2;
const SHARD_WORDS = 3;

/** What stands in a shard's answer when its thread has ended. */
export const DEAD = -1;

/** What a shard can be told. The threads are told to start by being started. */
export const Command = { start: 0, reset: 1, step: 2, snapshot: 3, restore: 4, close: 5 } as const;

/** The name of a command. */
export type CommandName = keyof typeof Command;

/** Where a shard says which ticket it has answered last, or its supervisor that it is {@link DEAD}; the learner's thread sleeps on it. */
export const answerWord = (shard: number): number => COMMON_WORDS + shard * SHARD_WORDS;

/** Where a shard says which copy is at work, and in the next word at which step of its episode. */
export const progressWord = (shard: number): number => answerWord(shard) + 1;

/** Whole numbers in shared memory through which the threads signal to each other. */
export function createControl(shards: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4 * (COMMON_WORDS + shards * SHARD_WORDS)));
}
