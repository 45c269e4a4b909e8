/** What a shard of environments can be told; the last ends it. */
export const COMMANDS = ['reset', 'step', 'snapshot', 'restore', 'close'] as const;

/** One of {@link COMMANDS}. */
export type Command = (typeof COMMANDS)[number];
