import { Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { constant, zeros } from './constant.js';
import { orthogonal } from './orthogonal.js';
import { scaledNormal } from './scaled-normal.js';
import { torchDefault, xavierUniform } from './uniform.js';

/** The inner products of the columns (of the rows, when it is wider than tall) of a row-major matrix. */
function products(matrix: Float32Array, rows: number, columns: number): number[][] {
  const wide = columns > rows;
  const at = (vector: number, i: number) => (wide ? matrix[vector * columns + i]! : matrix[i * columns + vector]!);
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  const dot = (a: number, b: number) => Array.from({ length }, (_, i) => at(a, i) * at(b, i)).reduce((sum, x) => sum + x, 0);
  return Array.from({ length: count }, (_, a) => Array.from({ length: count }, (_, b) => dot(a, b)));
}

describe('orthogonal', () => {
  test.each([
    ['square', 8, 8],
    ['tall', 33, 5],
    ['wide', 4, 21],
    ['a column', 7, 1],
    ['a row', 1, 7],
    ['one number', 1, 1],
    ['large', 128, 64],
  ])('%s: orthonormal times the gain', (_, rows, columns) => {
    for (const gain of [1, Math.SQRT2, 0.01]) {
      const found = products(orthogonal(gain)([rows, columns], Rng.fromSeed(1)), rows, columns);
      for (const [a, row] of found.entries())
        for (const [b, product] of row.entries()) expect(Math.abs(product / gain ** 2 - (a === b ? 1 : 0))).toBeLessThan(1e-6);
    }
  });

  test('has gain 1 by default', () => {
    expect(Math.abs(orthogonal()([1, 1], Rng.fromSeed(1))[0]!)).toBe(1);
  });

  test('is uniform: signs and sizes favour no element', () => {
    const [n, draws] = [4, 4000];
    const rng = Rng.fromSeed(2);
    const [sums, squares] = [new Float64Array(n * n), new Float64Array(n * n)];
    for (let draw = 0; draw < draws; draw++) {
      for (const [i, x] of orthogonal()([n, n], rng).entries()) {
        sums[i]! += x;
        squares[i]! += x * x;
      }
    }
    // an element of a uniform rotation has mean 0 and variance 1/n; its square has the variance 2(n − 1)/(n²(n + 2))
    for (const sum of sums) expect(Math.abs(sum / draws)).toBeLessThan(5 * Math.sqrt(1 / n / draws));
    for (const square of squares) expect(Math.abs(square / draws - 1 / n)).toBeLessThan(5 * Math.sqrt((2 * (n - 1)) / (n ** 2 * (n + 2)) / draws));
  });
});

describe('scaledNormal', () => {
  test.each([1, 9, 100])('of fan-in %d has mean 0 and variance 1/fan-in', (fanIn) => {
    const fanOut = Math.ceil(100_000 / fanIn);
    const values = scaledNormal()([fanIn, fanOut], Rng.fromSeed(1));
    const n = fanIn * fanOut;
    expect(values).toHaveLength(n);
    expect(Math.abs(values.reduce((sum, x) => sum + x, 0) / n)).toBeLessThan(5 / Math.sqrt(fanIn * n));
    expect(Math.abs((values.reduce((sum, x) => sum + x * x, 0) / n) * fanIn - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  });
});

test('constant and zeros', () => {
  expect(constant(-0.5)([1, 3], Rng.fromSeed(0))).toEqual(new Float32Array([-0.5, -0.5, -0.5]));
  expect(zeros()([2, 2], Rng.fromSeed(0))).toEqual(new Float32Array(4));
});

test('refuses numbers that are none', () => {
  expect(() => constant('1' as never)).toThrow('constant: got value: "1"; expected a finite number. Change "value".');
  expect(() => orthogonal(Number.NaN)).toThrow('orthogonal: got gain: NaN; expected a finite number. Change "gain".');
  expect(() => xavierUniform(Number.POSITIVE_INFINITY)).toThrow('xavierUniform: got gain: Infinity; expected a finite number. Change "gain".');
});

test('refuses numbers that float32 makes infinite or 0, and fans that are none', () => {
  const message = (value: string) =>
    `constant: got value: ${value}; expected 0, or a number of a size from 1.4e-45 to 3.4e+38, the range of float32. Change "value".`;
  expect(() => constant(1e39)).toThrow(message('1e+39'));
  expect(() => constant(1e-46)).toThrow(message('1e-46'));
  expect(() => orthogonal(1e39)).toThrow('orthogonal: got gain: 1e+39;');
  for (const fanIn of [0, -1, 1.5, 'a', Number.NaN, null]) expect(() => torchDefault(fanIn as never)).toThrow('torchDefault: got fanIn: ');
});

test.each([
  ['orthogonal', orthogonal()],
  ['scaledNormal', scaledNormal()],
])('%s depends on the stream only', (_, init) => {
  const draw = (seed: number) => init([5, 3], Rng.fromSeed(seed));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});
