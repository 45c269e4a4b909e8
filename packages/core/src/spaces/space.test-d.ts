import { describe, expectTypeOf, test } from 'vitest';
import { Rng } from '../rng/rng.js';
import { type Box, box } from './box.js';
import { type Discrete, discrete } from './discrete.js';
import { sample } from './sample.js';
import type { Element, Space } from './space.js';

describe('box', () => {
  test('keeps its shape as literals', () => {
    expectTypeOf(box({ shape: [210, 160, 3], low: 0, high: 255 })).toEqualTypeOf<Box<readonly [210, 160, 3]>>();
    expectTypeOf(box({ shape: [], low: 0, high: 1 })).toEqualTypeOf<Box<readonly []>>();
  });

  test('takes a shape that is known only at run time', () => {
    const shape: number[] = [4];
    expectTypeOf(box({ shape, low: 0, high: 1 })).toEqualTypeOf<Box<number[]>>();
  });

  test('wants a shape and both bounds', () => {
    // @ts-expect-error high is missing
    box({ shape: [1], low: 0 });
    // @ts-expect-error a shape is a list
    box({ shape: 4, low: 0, high: 1 });
    // @ts-expect-error bounds are numbers
    box({ shape: [1], low: '0', high: 1 });
    // @ts-expect-error there is no such option
    box({ shape: [1], low: 0, high: 1, type: 'float32' });
  });

  test('cannot be changed', () => {
    const space = box({ shape: [2], low: 0, high: 1 });
    // @ts-expect-error read-only
    space.shape[0] = 3;
    // @ts-expect-error read-only
    space.low = new Float32Array(2);
  });
});

describe('discrete', () => {
  test('keeps its size as a literal', () => {
    expectTypeOf(discrete(2)).toEqualTypeOf<Discrete<2>>();
    expectTypeOf(discrete(Math.round(2))).toEqualTypeOf<Discrete<number>>();
  });

  test('is not a box', () => {
    expectTypeOf(discrete(2)).not.toExtend<Box>();
    expectTypeOf<Discrete<2>>().not.toExtend<Discrete<3>>();
    expectTypeOf<Box<readonly [2]>>().not.toExtend<Box<readonly [3]>>();
  });
});

describe('sample', () => {
  test('gives what an element of the space is in code', () => {
    const rng = Rng.fromSeed(0);
    expectTypeOf(sample(discrete(2), rng)).toEqualTypeOf<number>();
    expectTypeOf(sample(box({ shape: [1], low: 0, high: 1 }), rng)).toEqualTypeOf<Float32Array>();
    expectTypeOf(sample(box({ shape: [1], low: 0, high: 255, dtype: 'uint8' }), rng)).toEqualTypeOf<Uint8Array>();
    expectTypeOf<Element<Space>>().toEqualTypeOf<number | Float32Array | Uint8Array>();
  });

  test('takes its randomness as a parameter', () => {
    // @ts-expect-error no generator
    sample(discrete(2));
  });
});
