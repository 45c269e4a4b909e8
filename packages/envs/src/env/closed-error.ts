import { DisposedError } from '@pg/core';

/** The error for a call after `close()`, or after the failure that closed the environment. */
export function closedError(id: string, method: string, failure?: Error): DisposedError {
  return new DisposedError({
    where: `${id}.${method}`,
    got: failure === undefined ? `a ${method} after close()` : `a ${method} after the failure that closed all copies`,
    expected: 'a running environment',
    remedy: failure === undefined ? 'Make another with make().' : 'The failure is the cause of this error: mend it, and make another with make().',
    cause: failure,
  });
}
