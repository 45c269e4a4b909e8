import type { Picture } from '@pg/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resizePicture } from './resize-picture.js';

/** A gray picture from rows of levels. */
function gray(rows: readonly (readonly number[])[]): Picture {
  return { width: rows[0]!.length, height: rows.length, data: Uint8Array.from(rows.flat().flatMap((level) => [level, level, level])) };
}

describe('resizePicture', () => {
  test('halves by the mean of four', () => {
    const picture = gray([
      [0, 100, 10, 20],
      [200, 100, 30, 40],
    ]);
    expect(resizePicture(picture, { width: 2, height: 1 })).toEqual(gray([[100, 25]]));
  });

  test('counts fractions of pixels: 3 → 2', () => {
    expect(resizePicture(gray([[0, 90, 240]]), { width: 2, height: 1 })).toEqual(gray([[30, 190]]));
  });

  test('keeps the channels apart', () => {
    const picture = { width: 2, height: 1, data: new Uint8Array([0, 10, 20, 100, 30, 40]) };
    expect(resizePicture(picture, { width: 1, height: 1 })).toEqual({ width: 1, height: 1, data: new Uint8Array([50, 20, 30]) });
  });

  test('repeats pixels when it enlarges by a whole number', () => {
    expect(resizePicture(gray([[1, 2]]), { width: 6, height: 2 })).toEqual(
      gray([
        [1, 1, 1, 2, 2, 2],
        [1, 1, 1, 2, 2, 2],
      ]),
    );
  });

  test('one color stays that color, at any size', () => {
    const side = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(side, side, side, side, fc.integer({ min: 0, max: 255 }), (width, height, newWidth, newHeight, level) => {
        const picture = { width, height, data: new Uint8Array(width * height * 3).fill(level) };
        expect(resizePicture(picture, { width: newWidth, height: newHeight }).data).toEqual(new Uint8Array(newWidth * newHeight * 3).fill(level));
      }),
    );
  });

  test('refuses sizes that are none', () => {
    expect(() => resizePicture(gray([[1]]), { width: 2, height: 0 })).toThrow('resizePicture: got height: 0; expected a whole number of pixels, at least 1.');
  });
});
