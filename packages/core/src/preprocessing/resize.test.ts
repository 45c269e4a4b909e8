import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { average } from '../../fixtures/statistics.js';
import { box } from '../spaces/box.js';
import { resize } from './resize.js';

/** An image of the given sizes through a new transform. */
function resized(pixels: ArrayLike<number>, from: [number, number, number], to: [number, number]): Float32Array {
  const stage = resize(to)(box({ shape: from, low: 0, high: 255 }));
  const output = new Float32Array(to[0] * to[1] * from[2]).fill(-1);
  stage.create().apply(Float32Array.from(pixels), output, true);
  return output;
}

describe('golden values', () => {
  test('a mean of whole pixels', () => {
    expect(resized([1, 3, 5, 7, 9, 11, 13, 15], [2, 4, 1], [1, 2])).toEqual(new Float32Array([6, 10]));
  });

  test('one axis only', () => {
    expect(resized([1, 3, 5, 7], [2, 2, 1], [1, 2])).toEqual(new Float32Array([3, 5]));
    expect(resized([1, 3, 5, 7], [2, 2, 1], [2, 1])).toEqual(new Float32Array([2, 6]));
  });

  test('fractions of pixels: three to two', () => {
    // (0 + ½·6)/1.5 and (½·6 + 12)/1.5
    expect(resized([0, 6, 12], [1, 3, 1], [1, 2])).toEqual(new Float32Array([2, 10]));
    expect(resized([0, 6, 12], [3, 1, 1], [2, 1])).toEqual(new Float32Array([2, 10]));
  });

  test('fractions along both axes', () => {
    // the corner pixel, ½ of its two neighbours and ¼ of the middle, over 2.25 pixels
    expect(resized([9, 0, 0, 0, 0, 0, 0, 0, 0], [3, 3, 1], [2, 2])).toEqual(new Float32Array([4, 0, 0, 0]));
    expect(resized([0, 0, 0, 0, 9, 0, 0, 0, 0], [3, 3, 1], [2, 2])).toEqual(new Float32Array([1, 1, 1, 1]));
  });

  test('channels apart', () => {
    expect(resized([1, 10, 3, 30, 5, 50, 7, 70], [2, 2, 2], [1, 1])).toEqual(new Float32Array([4, 40]));
  });

  test('160 columns to 84: 40/21 pixels each', () => {
    const columns = resized(
      Array.from({ length: 160 }, (_, i) => i),
      [1, 160, 1],
      [1, 84],
    );
    // over a ramp the mean of [a, b) is not its middle: the whole pixels 0 and 19/21 of pixel 1
    expect(columns[0]).toBe(Math.fround(19 / 40));
    // pixels 1 (2/21), 2 (1) and 3 (17/21)
    expect(columns[1]).toBe(Math.fround((2 * 1 + 21 * 2 + 17 * 3) / 40));
    // 40/21·21 = 40: the pattern starts again
    expect(columns[21]).toBe(Math.fround(40 + 19 / 40));
    expect(columns[83]).toBe(Math.fround((21 * 159 + 19 * 158) / 40));
  });
});

describe('properties', () => {
  /** An image and a size that it shrinks to. */
  const cases = fc
    .record({ rows: fc.integer({ min: 1, max: 12 }), columns: fc.integer({ min: 1, max: 12 }), channels: fc.integer({ min: 1, max: 3 }) })
    .chain(({ rows, columns, channels }) =>
      fc.record({
        from: fc.constant<[number, number, number]>([rows, columns, channels]),
        to: fc.tuple(fc.integer({ min: 1, max: rows }), fc.integer({ min: 1, max: columns })),
        pixels: fc.array(fc.integer({ min: 0, max: 255 }), { minLength: rows * columns * channels, maxLength: rows * columns * channels }),
      }),
    );
  // float32 rounding of numbers up to 255
  const tolerance = 2e-5;

  test('the mean brightness stays', () => {
    fc.assert(
      fc.property(cases, ({ pixels, from, to }) => {
        expect(Math.abs(average(resized(pixels, from, to)) - average(pixels))).toBeLessThan(tolerance);
      }),
    );
  });

  test('no pixel is darker than the darkest or brighter than the brightest', () => {
    fc.assert(
      fc.property(cases, ({ pixels, from, to }) => {
        const output = resized(pixels, from, to);
        expect(Math.min(...output)).toBeGreaterThanOrEqual(Math.min(...pixels) - tolerance);
        expect(Math.max(...output)).toBeLessThanOrEqual(Math.max(...pixels) + tolerance);
      }),
    );
  });

  test('one colour stays exactly as it is', () => {
    for (const [rows, columns] of [
      [84, 84],
      [84, 83],
      [1, 159],
      [7, 11],
    ] as const) {
      expect(resized(new Float32Array(160 * 160).fill(255), [160, 160, 1], [rows, columns]).every((pixel) => pixel === 255)).toBe(true);
    }
  });

  test('the same size changes nothing', () => {
    fc.assert(
      fc.property(cases, ({ pixels, from }) => {
        expect([...resized(pixels, from, [from[0], from[1]])]).toEqual(pixels);
      }),
    );
  });

  test('equals the area average written out', () => {
    fc.assert(
      fc.property(cases, ({ pixels, from, to }) => {
        const output = resized(pixels, from, to);
        const [rows, columns, channels] = from;
        const overlap = (i: number, target: number, ratio: number) => Math.max(0, Math.min(i + 1, (target + 1) * ratio) - Math.max(i, target * ratio));
        output.forEach((pixel, at) => {
          const channel = at % channels;
          const column = Math.floor(at / channels) % to[1];
          const row = Math.floor(at / channels / to[1]);
          let sum = 0;
          for (let y = 0; y < rows; y++) {
            for (let x = 0; x < columns; x++) {
              sum += overlap(y, row, rows / to[0]) * overlap(x, column, columns / to[1]) * pixels[(y * columns + x) * channels + channel]!;
            }
          }
          expect(Math.abs(pixel - (sum * to[0] * to[1]) / (rows * columns))).toBeLessThan(tolerance);
        });
      }),
      { numRuns: 50 },
    );
  });
});

describe('resize', () => {
  test('names the space that comes out', () => {
    const stage = resize([8, 9])(box({ shape: [16, 16, 3], low: 0, high: 255 }));
    expect(stage.name).toBe('resize(8, 9)');
    expect(stage.space).toEqual(box({ shape: [8, 9, 3], low: 0, high: 255 }));
  });

  test.each<[[number, number], string]>([
    [[3, 1], 'resize: got height: 3; expected a whole number from 1 to 2. Change "height".'],
    [[1, 5], 'resize: got width: 5; expected a whole number from 1 to 4. Change "width".'],
    [[0, 1], 'resize: got height: 0; expected a whole number from 1 to 2. Change "height".'],
    [[1, 1.5], 'resize: got width: 1.5; expected a whole number from 1 to 4. Change "width".'],
  ])('refuses %o for a 2 × 4 image', (size, message) => {
    expect(() => resize(size)(box({ shape: [2, 4, 1], low: 0, high: 1 }))).toThrow(message);
  });
});
