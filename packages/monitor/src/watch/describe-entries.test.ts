import { expect, test } from 'vitest';
import { describeEntries } from './describe-entries.js';

test('values in words', () => {
  const own: { self?: unknown } = {};
  own.self = own;
  expect(
    describeEntries({ seed: 3, rate: 1 / 3, encoder: [32, 32], name: 'A2C', solved: true, own, nothing: null, missing: undefined, empty: '', limit: Infinity }),
  ).toEqual([
    ['seed', '3'],
    ['rate', '0.333333'],
    ['encoder', '[32,32]'],
    ['name', 'A2C'],
    ['solved', 'true'],
    ['own', 'an object with keys [self]'],
  ]);
});

test('long values are cut', () => {
  expect(describeEntries({ long: 'x'.repeat(1000) })[0]![1]).toHaveLength(400);
});
