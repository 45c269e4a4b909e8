import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { pongPictures, sceneOfPicture } from '../../fixtures/pong-pictures.js';
import { emptyPicture } from './empty-picture.js';
import { Painter } from './painter.js';
import { type Colors, inGray, PLAY_COLORS, RESET_COLORS } from './palette.js';
import { RESET_SCENE, type Scene } from './scene.js';

const SIZE = 210 * 160 * 3;

function drawn(scene: Scene, colors: Colors = PLAY_COLORS): Uint8Array {
  const out = new Uint8Array(SIZE);
  new Painter(colors, emptyPicture(colors)).draw(scene, out, 0);
  return out;
}

const pixel = (picture: Uint8Array, row: number, column: number) => Array.from(picture.subarray((row * 160 + column) * 3, (row * 160 + column) * 3 + 3));

describe('the real picture, every pixel', () => {
  test.each(pongPictures.frames)('$name', (frame) => {
    expect(
      createHash('sha256')
        .update(drawn(sceneOfPicture(frame)))
        .digest('hex'),
    ).toBe(frame.sha256);
  });

  test('the reset picture', () => {
    const picture = drawn(RESET_SCENE, RESET_COLORS);
    expect(pixel(picture, 0, 7)).toEqual([0, 0, 0]);
    expect(pixel(picture, 0, 8)).toEqual([109, 118, 43]);
    expect(pixel(picture, 24, 0)).toEqual([53, 95, 24]);
    expect(pixel(picture, 34, 0)).toEqual([109, 118, 43]);
    expect(pixel(picture, 194, 159)).toEqual([53, 95, 24]);
    const rowsWith = (column: number, color: readonly number[]) =>
      Array.from({ length: 160 }, (_, i) => i + 34).filter((row) => pixel(picture, row, column).join() === color.join());
    expect(rowsWith(3, [53, 95, 24])).toEqual([45, 46, 47, 48]);
    expect(rowsWith(4, [53, 95, 24])).toEqual([]);
    expect(rowsWith(140, [101, 111, 228])).toEqual(Array.from({ length: 16 }, (_, i) => 96 + i));
    expect(rowsWith(17, [210, 182, 86])).toEqual([]);
    expect(pixel(picture, 1, 36)).toEqual([210, 182, 86]);
    expect(pixel(picture, 1, 116)).toEqual([101, 111, 228]);
  });
});

test('draws at an offset, over whatever was there, and into arrays of numbers', () => {
  const scene = sceneOfPicture(pongPictures.frames[2]!);
  const painter = new Painter(PLAY_COLORS, emptyPicture(PLAY_COLORS));
  const out = new Float32Array(SIZE + 10).fill(-1);
  painter.draw(RESET_SCENE, out, 5);
  painter.draw(scene, out, 5);
  expect(drawn(scene).every((value, i) => out[5 + i] === value)).toBe(true);
  expect([out[4], out[SIZE + 5]]).toEqual([-1, -1]);
});

test('a ball at the right edge does not come in again at the left', () => {
  const scene = sceneOfPicture(pongPictures.frames[0]!);
  const [at159, without] = [drawn({ ...scene, ballX: 159, ballY: 100 }), drawn({ ...scene, ballVisible: false })];
  const different = Array.from({ length: SIZE / 3 }, (_, i) => i).filter((i) => at159[i * 3] !== without[i * 3]);
  expect(different).toEqual([100, 101, 102, 103].map((row) => row * 160 + 159));
});

test('gray as the Arcade Learning Environment computes it', () => {
  expect(inGray(PLAY_COLORS)).toEqual({ background: [87], wall: [236], opponent: [148], agent: [147] });
  expect(inGray(RESET_COLORS)).toEqual({ background: [107], wall: [74], opponent: [179], agent: [121] });
});
