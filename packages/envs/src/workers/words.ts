import type { LossWords, ThreadWords } from '@pg/core/threads';

/** What is said of threads where there are none. */
export function threadWords(id: string): ThreadWords {
  return {
    where: `${id}.make`,
    runs: 'environments',
    remedy: 'In a browser leave "workers" out, and run the whole learner in a Worker: waiting for other threads is forbidden on the page\'s own thread.',
  };
}

/** What is said of threads that fail. */
export function lossWords(where: string): LossWords {
  return {
    where,
    exported: 'a specification',
    madeBy: 'what defineEnv() or cartPole() returns',
  };
}
