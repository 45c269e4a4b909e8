import { Rng } from '@pg/core';
import { expect, test } from 'vitest';
import { deviationOf, mergeMoments } from './batch-moments.js';
import { validMoments } from './standardize-valid.js';

const rng = Rng.fromSeed(3);
const values = Float32Array.from({ length: 30 }, () => 100 + rng.normal());
const momentsOf = (from: number, to: number) => validMoments(values.subarray(from, to), new Uint8Array(to - from).fill(1));

test('the moments of parts make those of the whole', () => {
  const whole = momentsOf(0, 30);
  const merged = mergeMoments([momentsOf(0, 7), momentsOf(7, 7), momentsOf(7, 8), momentsOf(8, 30)]);
  expect(merged.count).toBe(30);
  expect(merged.mean).toBeCloseTo(whole.mean, 11);
  expect(deviationOf(merged)).toBeCloseTo(deviationOf(whole), 11);
});

test('of a single part, or of one with others that are empty, they are its own', () => {
  const part = momentsOf(0, 9);
  expect(mergeMoments([part])).toEqual(part);
  expect(mergeMoments([part, momentsOf(9, 9)])).toEqual(part);
  expect(mergeMoments([momentsOf(9, 9), part])).toEqual(part);
  expect(deviationOf(momentsOf(0, 0))).toBe(0);
});
