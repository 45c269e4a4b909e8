import { EnvironmentError, type ErrorDetails, InvalidOptionsError, UnavailableError } from '@pg/core';
import { type PlainError, reviveError } from './plain-error.js';
import type { Loss } from './thread-pool.js';
import type { ParsedWorkerOptions } from './worker-options.js';

/** What the shard was to do. */
interface Share {
  readonly options: ParsedWorkerOptions;
  /** The index of its first copy. */
  readonly first: number;
  /** How many copies it has. */
  readonly count: number;
}

/** The error for a shard that does not answer. */
export function lossError(env: { readonly id: string }, loss: Loss, share: Share): Error {
  if (loss.failure !== undefined) return reviveError(loss.failure);
  if (loss.command === 'start' && isStray(loss.crash)) return startError(env, loss, share);
  const { command, crash, progress } = loss;
  const [copy, step] = progress;
  const starting = command === 'start';
  // whose timer or promise has thrown, nobody can tell
  const known = !starting && !isStray(crash) && copy >= 0;
  const which = known ? `copy ${copy}` : `copies ${share.first} to ${share.first + share.count - 1}`;
  const during = starting ? ' while the module was loaded' : '';
  return new EnvironmentError({
    where: `${env.id} (${which}).${starting ? 'make' : command}`,
    ...endOf(loss, known ? ` at step ${step} of the episode` : during),
    cause: crash && reviveError(crash),
  });
}

/** Whether a thread has ended with an error that none of the environment's own calls has thrown. */
function isStray(crash: PlainError | undefined): crash is PlainError {
  return crash !== undefined && crash.code !== 'ERR_WORKER_OUT_OF_MEMORY';
}

/** How a thread ended, or did not. */
function endOf({ reason, crash, exitCode, timeoutMs }: Loss, at: string): Omit<ErrorDetails, 'where'> {
  if (reason === 'hanging') {
    return {
      got: `no answer for ${timeoutMs} ms${at}`,
      expected: 'an environment that returns',
      remedy: 'Look for an endless loop in the environment; if it only needs longer, raise workers.timeoutMs.',
    };
  }
  if (crash !== undefined && !isStray(crash)) {
    return {
      got: `a worker thread out of memory${at}`,
      expected: 'an environment that fits',
      remedy:
        'Look for something in the environment that grows without end; if it only needs more, raise workers.heapMb or spread the copies over more threads.',
    };
  }
  if (crash !== undefined) {
    return {
      got: `${crash.name} "${crash.message}" thrown outside the environment's own calls`,
      expected: 'an environment whose timers and promises do not throw',
      remedy: 'Mend the environment: what it threw is the cause of this error.',
    };
  }
  return {
    got: `a worker thread that ended with exit code ${exitCode}${at}`,
    expected: 'an environment that leaves its thread running',
    remedy: 'Remove process.exit() from the environment, or throw an error in its place.',
  };
}

/** Why the environment's module gave no specification. */
function startError(env: { readonly id: string }, loss: Loss, { options }: Share): Error {
  const { module } = options;
  const { code, message, name } = loss.crash!;
  const where = `${env.id}.make`;
  const cause = reviveError(loss.crash!);
  if (code === 'NO_SPECIFICATION') {
    return new InvalidOptionsError({
      where,
      got: `workers.module ${module} without a specification under the name "${options.export}"; it exports: ${message}`,
      expected: `what defineEnv() or cartPole() returns, exported as "${options.export}"`,
      remedy: options.export === 'default' ? 'Name the export: workers.export.' : 'Export the specification under this name, or change workers.export.',
    });
  }
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION' || (name === 'SyntaxError' && /\.[cm]?tsx?$/.test(module))) {
    return new UnavailableError({
      where,
      got: `workers.module ${module}, which this runtime cannot load as it is`,
      expected: 'a module of JavaScript',
      remedy: 'Name the compiled file, run Node 22.18 or later, which reads TypeScript, or start Node with a loader, for example --import tsx.',
      cause,
    });
  }
  return new InvalidOptionsError({
    where,
    got: `workers.module ${module}, which failed while it was loaded: ${name} "${message}"`,
    expected: 'a module that exports the specification',
    remedy: "Name the file by new URL('./my-env.js', import.meta.url), and mend what it throws: that is the cause of this error.",
    cause,
  });
}
