import { Rng } from '@pg/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normals, wholeNumbers } from '../../../fixtures/numbers.js';
import { fromBias, fromResult, fromZero, instantiateKernels } from './kernels.js';

const memory = new WebAssembly.Memory({ initial: 8, maximum: 8 });
const kernels = instantiateKernels(memory);
const X = 65536;
const W = 2 * 65536;
const BIAS = 3 * 65536;
const Y = 4 * 65536;
const GUARD = 777;

const floats = (at: number, length: number) => new Float32Array(memory.buffer, at, length);

/** Writes `values` to memory with a guard behind them. */
function put(at: number, values: Float32Array): void {
  floats(at, values.length).set(values);
  floats(at + values.length * 4, 4).fill(GUARD);
}

/** Reads `length` numbers, after checking that the guard behind them is there. */
function take(at: number, length: number): number[] {
  expect([...floats(at + length * 4, 4)]).toEqual([GUARD, GUARD, GUARD, GUARD]);
  return [...floats(at, length)];
}

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 13 }),
  inputs: fc.integer({ min: 1, max: 19 }),
  outputs: fc.integer({ min: 1, max: 21 }),
  seed: fc.nat(),
});

// Sums of small whole numbers are exact in float32: the kernels have to agree with the definition to the last bit.
describe('on whole numbers, exactly', () => {
  test.each([
    ['zero', fromZero],
    ['a bias', fromBias],
    ['the result', fromResult],
  ])('y = x·w from %s', (_, from) => {
    fc.assert(
      fc.property(sizes, ({ rows, inputs, outputs, seed }) => {
        const rng = Rng.fromSeed(seed);
        const [x, w, bias, y] = [rows * inputs, inputs * outputs, outputs, rows * outputs].map((length) => wholeNumbers(rng, length)) as [
          Float32Array,
          Float32Array,
          Float32Array,
          Float32Array,
        ];
        put(X, x);
        put(W, w);
        put(BIAS, bias);
        put(Y, y);
        kernels.product(X, W, BIAS, Y, rows, inputs, outputs, from);
        const expected = Array.from(y, (before, at) => {
          const [row, column] = [Math.floor(at / outputs), at % outputs];
          let sum = from === fromBias ? bias[column]! : from === fromResult ? before : 0;
          for (let i = 0; i < inputs; i++) sum += x[row * inputs + i]! * w[i * outputs + column]!;
          return sum;
        });
        expect(take(Y, y.length)).toEqual(expected);
      }),
    );
  });

  test('dw += xᵀ·dy and db += Σ dy', () => {
    fc.assert(
      fc.property(sizes, ({ rows, inputs, outputs, seed }) => {
        const rng = Rng.fromSeed(seed);
        const [x, dy, dw, db] = [rows * inputs, rows * outputs, inputs * outputs, outputs].map((length) => wholeNumbers(rng, length)) as [
          Float32Array,
          Float32Array,
          Float32Array,
          Float32Array,
        ];
        put(X, x);
        put(Y, dy);
        put(W, dw);
        put(BIAS, db);
        kernels.weightGradient(X, Y, W, rows, inputs, outputs);
        kernels.biasGradient(Y, BIAS, rows, outputs);
        const expected = Array.from(dw, (before, at) => {
          const [i, column] = [Math.floor(at / outputs), at % outputs];
          let sum = before;
          for (let row = 0; row < rows; row++) sum += x[row * inputs + i]! * dy[row * outputs + column]!;
          return sum;
        });
        expect(take(W, dw.length)).toEqual(expected);
        expect(take(BIAS, outputs)).toEqual(Array.from(db, (before, j) => dy.reduce((sum, d, at) => (at % outputs === j ? sum + d : sum), before)));
      }),
    );
  });

  test('a transpose', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 37 }), fc.integer({ min: 1, max: 37 }), (rows, columns) => {
        put(
          X,
          Float32Array.from({ length: rows * columns }, (_, i) => i),
        );
        put(Y, new Float32Array(rows * columns));
        kernels.transpose(X, Y, rows, columns);
        expect(take(Y, rows * columns)).toEqual(Array.from({ length: rows * columns }, (_, at) => (at % rows) * columns + Math.floor(at / rows)));
      }),
    );
  });

  test('a copy', () => {
    put(X, Float32Array.of(1, 2, 3));
    put(Y, new Float32Array(3));
    kernels.copy(X, Y, 3);
    expect(take(Y, 3)).toEqual([1, 2, 3]);
  });
});

