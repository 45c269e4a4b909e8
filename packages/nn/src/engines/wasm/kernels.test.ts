import { Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { ulps } from '../../../fixtures/numbers.js';
import { activationCodes, instantiateKernels } from './kernels.js';

const memory = new WebAssembly.Memory({ initial: 40, maximum: 40 });
const kernels = instantiateKernels(memory);
const IN = 65536;
const OUT = 20 * 65536;

type Elementwise = (xs: Float32Array) => Float32Array;

/** Elementwise kernels on at most 100,000 numbers. */
function elementwise(run: (n: number) => void): Elementwise {
  return (xs) => {
    new Float32Array(memory.buffer, IN, xs.length).set(xs);
    run(xs.length);
    return new Float32Array(memory.buffer, OUT, xs.length).slice();
  };
}

const exp = elementwise((n) => kernels.expArray(IN, OUT, n));
const log = elementwise((n) => kernels.logArray(IN, OUT, n));
const sin = elementwise((n) => kernels.sinArray(IN, OUT, n));
const cos = elementwise((n) => kernels.cosArray(IN, OUT, n));
const log1p = elementwise((n) => kernels.log1pArray(IN, OUT, n));
const tanh = elementwise((n) => kernels.activationForward(IN, OUT, n, activationCodes.tanh));
const elu = elementwise((n) => kernels.activationForward(IN, OUT, n, activationCodes.elu));
const sigmoid = elementwise((n) => kernels.activationForward(IN, OUT, n, activationCodes.sigmoid));
const relu = elementwise((n) => kernels.activationForward(IN, OUT, n, activationCodes.relu));

const samples = 100_000;

// Bounds on errors are those that a search over every float32 of the range found, rounded up: exp 0.92, log 0.955, tanh 1.46,
// sigmoid 1.51, elu 1.14; the promise is 2.

/** The largest error over random arguments, in units in the last place of the true value. */
function worst(f: Elementwise, exact: (x: number) => number, argument: (rng: Rng) => number): number {
  const rng = Rng.fromSeed(1);
  const xs = Float32Array.from({ length: samples }, () => argument(rng));
  return f(xs).reduce((most, y, i) => Math.max(most, ulps(y, exact(xs[i]!))), 0);
}

/** ±e^u for u uniform between the logarithms of the bounds. */
const ofAnySize = (low: number, high: number) => (rng: Rng) => Math.exp(rng.uniform(Math.log(low), Math.log(high))) * (rng.integer(2) === 0 ? 1 : -1);

describe('exp', () => {
  test('lies within 0.93 units in the last place', () => {
    expect(worst(exp, Math.exp, (rng) => rng.uniform(-87, 88))).toBeLessThan(0.93);
    expect(worst(exp, Math.exp, (rng) => rng.uniform(-1, 1))).toBeLessThan(0.93);
    expect(worst(exp, Math.exp, ofAnySize(1e-30, 1))).toBeLessThan(0.93);
    // around halves of ln 2, where the power of two changes
    expect(worst(exp, Math.exp, (rng) => (rng.integer(120) - 59.5) * Math.LN2 + rng.uniform(-1e-5, 1e-5))).toBeLessThan(0.93);
  });

  test('is 0 where it would be subnormal, and never subnormal', () => {
    const least = -87.33654022216797;
    const xs = Float32Array.from({ length: 20_000 }, (_, i) => -86 - i / 1000);
    const ys = exp(xs);
    for (const [i, x] of xs.entries()) {
      if (x < least) expect(ys[i]).toBe(0);
      else expect(ys[i]).toBeGreaterThanOrEqual(2 ** -126);
    }
    expect([...exp(Float32Array.of(least, -87.3365478515625, -88, -100))].map((y) => y > 0)).toEqual([true, false, false, false]);
  });

  test('special values', () => {
    expect([...exp(Float32Array.of(0, -0, Infinity, -Infinity))]).toEqual([1, 1, Infinity, 0]);
    expect([...exp(Float32Array.of(89, 1000, -104, -1e9))]).toEqual([Infinity, Infinity, 0, 0]);
    expect(exp(new Float32Array(4).fill(Number.NaN))).toEqual(new Float32Array(4).fill(Number.NaN));
    // the largest argument with a finite result, and the next
    expect([...exp(Float32Array.of(88.72283172607422, 88.72283935546875, 1, -1))]).toEqual([
      Math.fround(3.40279851902147e38),
      Infinity,
      Math.fround(Math.E),
      Math.fround(1 / Math.E),
    ]);
  });
});

describe('log', () => {
  test('lies within 1 unit in the last place', () => {
    expect(worst(log, Math.log, (rng) => Math.exp(rng.uniform(0, Math.log(1e30))))).toBeLessThan(1);
    expect(worst(log, Math.log, (rng) => Math.exp(rng.uniform(Math.log(1.2e-38), 0)))).toBeLessThan(1);
    expect(worst(log, Math.log, (rng) => rng.uniform(1, 20))).toBeLessThan(1);
    // close to 1, where the logarithm is small, and around √2, where the power of two changes
    expect(worst(log, Math.log, (rng) => 1 + ofAnySize(1e-7, 0.3)(rng))).toBeLessThan(1);
    expect(worst(log, Math.log, (rng) => Math.SQRT2 * 2 ** rng.integer(3) + rng.uniform(-1e-5, 1e-5))).toBeLessThan(1);
  });

  test('special values', () => {
    expect([...log(Float32Array.of(1, 2, 4, 0.5))]).toEqual([0, Math.fround(Math.LN2), Math.fround(2 * Math.LN2), Math.fround(-Math.LN2)]);
    expect(log(new Float32Array(4).fill(Number.NaN))).toEqual(new Float32Array(4).fill(Number.NaN));
  });
});

describe.each([
  ['sin', sin, Math.sin],
  ['cos', cos, Math.cos],
] as const)('%s', (_, f, exact) => {
  test('lies within 1.5 units in the last place up to a million', () => {
    expect(worst(f, exact, (rng) => rng.uniform(-4, 4))).toBeLessThan(1.5);
    expect(worst(f, exact, ofAnySize(1e-30, 1e6))).toBeLessThan(1.5);
    // around quarters of π, where the polynomial changes, and where the function is 0
    expect(worst(f, exact, (rng) => (rng.integer(4000) * Math.PI) / 4 + rng.uniform(-1e-5, 1e-5))).toBeLessThan(1.5);
  });

  test('special values', () => {
    expect([...f(Float32Array.of(0, Infinity, -Infinity, Number.NaN))]).toEqual([exact(0), Number.NaN, Number.NaN, Number.NaN]);
    expect([...f(Float32Array.of(1e-45, -1e-45, 1e-20, -1e-20))]).toEqual([1e-45, -1e-45, 1e-20, -1e-20].map((x) => Math.fround(exact(x))));
  });
});

describe('log1p', () => {
  test('lies within 2.2 units in the last place', () => {
    expect(worst(log1p, Math.log1p, (rng) => rng.uniform(0, 1))).toBeLessThan(2);
    expect(worst(log1p, Math.log1p, (rng) => Math.exp(rng.uniform(-80, 0)))).toBeLessThan(2);
    // around √2 − 1, where the formula changes
    expect(worst(log1p, Math.log1p, (rng) => Math.SQRT2 - 1 + rng.uniform(-1e-3, 1e-3))).toBeLessThan(2);
  });

  test('special values', () => {
    expect([...log1p(Float32Array.of(0, 1, 1e-30, Number.NaN))]).toEqual([0, Math.fround(Math.LN2), Math.fround(1e-30), Number.NaN]);
  });
});

describe('tanh', () => {
  test('lies within 1.5 units in the last place', () => {
    expect(worst(tanh, Math.tanh, (rng) => rng.uniform(-10, 10))).toBeLessThan(1.5);
    expect(worst(tanh, Math.tanh, (rng) => rng.uniform(-1, 1))).toBeLessThan(1.5);
    expect(worst(tanh, Math.tanh, ofAnySize(1e-3, 10))).toBeLessThan(1.5);
    // around odd quarters of ln 2, where the power of two changes
    expect(worst(tanh, Math.tanh, (rng) => ((2 * rng.integer(20) + 1) * Math.LN2) / 4 + rng.uniform(-1e-4, 1e-4))).toBeLessThan(1.5);
  });

  test('keeps tiny arguments as they are', () => {
    expect(worst(tanh, Math.tanh, ofAnySize(1e-37, 1e-8))).toBeLessThan(0.51);
    expect(worst(tanh, Math.tanh, ofAnySize(1e-8, 1e-3))).toBeLessThan(1.1);
    expect([...tanh(Float32Array.of(1e-45, -1e-45, 1.17e-38, -3e-40))]).toEqual([...Float32Array.of(1e-45, -1e-45, 1.17e-38, -3e-40)]);
  });

  test('special values', () => {
    const found = [...tanh(Float32Array.of(0, -0, Infinity, -Infinity, 1e30, -11, 10, Number.NaN))];
    expect(found).toEqual([0, -0, 1, -1, 1, -1, 1, Number.NaN]);
  });

  test('is odd', () => {
    const xs = Float32Array.from({ length: 4001 }, (_, i) => i / 400);
    expect(tanh(xs.map((x) => -x))).toEqual(tanh(xs).map((y) => -y));
  });
});

describe('sigmoid', () => {
  const exact = (x: number) => 1 / (1 + Math.exp(-x));

  test('lies within 1.52 units in the last place', () => {
    expect(worst(sigmoid, exact, (rng) => rng.uniform(-20, 20))).toBeLessThan(1.52);
    expect(worst(sigmoid, exact, (rng) => rng.uniform(-87, 0))).toBeLessThan(1.52);
    expect(worst(sigmoid, exact, ofAnySize(1e-30, 1))).toBeLessThan(1.52);
  });

  test('a positive and a negative argument add up to 1', () => {
    const xs = Float32Array.from({ length: 4001 }, (_, i) => i / 200);
    const below = sigmoid(xs.map((x) => -x));
    expect(sigmoid(xs)).toEqual(below.map((y) => 1 - y));
  });

  test('special values', () => {
    expect([...sigmoid(Float32Array.of(0, -0, Infinity, -Infinity, 200, -200, Number.NaN, 1))]).toEqual([
      0.5,
      0.5,
      1,
      0,
      1,
      0,
      Number.NaN,
      Math.fround(exact(1)),
    ]);
  });
});

describe('elu', () => {
  const exact = (x: number) => (x > 0 ? x : Math.expm1(x));

  test('lies within 1.2 units in the last place', () => {
    expect(worst(elu, exact, (rng) => rng.uniform(-20, 5))).toBeLessThan(1.2);
    expect(worst(elu, exact, (rng) => rng.uniform(-0.4, 0))).toBeLessThan(1.2);
    expect(worst(elu, exact, ofAnySize(1e-30, 1))).toBeLessThan(1.2);
  });

  test('special values', () => {
    expect([...elu(Float32Array.of(0, 3, Infinity, -Infinity, -100, Number.NaN, -1e-30, 1e-45))]).toEqual([
      0,
      3,
      Infinity,
      -1,
      -1,
      Number.NaN,
      Math.fround(-1e-30),
      Math.fround(1e-45),
    ]);
  });
});

describe('relu', () => {
  test('is max(0, x); NaN stays NaN', () => {
    expect([...relu(Float32Array.of(1.5, -1.5, 0, Infinity, -Infinity, Number.NaN, 1e-45))]).toEqual([1.5, 0, 0, Infinity, 0, Number.NaN, Math.fround(1e-45)]);
  });
});

describe.each(['relu', 'tanh'] as const)('%s on arrays of any length', (name) => {
  const code = activationCodes[name];
  const xs = Float32Array.from({ length: 23 }, (_, i) => Math.fround((i - 11) / 5));
  const ys = (name === 'relu' ? relu : tanh)(xs);

  test('every element is what it is alone', () => {
    for (let n = 1; n <= xs.length; n++) expect((name === 'relu' ? relu : tanh)(xs.subarray(0, n))).toEqual(ys.subarray(0, n));
    expect(Float32Array.from(xs, (x) => (name === 'relu' ? relu : tanh)(Float32Array.of(x))[0]!)).toEqual(ys);
  });

  test('writes nothing behind the last', () => {
    const behind = new Float32Array(memory.buffer, OUT, 24).fill(7);
    kernels.activationForward(IN, OUT, 9, code);
    expect([...behind.subarray(9)]).toEqual(new Array(15).fill(7));
  });

  test.each([
    ['writes', 0, 0],
    ['adds', 1, 0.5],
  ])('the backward pass %s f′(x)·dy', (_, accumulate, start) => {
    const dys = Float32Array.from({ length: 23 }, (_, i) => Math.fround(Math.sin(i)));
    new Float32Array(memory.buffer, IN, 23).set(ys);
    new Float32Array(memory.buffer, IN + 128, 23).set(dys);
    const out = new Float32Array(memory.buffer, OUT, 24).fill(start);
    out[23] = 7;
    kernels.activationBackward(IN, IN + 128, OUT, 23, code, accumulate);
    const slope = (y: number) => (name === 'relu' ? (y > 0 ? 1 : 0) : Math.fround(1 - Math.fround(y * y)));
    expect([...out.subarray(0, 23)]).toEqual(Array.from(dys, (dy, i) => Math.fround(start + Math.fround(dy * slope(ys[i]!)))));
    expect(out[23]).toBe(7);
  });
});
