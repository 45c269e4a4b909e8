import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { box } from '../spaces/box.js';
import { createElements, type Dtype } from '../spaces/space.js';
import { BilinearResizer, resizeBilinear } from './resize-bilinear.js';

function resized(pixels: readonly number[], from: [number, number, number], to: [number, number], dtype: Dtype = 'float32'): number[] {
  const space = box({ shape: from, low: 0, high: 255, dtype });
  const stage = resizeBilinear(to)(space);
  const input = createElements(space);
  input.set(pixels);
  const output = createElements(stage.space);
  stage.create().apply(input, output, true);
  return Array.from(output);
}

describe('resizeBilinear', () => {
  test('half the size: 1, 3, 3, 1 over 8, cut off at the edges to 3, 3, 1 over 7', () => {
    expect(resized([7, 0, 0, 0, 0, 0, 0, 0], [1, 8, 1], [1, 4])).toEqual([3, 0, 0, 0]);
    expect(resized([0, 0, 0, 8, 0, 0, 0, 0], [1, 8, 1], [1, 4])).toEqual([0, 3, 1, 0]);
    expect(resized([0, 0, 0, 8, 0, 0, 0, 0], [8, 1, 1], [4, 1])).toEqual([0, 3, 1, 0]);
  });

  test('both axes, channels apart', () => {
    const pixels = Array.from({ length: 8 * 8 * 2 }, (_, i) => (i === (3 * 8 + 4) * 2 + 1 ? 64 : 0));
    const output = resized(pixels, [8, 8, 2], [4, 4]);
    const ones = output.flatMap((value, i) => (value === 0 ? [] : [[i, value]]));
    // rows 1 and 2 with 3/8 and 1/8, columns 1 and 2 with 1/8 and 3/8
    expect(ones).toEqual([
      [(4 + 1) * 2 + 1, 3],
      [(4 + 2) * 2 + 1, 9],
      [(8 + 1) * 2 + 1, 1],
      [(8 + 2) * 2 + 1, 3],
    ]);
  });

  test('bytes are rounded after each axis, halves up', () => {
    // 3/8 of 4 is 1.5; its 3/8 then of 2
    expect(resized([0, 0, 0, 4, 0, 0, 0, 0], [1, 8, 1], [1, 4], 'uint8')).toEqual([0, 2, 1, 0]);
    const pixels = Array.from({ length: 64 }, (_, i) => (i === 3 * 8 + 3 ? 4 : 0));
    expect(resized(pixels, [8, 8, 1], [4, 4], 'uint8')[5]).toBe(1);
  });

  test('larger: between the two nearest', () => {
    expect(resized([0, 8], [1, 2, 1], [1, 4])).toEqual([0, 2, 6, 8]);
  });

  test('the same size and one colour change nothing', () => {
    const pixels = Array.from({ length: 35 }, (_, i) => (i * 37) % 256);
    expect(resized(pixels, [5, 7, 1], [5, 7])).toEqual(pixels);
    expect(resized(new Array(210 * 160).fill(200), [210, 160, 1], [84, 84], 'uint8').every((value) => value === 200)).toBe(true);
  });

  test('names the space, refuses what is no size', () => {
    const stage = resizeBilinear([8, 9])(box({ shape: [16, 16, 3], low: 0, high: 255 }));
    expect(stage.name).toBe('resizeBilinear(8, 9)');
    expect(stage.space).toEqual(box({ shape: [8, 9, 3], low: 0, high: 255 }));
    expect(() => resizeBilinear([0, 4])).toThrow('resizeBilinear: got height: 0; expected a whole number from 1 to 16384. Change "height".');
  });
});

describe('BilinearResizer', () => {
  test('a region of the output has the bits that all of it has', () => {
    const side = fc.integer({ min: 1, max: 14 });
    const sizes = fc.record({ rows: side, columns: side, channels: fc.integer({ min: 1, max: 2 }), height: side, width: side });
    const noise = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 14 * 14 * 2, maxLength: 14 * 14 * 2 });
    const corner = fc.tuple(fc.nat(13), fc.nat(13), fc.nat(13), fc.nat(13));
    fc.assert(
      fc.property(sizes, noise, corner, fc.constantFrom<Dtype>('uint8', 'float32'), (size, values, [a, b, c, d], dtype) => {
        const array = (length: number) => createElements(box({ shape: [length], low: 0, high: 255, dtype }));
        const { rows, columns, channels, height, width } = size;
        const before = array(rows * columns * channels);
        before.set(values.slice(0, before.length));
        const resizer = new BilinearResizer({ ...size, dtype });
        const whole = array(height * width * channels);
        resizer.apply(before, whole);
        // another picture, different inside a rectangle
        const changed = {
          top: Math.min(a, b) % rows,
          end: Math.min(rows, Math.max(a, b) + 1),
          left: Math.min(c, d) % columns,
          right: Math.min(columns, Math.max(c, d) + 1),
        };
        const after = before.slice();
        for (let row = changed.top; row < changed.end; row++) {
          for (let at = (row * columns + changed.left) * channels; at < (row * columns + changed.right) * channels; at++) after[at] = 255 - after[at]!;
        }
        const expected = array(whole.length);
        new BilinearResizer({ ...size, dtype }).apply(after, expected);
        resizer.applyRegion(after, whole, resizer.touchedBy(changed));
        expect(whole).toEqual(expected);
      }),
    );
  });
});
