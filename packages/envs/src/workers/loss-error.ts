import { EnvironmentError } from '@pg/core';
import { describeLoss, isStray, type Loss, moduleError, reviveError, type ThreadOptions } from '@pg/core/threads';
import type { Command } from './commands.js';
import { lossWords } from './words.js';

/** What the shard was to do. */
interface Share {
  readonly options: ThreadOptions;
  /** The index of its first copy. */
  readonly first: number;
  /** How many copies it has. */
  readonly count: number;
}

/** The error for a shard that does not answer. */
export function lossError(env: { readonly id: string }, loss: Loss<Command>, share: Share): Error {
  if (loss.failure !== undefined) return reviveError(loss.failure);
  if (loss.command === 'start' && isStray(loss.crash)) return moduleError(loss, share.options, lossWords(`${env.id}.make`));
  const { command, crash, progress } = loss;
  const [copy, step] = progress;
  const starting = command === 'start';
  // whose timer or promise has thrown, nobody can tell
  const known = !starting && !isStray(crash) && copy >= 0;
  const which = known ? `copy ${copy}` : `copies ${share.first} to ${share.first + share.count - 1}`;
  const during = starting ? ' while the module was loaded' : '';
  const where = `${env.id} (${which}).${starting ? 'make' : command}`;
  return new EnvironmentError({
    where,
    ...describeLoss(loss, known ? ` at step ${step} of the episode` : during),
    cause: crash && reviveError(crash),
  });
}
