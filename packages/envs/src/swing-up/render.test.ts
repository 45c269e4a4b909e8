import type { Picture } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { renderSwingUp } from './render.js';

const at = ({ width, data }: Picture, x: number, y: number) => {
  const start = (Math.floor(y) * width + Math.floor(x)) * 3;
  return Array.from(data.subarray(start, start + 3));
};

const WHITE = [255, 255, 255];
const BLACK = [0, 0, 0];
const GRAY = [120, 120, 120];
const BROWN = [202, 152, 101];
const LILAC = [129, 132, 203];

test('600×400', () => {
  const { width, height, data } = renderSwingUp([0, 0, 0, 0]);
  expect([width, height, data.length]).toEqual([600, 400, 720_000]);
});

describe('the pole is 0.6 m at 100 pixels a metre, all the way round', () => {
  test.each([0, 0.7, Math.PI / 2, 2.5, Math.PI, 4, -1, 20])('θ = %d', (theta) => {
    const picture = renderSwingUp([0.5, 0, theta, 0]);
    const along = (distance: number) => at(picture, 350 + distance * Math.sin(theta), 200 - distance * Math.cos(theta));
    expect(along(0)).toEqual(LILAC);
    for (const distance of [10, 30, 58]) expect(along(distance)).toEqual(BROWN);
    expect(along(66)).toEqual(WHITE);
  });
});

test('cart, wheels, track and its ends', () => {
  const picture = renderSwingUp([-1, 0, 0, 0]);
  // 100/3 × 100/6 round (200, 200); wheels of radius 100/24 below it; the track below them
  expect(at(picture, 186, 195)).toEqual(BLACK);
  expect(at(picture, 213, 195)).toEqual(BLACK);
  expect(at(picture, 182, 200)).toEqual(WHITE);
  expect(at(picture, 187.5, 208.3)).toEqual(GRAY);
  expect(at(picture, 212.5, 208.3)).toEqual(GRAY);
  expect(at(picture, 200, 210)).toEqual(WHITE);
  expect(at(picture, 100, 230)).toEqual(WHITE);
  // the track from x = −2.4 to x = 2.4, that is from 60 to 540
  for (const x of [60, 300, 539]) expect([at(picture, x, 213), at(picture, x, 212), at(picture, x, 211)]).toEqual([WHITE, BLACK, x === 300 ? WHITE : BLACK]);
  for (const x of [58, 541]) expect(at(picture, x, 212)).toEqual(WHITE);
});

test('at the end of the track cart and pole are still seen', () => {
  const picture = renderSwingUp([2.4, 0, Math.PI / 2, 0]);
  expect(at(picture, 541, 195)).toEqual(BLACK);
  expect(at(picture, 598, 200)).toEqual(BROWN);
});

test('left and right are mirror images', () => {
  const picture = renderSwingUp([1.3, 0, 2.2, 0]);
  const mirrored = renderSwingUp([-1.3, 0, -2.2, 0]);
  let worst = 0;
  for (let i = 0; i < picture.data.length; i++) {
    const column = Math.floor(i / 3) % 600;
    worst = Math.max(worst, Math.abs(picture.data[i]! - mirrored.data[i + (599 - 2 * column) * 3]!));
  }
  expect(worst).toBeLessThanOrEqual(1);
});
