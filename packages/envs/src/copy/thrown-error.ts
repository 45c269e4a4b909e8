import { describeValue, EnvironmentError } from '@pg/core';

/** The error for what an author's code threw `at` some step. */
export function thrownError(where: string, at: string, thrown: unknown): EnvironmentError {
  return new EnvironmentError({
    where,
    got: `${thrown instanceof Error ? `${thrown.name} "${thrown.message}"` : describeValue(thrown)} thrown ${at}`,
    expected: 'an environment that does not throw',
    remedy: 'Mend the environment: what it threw is the cause of this error.',
    cause: thrown,
  });
}
