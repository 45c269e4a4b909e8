import { expect, test } from 'vitest';
import { box } from './box.js';
import { discrete } from './discrete.js';
import { isSpace } from './is-space.js';

test.each<[unknown]>([[discrete(2)], [box({ shape: [2, 3], low: 0, high: 1 })], [box({ shape: [], low: 0, high: 255, dtype: 'uint8' })]])('%o', (space) => {
  expect(isSpace(space)).toBe(true);
});

test.each<[string, unknown]>([
  ['a size', 2],
  ['nothing', null],
  ['another kind', { kind: 'multi-discrete', size: 2 }],
  ['choices without a number', { kind: 'discrete' }],
  ['a box of lists', { kind: 'box', shape: [1], dtype: 'float32', low: [0], high: [1] }],
  ['a box of another type', { ...box({ shape: [1], low: 0, high: 1 }), dtype: 'float64' }],
  ['a box with bounds of another shape', { ...box({ shape: [1], low: 0, high: 1 }), shape: [2] }],
])('not %s', (_, value) => {
  expect(isSpace(value)).toBe(false);
});
