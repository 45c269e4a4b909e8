import { describe, expect, test } from 'vitest';
import { indexColors } from './index-colors.js';
import { meanColor, medianCut } from './median-cut.js';

/** A picture of one row from colors 0xRRGGBB. */
function row(colors: readonly number[]) {
  return { width: colors.length, height: 1, data: Uint8Array.from(colors.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255])) };
}

const whole = ({ width, height }: { width: number; height: number }) => ({ left: 0, top: 0, width, height });

describe('indexColors', () => {
  test('up to 256 colors are exact, and the palette is as long as a power of two', () => {
    for (const [count, length] of [
      [1, 2],
      [2, 2],
      [3, 4],
      [200, 256],
      [256, 256],
    ] as const) {
      const colors = Array.from({ length: 600 }, (_, i) => ((i % count) * 1_234_567) & 0xffffff);
      const picture = row(colors);
      const { palette, indices } = indexColors(picture, whole(picture));
      expect(palette.length).toBe(length);
      expect(Array.from(indices, (index) => palette[index])).toEqual(colors);
    }
  });

  test('looks only at its area', () => {
    const picture = { ...row([0xff0000, 0x00ff00, 0x0000ff, 0xffffff, 0x000000, 0x123456]), width: 3, height: 2 };
    const { palette, indices } = indexColors(picture, { left: 1, top: 0, width: 2, height: 2 });
    expect(Array.from(indices, (index) => palette[index])).toEqual([0x00ff00, 0x0000ff, 0x000000, 0x123456]);
  });

  test('more than 256 colors: each near its own', () => {
    // 16³ colors, 16 levels apart, in 256 groups: 16 a group, that is 4 × 2 × 2 and so at most 24 from the mean
    const colors = Array.from({ length: 4096 }, (_, i) => ((i >> 8) << 20) | (((i >> 4) & 15) << 12) | ((i & 15) << 4));
    const picture = row(colors);
    const { palette, indices } = indexColors(picture, whole(picture));
    expect(new Set(indices).size).toBe(256);
    const errors = colors.flatMap((color, i) => [16, 8, 0].map((shift) => Math.abs(((color >> shift) & 255) - ((palette[indices[i]!]! >> shift) & 255))));
    expect(Math.max(...errors)).toBe(24);
  });
});

describe('medianCut', () => {
  test('parts what differs most', () => {
    const counts = new Map([
      [0x000000, 5],
      [0x020000, 5],
      [0xf00000, 1],
      [0xf0000a, 1],
    ]);
    expect(medianCut(counts, 2)).toEqual([
      [0x000000, 0x020000],
      [0xf00000, 0xf0000a],
    ]);
    expect(medianCut(counts, 3)).toEqual([[0x000000, 0x020000], [0xf00000], [0xf0000a]]);
  });

  test('gives no more groups than colors', () => {
    expect(medianCut(new Map([[7, 3]]), 4)).toEqual([[7]]);
  });

  test('a mean counts pixels', () => {
    const counts = new Map([
      [0x640000, 3],
      [0x000064, 1],
    ]);
    expect(meanColor([0x640000, 0x000064], counts)).toBe(0x4b0019);
  });
});
