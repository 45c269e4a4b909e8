import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { checkKeys } from './check-keys.js';
import { parseOptions } from './parse-options.js';
import { isPlainObject } from './plain-object.js';

class Settings {
  readonly gamma = 1;
}

test.each<[string, unknown]>([
  ['a literal', { gamma: 1 }],
  ['none', {}],
  ['no prototype', Object.assign(Object.create(null), { gamma: 1 })],
  ['another realm', runInNewContext('({ gamma: 1 })')],
  ['frozen', Object.freeze({ gamma: 1 })],
])('an object: %s', (_, value) => {
  expect(isPlainObject(value)).toBe(true);
});

const others: [string, unknown, string][] = [
  ['a date', new Date(0), 'an instance of Date'],
  ['a map', new Map(), 'an instance of Map'],
  ['a class', new Settings(), 'an instance of Settings'],
  ['a list', [], '[]'],
  ['a typed array', new Float32Array(1), 'Float32Array[0]'],
  ['a function', () => 1, 'a function'],
  ['a promise', Promise.resolve({}), 'an instance of Promise'],
  ['a list of another realm', runInNewContext('[]'), '[]'],
  ['a date of another realm', runInNewContext('new Date(0)'), 'an instance of Date'],
  ['a text', 'gamma', '"gamma"'],
  ['null', null, 'null'],
];

test.each(others)('no options: %s', (_, value, shown) => {
  expect(isPlainObject(value)).toBe(false);
  const message = `ppo: got ${shown}; expected an options object. Pass an object with some of: gamma.`;
  expect(() => checkKeys('ppo', value, ['gamma'])).toThrow(message);
  expect(() => parseOptions('ppo', z.strictObject({ gamma: z.optional(z.number()) }), value)).toThrow(message);
});

test.each(others)('no options inside of others: %s', (_, value, shown) => {
  const schema = z.strictObject({ optimizer: z.optional(z.strictObject({ inner: z.optional(z.strictObject({ beta: z.optional(z.number()) })) })) });
  expect(() => parseOptions('ppo', schema, { optimizer: value })).toThrow(`ppo: got optimizer: ${shown}; expected an object. Change "optimizer".`);
  expect(() => parseOptions('ppo', schema, { optimizer: { inner: value } })).toThrow(
    `ppo: got optimizer.inner: ${shown}; expected an object. Change "optimizer.inner".`,
  );
});
