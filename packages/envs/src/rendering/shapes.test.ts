import { InvalidOptionsError, InvalidShapeError, NonFiniteError, type Picture } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { blankPicture } from './blank-picture.js';
import { fillDisc } from './fill-disc.js';
import { fillPolygon } from './fill-polygon.js';
import { fillRectangle } from './fill-rectangle.js';
import { strokeLine } from './stroke-line.js';

const WHITE = [255, 255, 255] as const;
const BLACK = [0, 0, 0] as const;

/** The red bytes as rows. */
const reds = ({ width, height, data }: Picture) =>
  Array.from({ length: height }, (_, row) => Array.from({ length: width }, (_, column) => data[(row * width + column) * 3]!));

/** Black area in pixels, as far as bytes tell. */
const ink = (picture: Picture) =>
  reds(picture)
    .flat()
    .reduce((sum, red) => sum + (255 - red) / 255, 0);

describe('blankPicture', () => {
  test('one color everywhere', () => {
    const picture = blankPicture({ width: 5, height: 3 }, [1, 2, 3]);
    expect(picture).toEqual({ width: 5, height: 3, data: Uint8Array.from({ length: 45 }, (_, i) => 1 + (i % 3)) });
    expect(blankPicture({ width: 1, height: 1 }, [9, 8, 7]).data).toEqual(new Uint8Array([9, 8, 7]));
  });

  test('refuses sizes and colors that are none', () => {
    expect(() => blankPicture({ width: 0, height: 3 }, WHITE)).toThrow(InvalidOptionsError);
    expect(() => blankPicture({ width: 3, height: 2.5 }, WHITE)).toThrow('blankPicture: got height: 2.5; expected a whole number of pixels, at least 1.');
    expect(() => blankPicture({ width: 3, height: 2 }, [0, 0, 256])).toThrow(
      'blankPicture: got the color [0, 0, 256]; expected [red, green, blue], each from 0',
    );
  });
});

describe('fillRectangle', () => {
  test('mixes the colors by area', () => {
    const picture = blankPicture({ width: 3, height: 2 }, WHITE);
    fillRectangle(picture, { left: 0.5, top: 0, width: 1.75, height: 1 }, [55, 155, 255]);
    // 1/2, 1 and 1/4 of (55, 155, 255) over white
    expect(Array.from(picture.data.subarray(0, 9))).toEqual([155, 205, 255, 55, 155, 255, 205, 230, 255]);
    expect(picture.data.subarray(9).every((value) => value === 255)).toBe(true);
  });

  test('is cut at the sides of the picture', () => {
    const picture = blankPicture({ width: 3, height: 2 }, WHITE);
    fillRectangle(picture, { left: -10, top: 1, width: 12, height: 30 }, BLACK);
    expect(reds(picture)).toEqual([
      [255, 255, 255],
      [0, 0, 255],
    ]);
  });
});

describe('strokeLine', () => {
  test('a level line of thickness 1 is a row of pixels', () => {
    const picture = blankPicture({ width: 4, height: 3 }, WHITE);
    strokeLine(picture, { from: [1, 1.5], to: [4, 1.5], thickness: 1 }, BLACK);
    expect(reds(picture)).toEqual([
      [255, 255, 255, 255],
      [255, 0, 0, 0],
      [255, 255, 255, 255],
    ]);
  });

  test('a line at any angle has the area length × thickness', () => {
    for (const [dx, dy] of [
      [30, 0],
      [24, 18],
      [-18, 24],
      [0, -30],
    ] as const) {
      const picture = blankPicture({ width: 80, height: 80 }, WHITE);
      strokeLine(picture, { from: [40, 40], to: [40 + dx, 40 + dy], thickness: 5 }, BLACK);
      // bytes round each edge pixel by at most 1/510
      expect(Math.abs(ink(picture) - 150)).toBeLessThan(0.2);
    }
  });

  test('a line of length 0 draws nothing', () => {
    const picture = blankPicture({ width: 4, height: 3 }, WHITE);
    strokeLine(picture, { from: [2, 2], to: [2, 2], thickness: 3 }, BLACK);
    expect(ink(picture)).toBe(0);
  });
});

describe('fillDisc', () => {
  test.each([0.5, 3, 5, 17.3])('radius %d: the area is πr²; inside is full and outside is empty', (radius) => {
    const picture = blankPicture({ width: 40, height: 40 }, WHITE);
    fillDisc(picture, { center: [20.3, 19.6], radius }, BLACK);
    expect(Math.abs(ink(picture) - Math.PI * radius * radius)).toBeLessThan(0.005 + radius * 0.01);
    reds(picture).forEach((row, j) => {
      row.forEach((red, i) => {
        const nearest = Math.hypot(Math.max(0, i - 20.3, 20.3 - i - 1), Math.max(0, j - 19.6, 19.6 - j - 1));
        const farthest = Math.hypot(Math.max(20.3 - i, i + 1 - 20.3), Math.max(19.6 - j, j + 1 - 19.6));
        if (nearest > radius + 0.02) expect(red).toBe(255);
        if (farthest < radius - 0.02) expect(red).toBe(0);
      });
    });
  });

  test('a disc without a radius draws nothing', () => {
    const picture = blankPicture({ width: 4, height: 4 }, WHITE);
    fillDisc(picture, { center: [2, 2], radius: 0 }, BLACK);
    expect(ink(picture)).toBe(0);
  });
});

describe('errors', () => {
  const picture = blankPicture({ width: 2, height: 2 }, WHITE);

  test('a corner that is no number', () => {
    const points = [
      [0, 0],
      [1, Number.NaN],
      [1, 1],
    ] as const;
    expect(() => fillPolygon(picture, points, BLACK)).toThrow(NonFiniteError);
    expect(() => fillPolygon(picture, points, BLACK)).toThrow('fillPolygon: got a corner at [1, NaN]; expected finite numbers of pixels.');
    expect(() => fillDisc(picture, { center: [1, 1], radius: Infinity }, BLACK)).toThrow('fillDisc: got a corner at [');
    expect(() => strokeLine(picture, { from: [0, Infinity], to: [1, 1], thickness: 1 }, BLACK)).toThrow('strokeLine: got a corner at [');
  });

  test('a picture or a color that is none', () => {
    expect(() => fillPolygon({ width: 2, height: 2, data: new Uint8Array(16) }, [], BLACK)).toThrow(InvalidShapeError);
    expect(() => fillRectangle(picture, { left: 0, top: 0, width: 1, height: 1 }, [0, -1, 0])).toThrow('fillRectangle: got the color [0, -1, 0];');
  });
});
