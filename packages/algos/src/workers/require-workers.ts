import { InvalidOptionsError } from '@pg/core';
import { requireProgramThread } from '@pg/core/threads';
import type { Composition } from '../builder/algorithm-builder.js';
import { threadWords } from './words.js';
import type { Workers } from './worker-options.js';

/**
 * Refuses workers that a run cannot have.
 *
 * @throws InvalidOptionsError when there are more than shards, when an engine was chosen, when the environment has threads of its own
 *   or is normalised, and on a worker thread
 * @throws UnavailableError where there are no threads
 */
export function requirePossibleWorkers(
  algorithm: string,
  { count, startWorker }: Workers,
  { composition, shards }: { readonly composition: Composition<unknown>; readonly shards: number },
): void {
  if (startWorker) throw onlyForA3c(algorithm);
  requireProgramThread(threadWords(algorithm));
  const { engine, env } = composition;
  const { workers, normalization } = env['~source'];
  const refuse = (got: string, expected: string, remedy: string) => {
    throw new InvalidOptionsError({ where: algorithm, got: `workers: ${count} with ${got}`, expected, remedy });
  };
  if (count > shards) {
    refuse(
      `${shards} ${shards === 1 ? 'shard' : 'shards'}`,
      `at most ${shards}`,
      'Lower "workers", or raise the option "shards": that changes the order of sums, and so the results\' last digits.',
    );
  }
  if (engine) refuse('an engine', 'the WebAssembly engine that each worker makes for itself', 'Leave "engine" out.');
  if (workers)
    refuse('environments on threads of their own', 'one of the two', 'Leave "workers" out of vectorize(): the workers of the learner step them too.');
  if (normalization) refuse(`${env.id}, whose copies share what they are normalised by`, 'copies that do not depend on each other', 'Leave "workers" out.');
}

/** Their learners wait for workers by sleeping, and hear nothing of one that they have started themselves. */
function onlyForA3c(algorithm: string): InvalidOptionsError {
  return new InvalidOptionsError({
    where: algorithm,
    got: 'startWorker',
    expected: 'the module that exports the builder',
    remedy: 'startWorker is for a3c. In Node pass "module"; on a page leave "workers" out: the results are the same.',
  });
}
