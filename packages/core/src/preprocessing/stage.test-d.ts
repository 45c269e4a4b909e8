import { describe, expectTypeOf, test } from 'vitest';
import { type Box, box } from '../spaces/box.js';
import { discrete } from '../spaces/discrete.js';
import { crop } from './crop.js';
import { frameStack } from './frame-stack.js';
import { grayscale } from './grayscale.js';
import { oneHot } from './one-hot.js';
import { resize } from './resize.js';
import type { Stage } from './stage.js';

const frame = box({ shape: [210, 160, 3], low: 0, high: 255 });
const gray = box({ shape: [84, 84, 1], low: 0, high: 255 });
const vector = box({ shape: [4], low: 0, high: 1 });

describe('the space that comes out is known to the compiler', () => {
  test('crop', () => {
    expectTypeOf(crop({ top: 34, height: 160 })(frame)).toEqualTypeOf<Stage<Box<readonly [160, 160, 3]>>>();
    expectTypeOf(crop({ top: 34, height: 160, left: 10, width: 80 })(frame)).toEqualTypeOf<Stage<Box<readonly [160, 80, 3]>>>();
    expectTypeOf(crop({ top: 34, height: 160, left: 10 })(frame)).toEqualTypeOf<Stage<Box<readonly [160, number, 3]>>>();
  });

  test('resize', () => {
    expectTypeOf(resize([84, 84])(frame)).toEqualTypeOf<Stage<Box<readonly [84, 84, 3]>>>();
  });

  test('grayscale', () => {
    expectTypeOf(grayscale()(frame)).toEqualTypeOf<Stage<Box<readonly [210, 160, 1]>>>();
  });

  test('frameStack', () => {
    expectTypeOf(frameStack(4)(gray)).toEqualTypeOf<Stage<Box<readonly [84, 84, 4]>>>();
    expectTypeOf(frameStack(4)(frame)).toEqualTypeOf<Stage<Box<readonly [210, 160, number]>>>();
    expectTypeOf(frameStack(4)(vector)).toEqualTypeOf<Stage<Box<readonly [number]>>>();
  });

  test('oneHot', () => {
    expectTypeOf(oneHot()(discrete(16))).toEqualTypeOf<Stage<Box<readonly [16]>>>();
  });

  test('one behind the other', () => {
    const stacked = frameStack(4)(resize([84, 84])(grayscale()(crop({ top: 34, height: 160 })(frame).space).space).space);
    expectTypeOf(stacked.space.shape).toEqualTypeOf<readonly [84, 84, 4]>();
  });
});

describe('misuse does not compile', () => {
  test('stages for images', () => {
    // @ts-expect-error no image
    expectTypeOf(crop({ top: 0, height: 1 })).toBeCallableWith(vector);
    // @ts-expect-error no image
    expectTypeOf(resize([1, 1])).toBeCallableWith(vector);
    // @ts-expect-error no image
    expectTypeOf(grayscale()).toBeCallableWith(discrete(3));
    // @ts-expect-error one channel only
    expectTypeOf(grayscale()).toBeCallableWith(gray);
    // @ts-expect-error a choice
    expectTypeOf(frameStack(4)).toBeCallableWith(discrete(3));
  });

  test('oneHot of real numbers', () => {
    // @ts-expect-error no choice
    expectTypeOf(oneHot()).toBeCallableWith(vector);
  });

  test('options', () => {
    // @ts-expect-error height is missing
    crop({ top: 1 });
    // @ts-expect-error two sizes
    resize([84]);
    // @ts-expect-error how many
    frameStack();
  });
});
