import { expect, test } from 'vitest';
import { scaleObservations } from './observation-scaling.js';

const scaling = { mean: Float64Array.of(1, -2), deviation: Float64Array.of(2, 0.5), clip: 3 };

test('golden: two observations of two numbers, clipped', () => {
  const obs = Float32Array.of(5, -2, 1, 10);
  scaleObservations(obs, scaling);
  expect(obs).toEqual(Float32Array.of(2, 0, 0, 3));
});

test('a part of an array', () => {
  const obs = Float32Array.of(9, 9, 3, -2.5, 9);
  scaleObservations(obs, { ...scaling, clip: Infinity }, 2, 4);
  expect(obs).toEqual(Float32Array.of(9, 9, 1, -1, 9));
});

test('NaN stays one', () => {
  const obs = Float32Array.of(Number.NaN, 0);
  scaleObservations(obs, scaling);
  expect(obs[0]).toBeNaN();
});
