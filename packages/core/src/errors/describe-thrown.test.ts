import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { describeThrown, describeThrownWithName } from './describe-thrown.js';

const hostile = (key: string) =>
  Object.defineProperty(new RangeError('too far'), key, {
    get() {
      throw new Error('no');
    },
  });
const revoked = Proxy.revocable({}, {});
revoked.revoke();

describe('what was thrown', () => {
  test.each<[string, unknown, string, string]>([
    ['an error', new RangeError('too far'), 'too far', 'RangeError "too far"'],
    ['an error of another realm', runInNewContext('new RangeError("too far")'), 'too far', 'RangeError "too far"'],
    ['text', 'too far', '"too far"', '"too far"'],
    ['nothing', undefined, 'undefined', 'undefined'],
    ['a symbol', Symbol('far'), 'Symbol(far)', 'Symbol(far)'],
    ['an object without a prototype', Object.create(null), 'an object with keys []', 'an object with keys []'],
    ['a message that throws', hostile('message'), 'undefined', 'RangeError "undefined"'],
    ['a name that throws', hostile('name'), 'too far', 'Error "too far"'],
    ['a message that is no text', Object.assign(new Error(), { message: 3 }), '3', 'Error "3"'],
    ['a revoked proxy', revoked.proxy, 'an object that cannot be read', 'an object that cannot be read'],
  ])('%s', (_, thrown, message, named) => {
    expect(describeThrown(thrown)).toBe(message);
    expect(describeThrownWithName(thrown)).toBe(named);
  });
});
