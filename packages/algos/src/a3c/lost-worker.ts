import { EnvironmentError } from '@pg/core';
import { describeLoss, isStray, type Loss, moduleError, type PlainError, reviveError, type ThreadOptions } from '@pg/core/threads';
import { lossWords } from '../workers/words.js';
import type { ThreadEnd } from './start-thread.js';

/** A worker that was lost on the way; another has taken its place. */
export interface LostWorker {
  /** Which worker, from 0. */
  readonly worker: number;
  /** What became of it: what it threw, or an `EnvironmentError` for one that ended, ran out of memory or hung. */
  readonly error: Error;
}

/** How a worker was lost. */
export interface WorkerLoss extends ThreadEnd {
  readonly worker: number;
  /** Whether it had not made an update yet. */
  readonly starting: boolean;
  /** Whether it was ended because it did not answer. */
  readonly hanging: boolean;
  /** What it said of a failure inside the library's reach. */
  readonly failure: PlainError | undefined;
  readonly options: ThreadOptions;
}

/** The error for a worker that was lost. */
export function lossError({ worker, starting, hanging, failure, crash, exitCode, options }: WorkerLoss): Error {
  if (failure !== undefined) return reviveError(failure);
  const words = lossWords('a3c');
  const { timeoutMs } = options;
  const loss: Loss = {
    thread: worker,
    command: starting ? 'start' : 'update',
    timeoutMs,
    reason: hanging ? 'hanging' : 'dead',
    failure,
    crash,
    exitCode,
    progress: [-1, -1],
  };
  if (starting && !hanging && isStray(crash)) return moduleError(loss, options, words);
  const during = starting ? ' while it started' : '';
  return new EnvironmentError({
    where: `a3c (worker ${worker})`,
    ...describeLoss(loss, during),
    cause: crash && reviveError(crash),
  });
}

/** The error for a run that cannot go on. */
export function tooManyLosses(worker: number, losses: number, cause: Error): EnvironmentError {
  return new EnvironmentError({
    where: 'learner.train',
    got: `worker ${worker} lost ${losses} times in a row`,
    expected: 'workers that go on',
    remedy: 'Mend what the cause says. All updates so far count: learner.saveCheckpoint() still writes them.',
    cause,
  });
}
