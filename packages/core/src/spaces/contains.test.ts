import { describe, expect, test } from 'vitest';
import { flatten } from '../preprocessing/flatten.js';
import { frameDifference } from '../preprocessing/frame-difference.js';
import { frameStack } from '../preprocessing/frame-stack.js';
import { rescale } from '../preprocessing/rescale.js';
import { box } from './box.js';
import { contains } from './contains.js';
import { discrete } from './discrete.js';
import { createElements } from './space.js';

describe('contains, Discrete', () => {
  test.each([0, 1, 2, -0])('%d is one of three choices', (value) => {
    expect(contains(discrete(3), value)).toBe(true);
  });

  test.each([3, -1, 0.5, Number.NaN, Infinity, '1', true, 1n, null, undefined, [1], new Float32Array([1])])('%s is not', (value) => {
    expect(contains(discrete(3), value)).toBe(false);
  });
});

describe('contains, Box', () => {
  const space = box({ shape: [2], low: [-1, 0], high: [1, Infinity] });

  test.each([
    ['the lower bounds', [-1, 0]],
    ['the upper bounds', [1, Infinity]],
    ['a Float32Array', new Float32Array([0.5, 3])],
    ['a Float64Array', new Float64Array([0.5, 3])],
    ['an Int8Array', new Int8Array([-1, 127])],
  ])('%s', (_, value) => {
    expect(contains(space, value)).toBe(true);
  });

  test.each<[string, unknown]>([
    ['below a bound', [-1.0001, 0]],
    ['above a bound', [1.0001, 0]],
    ['one float32 above a bound', new Float32Array([1 + 2 ** -23, 0])],
    ['below zero', [0, -1e-30]],
    ['NaN', [Number.NaN, 0]],
    ['too short', [0]],
    ['too long', [0, 0, 0]],
    ['a hole', new Array(2)],
    ['strings', ['0', '0']],
    ['big integers', new BigInt64Array(2)],
    ['a number', 0],
    ['a string', '00'],
    ['an array-like object', { length: 2, 0: 0, 1: 0 }],
    ['a DataView', new DataView(new ArrayBuffer(2))],
    ['nothing', undefined],
    ['null', null],
  ])('not %s', (_, value) => {
    expect(contains(space, value)).toBe(false);
  });

  test('compares in float32: a float64 that rounds to the bound is inside', () => {
    // in float32 0.1 is more than 0.1, and 0.7 less
    expect(contains(box({ shape: [1], low: 0.1, high: 0.7 }), [0.1])).toBe(true);
    expect(contains(box({ shape: [1], low: 0.1, high: 0.7 }), [0.7])).toBe(true);
    const tenth = box({ shape: [1], low: 0, high: 0.1 });
    expect(contains(tenth, [0.1])).toBe(true);
    expect(contains(tenth, [0.100000001])).toBe(true);
    expect(contains(tenth, [0.10000001])).toBe(false);
  });

  test('a float32 observation at the bound is inside, whichever way the bound was rounded', () => {
    for (const bound of [0.1, 0.7, 4.8, 5.1, 1 / 3]) {
      const space = box({ shape: [1], low: -bound, high: bound });
      expect(contains(space, Float32Array.of(bound))).toBe(true);
      expect(contains(space, Float32Array.of(-bound))).toBe(true);
      expect(contains(space, [bound * (1 + 2 ** -22)])).toBe(false);
    }
  });

  test('stages keep what is inside inside', () => {
    const space = box({ shape: [2], low: -0.1, high: 0.1 });
    const seen = Float32Array.of(0.1, -0.1);
    for (const stage of [frameStack(2)(space), frameDifference()(space), rescale()(space), flatten()(space)]) {
      const out = createElements(stage.space);
      stage.create().apply(seen, out, true);
      expect(contains(stage.space, out)).toBe(true);
    }
  });

  test('counts the elements of a shape with many axes', () => {
    const image = box({ shape: [2, 2, 3], low: 0, high: 255 });
    expect(contains(image, new Uint8Array(12).fill(255))).toBe(true);
    expect(contains(image, new Uint8Array(4))).toBe(false);
  });
});
