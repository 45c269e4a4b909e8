import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { breakoutPictures, sceneOfPicture } from '../../fixtures/breakout-pictures.js';
import { emptyPicture } from './empty-picture.js';
import { Painter } from './painter.js';
import { GRAY_COLORS, RGB_COLORS } from './palette.js';
import type { Scene } from './scene.js';

const SIZE = 210 * 160 * 3;
const painter = new Painter(RGB_COLORS, emptyPicture(RGB_COLORS));

function drawn(scene: Scene): Uint8Array {
  const out = new Uint8Array(SIZE);
  painter.draw(scene, out, 0);
  return out;
}

const pixel = (picture: Uint8Array, row: number, column: number) => Array.from(picture.subarray((row * 160 + column) * 3, (row * 160 + column) * 3 + 3));

describe('the real picture, every pixel', () => {
  test.each(breakoutPictures)('picture $index', (picture) => {
    const sha256 = createHash('sha256')
      .update(drawn(sceneOfPicture(picture)))
      .digest('hex');
    expect(sha256).toBe(picture.sha256);
  });
});

describe('what those do not show', () => {
  const start = sceneOfPicture(breakoutPictures[0]!);

  test('rows of bricks and the gaps in them', () => {
    const brickRows = start.brickRows as number[];
    const picture = drawn({ ...start, brickRows: brickRows.map((row, i) => (i === 2 ? row & ~(1 << 17) & ~1 : row)) });
    const colors = [57, 62, 63, 69, 75, 81, 87, 92].map((row) => pixel(picture, row, 80));
    expect(colors.map((color) => color.join())).toEqual([
      '200,72,72',
      '200,72,72',
      '198,108,58',
      '180,122,48',
      '162,162,42',
      '72,160,72',
      '66,72,200',
      '66,72,200',
    ]);
    expect([pixel(picture, 56, 80), pixel(picture, 93, 80)]).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    const gap = [8, 15, 16, 143, 144, 151].map((column) => pixel(picture, 70, column)[0]);
    expect(gap).toEqual([0, 0, 180, 180, 0, 0]);
    expect([pixel(picture, 68, 8), pixel(picture, 75, 8)]).toEqual([
      [198, 108, 58],
      [162, 162, 42],
    ]);
  });

  test('the ball has the colour of its rows', () => {
    const empty = { ...start, brickRows: [0, 0, 0, 0, 0, 0], inPlay: true, column: 80 };
    const picture = drawn({ ...empty, row: 55, rowEnd: 59 });
    expect([54, 55, 56, 57, 58, 59].map((row) => pixel(picture, row, 81).join())).toEqual([
      '0,0,0',
      '142,142,142',
      '142,142,142',
      '200,72,72',
      '200,72,72',
      '0,0,0',
    ]);
    expect(pixel(drawn({ ...empty, row: 91, rowEnd: 96 }), 92, 80)).toEqual([66, 72, 200]);
    expect(pixel(drawn({ ...empty, row: 91, rowEnd: 96 }), 95, 80)).toEqual([200, 72, 72]);
  });

  test('the small paddle, and hundreds of points', () => {
    const picture = drawn({ ...start, paddleLeft: 50, paddleWidth: 12, score: 417, lives: 2 });
    expect([49, 50, 61, 62].map((column) => pixel(picture, 190, column)[0])).toEqual([0, 200, 200, 0]);
    // 4: both sides of its first line; 1: its middle; 7: all of it
    const line = [36, 40, 44, 52, 56, 60, 68, 72, 76].map((column) => (pixel(picture, 5, column)[0] === 142 ? '#' : '.')).join('');
    expect(line).toBe('#.#.#.###');
  });
});

test('draws at an offset, over whatever was there, and into arrays of numbers', () => {
  const [first, other] = [sceneOfPicture(breakoutPictures[0]!), sceneOfPicture(breakoutPictures[6]!)];
  const out = new Float32Array(SIZE + 10).fill(-1);
  painter.draw(first, out, 5);
  painter.draw(other, out, 5);
  expect(drawn(other).every((value, i) => out[5 + i] === value)).toBe(true);
  expect([out[4], out[SIZE + 5]]).toEqual([-1, -1]);
});

test('gray as the Arcade Learning Environment computes it', () => {
  expect(GRAY_COLORS).toEqual({ background: [0], wall: [142], paddle: [110], leftBlock: [127], bricks: [[110], [129], [131], [148], [124], [85]] });
});