test('a row of a product is the same bits alone and among others', () => {
  fc.assert(
    fc.property(sizes, ({ rows, inputs, outputs, seed }) => {
      const rng = Rng.fromSeed(seed);
      put(X, normals(rng, rows * inputs));
      put(W, normals(rng, inputs * outputs));
      put(BIAS, normals(rng, outputs));
      put(Y, new Float32Array(rows * outputs));
      kernels.product(X, W, BIAS, Y, rows, inputs, outputs, fromBias);
      const together = take(Y, rows * outputs);
      put(Y, new Float32Array(rows * outputs));
      for (let row = 0; row < rows; row++) kernels.product(X + row * inputs * 4, W, BIAS, Y + row * outputs * 4, 1, inputs, outputs, fromBias);
      expect(take(Y, rows * outputs)).toEqual(together);
    }),
  );
});

describe('more than a thousand outputs, of rows that are packed by four', () => {
  const far = new WebAssembly.Memory({ initial: 80, maximum: 80 });
  const packing = instantiateKernels(far);
  packing.usePanel(4096);
  const [x, bias, y, w] = [32768, 65536, 131072, 262144];
  const view = (at: number, length: number) => new Float32Array(far.buffer, at, length);

  test.each([
    [8, 1, 1024],
    [13, 255, 1041],
    [9, 256, 1055],
    [8, 257, 1030],
    [11, 700, 1063],
  ])('%d rows, %d inputs, %d outputs: the bits are those of rows alone, which are not packed', (rows, inputs, outputs) => {
    const rng = Rng.fromSeed(rows);
    view(x, rows * inputs).set(normals(rng, rows * inputs));
    view(bias, outputs).set(normals(rng, outputs));
    view(w, inputs * outputs).set(normals(rng, inputs * outputs));
    const out = view(y, rows * outputs + 1);
    for (const from of [fromZero, fromBias, fromResult]) {
      out.fill(GUARD);
      for (let row = 0; row < rows; row++) packing.product(x + row * inputs * 4, w, bias, y + row * outputs * 4, 1, inputs, outputs, from);
      const alone = out.slice();
      out.fill(GUARD);
      packing.product(x, w, bias, y, rows, inputs, outputs, from);
      expect(out).toEqual(alone);
    }
  });
});

/** Σ of the squares of `n` numbers at X, as one run or as two. */
function squares(n: number): number {
  const runs = new Int32Array(memory.buffer, Y, 4);
  runs.set([0, n, 0, 0]);
  const whole = kernels.sumOfSquares(X, Y, 1);
  runs.set([0, n - 4, n - 4, 4]);
  expect(kernels.sumOfSquares(X, Y, 2)).toBe(whole);
  return whole;
}

test('the sum of squares is taken in float64 and sees what is not finite', () => {
  put(X, Float32Array.of(3e38, 3e38, 1, 1, 2, 0, 0, 0));
  expect(squares(8) / (2 * Math.fround(3e38) ** 2)).toBeCloseTo(1, 14);
  put(X, Float32Array.of(1, 2, 3, 4));
  expect(squares(4)).toBe(30);
  put(X, Float32Array.of(1, 2, Infinity, 4));
  expect(squares(4)).toBe(Infinity);
  put(X, Float32Array.of(1, 2, 3, Number.NaN));
  expect(squares(4)).toBeNaN();
});
