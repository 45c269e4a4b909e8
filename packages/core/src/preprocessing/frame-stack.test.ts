import { describe, expect, test } from 'vitest';
import { box } from '../spaces/box.js';
import { discrete } from '../spaces/discrete.js';
import { frameStack } from './frame-stack.js';

const image = box({ shape: [1, 2, 1], low: 0, high: 9 });

/** Feeds images to one transform, the first one as an episode's first; gives every output. */
function stacked(frames: number, images: number[][], transform = frameStack(frames)(image).create()): number[][] {
  return images.map((pixels, i) => {
    const output = new Float32Array(2 * frames);
    transform.apply(Float32Array.from(pixels), output, i === 0);
    return [...output];
  });
}

describe('frameStack', () => {
  test('golden: repeats the first image, then shifts, oldest first', () => {
    expect(
      stacked(3, [
        [1, 5],
        [2, 6],
        [3, 7],
        [4, 8],
      ]),
    ).toEqual([
      [1, 1, 1, 5, 5, 5],
      [1, 1, 2, 5, 5, 6],
      [1, 2, 3, 5, 6, 7],
      [2, 3, 4, 6, 7, 8],
    ]);
  });

  test('of one frame is the frame', () => {
    expect(
      stacked(1, [
        [1, 5],
        [2, 6],
      ]),
    ).toEqual([
      [1, 5],
      [2, 6],
    ]);
  });

  test('a new episode forgets the one before', () => {
    const transform = frameStack(2)(image).create();
    stacked(
      2,
      [
        [1, 5],
        [2, 6],
      ],
      transform,
    );
    expect(
      stacked(
        2,
        [
          [3, 7],
          [4, 8],
        ],
        transform,
      ),
    ).toEqual([
      [3, 3, 7, 7],
      [3, 4, 7, 8],
    ]);
  });

  test('environments have transforms of their own', () => {
    const stage = frameStack(2)(image);
    const [one, other] = [stage.create(), stage.create()];
    stacked(2, [[1, 5]], one);
    expect(stacked(2, [[3, 7]], other)).toEqual([[3, 3, 7, 7]]);
    const output = new Float32Array(4);
    one.apply(new Float32Array([2, 6]), output, false);
    expect([...output]).toEqual([1, 2, 5, 6]);
  });

  test('does not keep the arrays that it is given', () => {
    const transform = frameStack(2)(image).create();
    const [input, output] = [new Float32Array([1, 5]), new Float32Array(4)];
    transform.apply(input, output, true);
    input.fill(9);
    output.fill(9);
    transform.apply(new Float32Array([2, 6]), output, false);
    expect([...output]).toEqual([1, 2, 5, 6]);
  });

  test('frames come out as channels', () => {
    const stage = frameStack(4)(box({ shape: [8, 9, 1], low: 0, high: 255 }));
    expect(stage.name).toBe('frameStack(4)');
    expect(stage.space).toEqual(box({ shape: [8, 9, 4], low: 0, high: 255 }));
  });

  test('golden: a row of numbers, one behind the other, each with its bounds', () => {
    const stage = frameStack(3)(box({ shape: [2], low: [0, -5], high: [9, 5] }));
    expect(stage.space).toEqual(box({ shape: [6], low: [0, -5, 0, -5, 0, -5], high: [9, 5, 9, 5, 9, 5] }));
    const [transform, output] = [stage.create(), new Float32Array(6)];
    transform.apply(Float32Array.of(1, -1), output, true);
    expect([...output]).toEqual([1, -1, 1, -1, 1, -1]);
    transform.apply(Float32Array.of(2, -2), output, false);
    expect([...output]).toEqual([1, -1, 1, -1, 2, -2]);
    transform.apply(Float32Array.of(3, -3), output, false);
    transform.apply(Float32Array.of(4, -4), output, false);
    expect([...output]).toEqual([2, -2, 3, -3, 4, -4]);
    transform.apply(Float32Array.of(5, 0), output, true);
    expect([...output]).toEqual([5, 0, 5, 0, 5, 0]);
  });

  test('golden: pictures in colours, bytes', () => {
    const stage = frameStack(2)(box({ shape: [1, 2, 3], low: 0, high: 255, dtype: 'uint8' }));
    expect(stage.space).toEqual(box({ shape: [1, 2, 6], low: 0, high: 255, dtype: 'uint8' }));
    const [transform, output] = [stage.create(), new Uint8Array(12)];
    transform.apply(Uint8Array.of(1, 2, 3, 4, 5, 6), output, true);
    transform.apply(Uint8Array.of(11, 12, 13, 14, 15, 16), output, false);
    expect([...output]).toEqual([1, 2, 3, 11, 12, 13, 4, 5, 6, 14, 15, 16]);
  });

  test('of stacks is a stack of all', () => {
    const stage = frameStack(2)(frameStack(2)(box({ shape: [1, 1, 1], low: 0, high: 9 })).space);
    expect(stage.space.shape).toEqual([1, 1, 4]);
  });

  test('refuses choices', () => {
    expect(() => frameStack(2)(discrete(3) as never)).toThrow('frameStack: got observations of Discrete<3>; expected Box observations.');
  });

  test.each([
    [0, '0'],
    [1025, '1025'],
    [1.5, '1.5'],
    [undefined as unknown as number, 'undefined'],
  ])('refuses %d frames', (frames, shown) => {
    expect(() => frameStack(frames)(image)).toThrow(`frameStack: got frames: ${shown}; expected a whole number from 1 to 1024. Change "frames".`);
  });
});
