import { describe, expect, test } from 'vitest';
import { box } from '../spaces/box.js';
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

  test.each([
    [0, '0'],
    [1025, '1025'],
    [1.5, '1.5'],
    [undefined as unknown as number, 'undefined'],
  ])('refuses %d frames', (frames, shown) => {
    expect(() => frameStack(frames)(image)).toThrow(`frameStack: got frames: ${shown}; expected a whole number from 1 to 1024. Change "frames".`);
  });
});
