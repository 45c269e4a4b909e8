import { UnavailableError } from '@pg/core';

/** Does one thing after the other, whatever the file system says to each, and gives what it refused. */
export async function attemptAll(actions: readonly (() => void | Promise<void>)[]): Promise<UnavailableError[]> {
  const refusals: UnavailableError[] = [];
  for (const action of actions) {
    try {
      await action();
    } catch (error) {
      if (!UnavailableError.isInstance(error)) throw error;
      refusals.push(error);
    }
  }
  return refusals;
}
