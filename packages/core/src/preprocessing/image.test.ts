import { describe, expect, test } from 'vitest';
import { type Box, box } from '../spaces/box.js';
import { discrete } from '../spaces/discrete.js';
import type { Space } from '../spaces/space.js';
import { crop } from './crop.js';
import { frameStack } from './frame-stack.js';
import { grayscale } from './grayscale.js';
import { boxLike } from './image.js';
import { resize } from './resize.js';
import { resizeBilinear } from './resize-bilinear.js';

type Untyped = (space: Space) => unknown;

describe('stages for images refuse other observations', () => {
  const stages: [string, Untyped, string][] = [
    ['crop', crop({ top: 0, height: 1 }) as Untyped, 'channels'],
    ['resize', resize([1, 1]) as Untyped, 'channels'],
    ['grayscale', grayscale() as Untyped, '3'],
  ];

  test.each(stages)('%s', (name, stage, channels) => {
    const rest = `expected an image, Box<[height, width, ${channels}]>. Put this stage behind one that gives such images.`;
    expect(() => stage(discrete(4))).toThrow(`${name}: got observations of Discrete<4>; ${rest}`);
    expect(() => stage(box({ shape: [4], low: 0, high: 1 }))).toThrow(`${name}: got observations of Box<[4]>; ${rest}`);
    expect(() => stage(box({ shape: [4, 4], low: 0, high: 1 }))).toThrow(`${name}: got observations of Box<[4, 4]>; ${rest}`);
  });

  test('of another number of channels', () => {
    const image = box({ shape: [2, 2, 2], low: 0, high: 1 });
    expect(() => (grayscale() as Untyped)(image)).toThrow('grayscale: got observations of Box<[2, 2, 2]>; expected an image, Box<[height, width, 3]>.');
  });
});

test.each([
  ['resize', resize],
  ['resizeBilinear', resizeBilinear],
] as const)('%s refuses what is no [height, width]', (name, stage) => {
  for (const size of [{ height: 84, width: 84 }, 84, [84], undefined]) {
    expect(() => stage(size as never)).toThrow(new RegExp(`^${name}: got .*; expected \\[height, width\\]\\. Write ${name}\\(\\[84, 84\\]\\)\\.$`));
  }
});

describe('boxLike', () => {
  test('takes the smallest lower and the largest upper bound', () => {
    const source: Box = box({ shape: [3], low: [0, -2, 1], high: [5, 1, Infinity] });
    expect(boxLike(source, [2, 1])).toEqual(box({ shape: [2, 1], low: -2, high: Infinity }));
  });
});

test('the stages of Pong, one behind the other', () => {
  const frame = box({ shape: [210, 160, 3], low: 0, high: 255 });
  const cropStage = crop({ top: 34, height: 160 })(frame);
  const grayStage = grayscale()(cropStage.space);
  const resizeStage = resize([80, 80])(grayStage.space);
  const stackStage = frameStack(4)(resizeStage.space);
  expect(stackStage.space.shape).toEqual([80, 80, 4]);

  const stages = [cropStage, grayStage, resizeStage, stackStage].map(({ space, create }) => ({ transform: create(), size: space.low.length }));
  // brown everywhere, and one white block of 2 × 2 pixels at row 34 + 10, column 20
  const screen = new Float32Array(frame.low.length);
  for (let i = 0; i < screen.length; i += 3) screen.set([144, 72, 17], i);
  for (const row of [44, 45]) screen.fill(236, (row * 160 + 20) * 3, (row * 160 + 22) * 3);
  let pixels = screen;
  for (const { transform, size } of stages) {
    const output = new Float32Array(size);
    transform.apply(pixels, output, true);
    pixels = output;
  }
  const block = (5 * 80 + 10) * 4;
  expect(pixels.subarray(block - 4, block + 8)).toEqual(new Float32Array([87.258, 87.258, 87.258, 87.258, 236, 236, 236, 236, 87.258, 87.258, 87.258, 87.258]));
  expect(pixels.filter((pixel) => pixel === 236).length).toBe(4);
});
