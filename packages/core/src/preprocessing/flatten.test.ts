import { expect, test } from 'vitest';
import { box } from '../spaces/box.js';
import { discrete } from '../spaces/discrete.js';
import { flatten } from './flatten.js';

test('flatten makes a row in the order of storage, of the same type and bounds', () => {
  const stage = flatten()(box({ shape: [1, 2, 2], low: [0, 1, 2, 3], high: 255, dtype: 'uint8' }));
  expect(stage.name).toBe('flatten');
  expect(stage.space).toEqual(box({ shape: [4], low: [0, 1, 2, 3], high: 255, dtype: 'uint8' }));
  const output = new Uint8Array(4);
  stage.create().apply(new Uint8Array([7, 8, 9, 10]), output, true);
  expect([...output]).toEqual([7, 8, 9, 10]);
});

test('flatten refuses choices', () => {
  expect(() => flatten()(discrete(3) as never)).toThrow(
    'flatten: got observations of Discrete<3>; expected Box observations. Use oneHot(): it makes a row of numbers of a choice.',
  );
});
