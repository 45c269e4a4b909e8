import { describeValue, InvalidOptionsError } from '@pg/core';

/** @throws InvalidOptionsError when a user of shared memory is none */
export function checkUser(where: string, user: number): void {
  if (Number.isInteger(user) && user >= 1 && user <= 254) return;
  throw new InvalidOptionsError({ where, got: `user: ${describeValue(user)}`, expected: 'a whole number from 1 to 254', remedy: 'Number the threads from 1.' });
}
