import { EnvironmentError, UnavailableError } from '@pg/core';
import { describeLoss, isStray, type Loss, moduleError, NOT_LOADED, type PlainError, reviveError, type ThreadOptions } from '@pg/core/threads';
import { lossWords } from '../workers/words.js';
import { STARTING_MS } from './hang-watch.js';
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
  /** Whether the program has started it. */
  readonly ownWorker: boolean;
}

/** The error for a worker that was lost. */
export function lossError(lost: WorkerLoss): Error {
  const { worker, starting, hanging, failure, crash, exitCode, options, ownWorker } = lost;
  if (failure !== undefined) return reviveError(failure);
  if (starting && ownWorker) return ownWorkerError(lost);
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

/** Why a worker that the program starts has not begun. */
function ownWorkerError({ hanging, crash, exitCode, options }: WorkerLoss): Error {
  const why = crash && (crash.code === NOT_LOADED ? crash.message : `${crash.name} "${crash.message}"`);
  const quiet = hanging ? `was not ready after ${Math.max(options.timeoutMs, STARTING_MS)} ms` : `ended with exit code ${exitCode} before it was ready`;
  const got = why ? `was not started: ${why}` : quiet;
  return new UnavailableError({
    where: 'a3c',
    got: `a worker of startWorker that ${got}`,
    expected: 'a worker whose file calls serveWorker(agent)',
    remedy:
      "startWorker: () => new Worker(new URL('./agent.worker.ts', import.meta.url), { type: 'module' }) is followed by Vite and webpack; for esbuild the file is a " +
      'second entry, and named as it is written. In Node import { Worker } from node:worker_threads.',
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
