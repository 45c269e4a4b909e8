import { EnvironmentError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { plainError, reviveError } from './plain-error.js';

/** As it arrives on another thread. */
const arrives = (thrown: unknown) => reviveError(structuredClone(plainError(thrown)));

test('an error of this SDK and its causes arrive whole', () => {
  const cause = new RangeError('the pump is dry', { cause: 'no water' });
  const details = { where: 'x', got: 'y', expected: 'z', remedy: 'Mend it.' };
  const error = arrives(new EnvironmentError({ ...details, cause }));
  expect(error).toBeInstanceOf(EnvironmentError);
  expect(error).toMatchObject(details);
  expect(error.cause).toMatchObject({ name: 'RangeError', message: 'the pump is dry', stack: cause.stack });
  expect((error.cause as Error).cause).toMatchObject({ name: 'Error', message: '"no water"' });
});

test('an error that is its own cause', () => {
  const error = new RangeError('the pump is dry');
  error.cause = error;
  const arrived = arrives(error);
  expect(arrived).toMatchObject({ name: 'RangeError', message: 'the pump is dry' });
  expect(arrived.cause).toBe(arrived);
});

test('a circle of causes, with a tail in front of it', () => {
  const [a, b, c] = [new Error('a'), new TypeError('b'), new EnvironmentError({ where: 'c', got: 'y', expected: 'z', remedy: 'Mend it.' })];
  [a.cause, b.cause, c.cause] = [b, c, b];
  const arrived = arrives(a);
  const second = arrived.cause as Error;
  expect([arrived.message, second.message, (second.cause as Error).name]).toEqual(['a', 'b', 'EnvironmentError']);
  expect((second.cause as Error).cause).toBe(second);
});

test('a chain of causes without an end for a stack', () => {
  let error = new Error('0');
  for (let i = 1; i < 100_000; i++) error = new Error(String(i), { cause: error });
  const arrived = arrives(error);
  let causes = 0;
  for (let at: unknown = arrived.cause; at !== undefined; at = (at as Error).cause) causes += 1;
  expect(arrived.message).toBe('99999');
  expect(causes).toBe(100);
});

describe('whatever can be thrown', () => {
  const throwing = (key: string) =>
    Object.defineProperty(new RangeError('the pump is dry'), key, {
      get() {
        throw new Error('no');
      },
    });
  const message = { name: 'RangeError', message: 'the pump is dry' };
  test.each<[string, unknown, object]>([
    ['text', 'dry', { name: 'Error', message: '"dry"' }],
    ['nothing', undefined, { name: 'Error', message: 'undefined' }],
    ['a function', () => 1, { name: 'Error', message: 'a function' }],
    ['a symbol', Symbol('dry'), { name: 'Error', message: 'Symbol(dry)' }],
    ['an object without a prototype', Object.create(null), { name: 'Error', message: 'an object with keys []' }],
    ['a getter of the stack that throws', throwing('stack'), message],
    ['a getter of the cause that throws', throwing('cause'), message],
    ['a getter of the code that throws', throwing('code'), message],
    ['a getter of the name that throws', throwing('name'), { ...message, name: 'Error' }],
    ['a stack that cannot be copied', Object.assign(new RangeError('the pump is dry'), { stack: () => 1 }), message],
    ['something that cannot be copied beside the message', Object.assign(new RangeError('the pump is dry'), { pump: () => 1 }), message],
  ])('%s', (_, thrown, expected) => {
    expect(arrives(thrown)).toMatchObject(expected);
  });
});
