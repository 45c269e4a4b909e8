import { describeThrownWithName, EnvironmentError } from '@pg/core';

/** The error for what an author's code threw `at` some step. */
export function thrownError(where: string, at: string, thrown: unknown): EnvironmentError {
  return new EnvironmentError({
    where,
    got: `${describeThrownWithName(thrown)} thrown ${at}`,
    expected: 'an environment that does not throw',
    remedy: 'Mend the environment: what it threw is the cause of this error.',
    cause: thrown,
  });
}
