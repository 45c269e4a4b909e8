import type { LossWords, ThreadWords } from '@pg/core/threads';

/** What is said of threads where there are none. */
export function threadWords(algorithm: string): ThreadWords {
  return {
    where: algorithm,
    runs: 'a learner',
    remedy:
      'In a browser leave "workers" out: the results are the same. Run the whole learner in a Worker, so that the page stays responsive: waiting for other threads is forbidden on its own.',
  };
}

/** What is said of threads that fail. */
export function lossWords(algorithm: string, where = algorithm): LossWords {
  return {
    where,
    exported: 'a builder',
    madeBy: `what ${algorithm}().env(…).policy(…) returns`,
  };
}
