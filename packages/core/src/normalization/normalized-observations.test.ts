import { expect, test } from 'vitest';
import { isNormalized, markNormalized, unmarkNormalized } from './normalized-observations.js';

test('an array is known until other observations are written to it', () => {
  const obs = new Float32Array(4);
  expect(isNormalized(obs)).toBe(false);
  markNormalized(obs);
  expect(isNormalized(obs)).toBe(true);
  expect(isNormalized(obs.slice())).toBe(false);
  unmarkNormalized(obs);
  expect(isNormalized(obs)).toBe(false);
});

test('of a memory, every array is known', () => {
  const obs = new Float32Array(8);
  markNormalized(obs.buffer);
  expect(isNormalized(obs.subarray(4))).toBe(true);
});

test('what is no array is not', () => {
  for (const value of [0, 'obs', null, undefined, [0]]) expect(isNormalized(value)).toBe(false);
});
