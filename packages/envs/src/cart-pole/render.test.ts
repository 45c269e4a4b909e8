import type { Picture } from '@pg/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderCartPole } from './render.js';

const at = ({ width, data }: Picture, column: number, row: number) => Array.from(data.subarray((row * width + column) * 3, (row * width + column + 1) * 3));

const WHITE = [255, 255, 255];
const BLACK = [0, 0, 0];
const BROWN = [202, 152, 101];
const LILAC = [129, 132, 203];

describe('upright in the middle', () => {
  const picture = renderCartPole([0, 0, 0, 0]);

  test("has Gymnasium's size", () => {
    expect([picture.width, picture.height, picture.data.length]).toEqual([600, 400, 720_000]);
  });

  test.each<[string, number, number, number[]]>([
    ['sky', 300, 100, WHITE],
    ['track', 5, 299, BLACK],
    ['above the track', 5, 298, WHITE],
    ['below the track', 5, 300, WHITE],
    ['the cart, upper left', 275, 285, BLACK],
    ['the cart, lower right', 324, 314, BLACK],
    ['left of the cart', 274, 290, WHITE],
    ['below the cart', 300, 315, WHITE],
    ['the pole, left side', 295, 200, BROWN],
    ['the pole, right side', 304, 200, BROWN],
    ['left of the pole', 294, 200, WHITE],
    ['right of the pole', 305, 200, WHITE],
    ['above the pole', 300, 171, WHITE],
    ['half a pixel of the tip', 300, 172, [229, 204, 178]],
    ['the axle', 300, 292, LILAC],
  ])('%s', (_, column, row, color) => {
    expect(at(picture, column, row)).toEqual(color);
  });
});

test('125 pixels a metre, to the right for x > 0 and θ > 0', () => {
  const picture = renderCartPole([0.8, 0, 0.2, 0]);
  // the axle at (400, 292.5); 100 pixels along the pole
  expect(at(picture, 400, 292)).toEqual(LILAC);
  expect(at(picture, Math.floor(400 + 100 * Math.sin(0.2)), Math.floor(292.5 - 100 * Math.cos(0.2)))).toEqual(BROWN);
  expect(at(picture, Math.floor(400 - 100 * Math.sin(0.2)), Math.floor(292.5 - 100 * Math.cos(0.2)))).toEqual(WHITE);
});

test('at the end of the track half of the cart is seen', () => {
  const picture = renderCartPole([2.4, 0, 0, 0]);
  expect(at(picture, 599, 310)).toEqual(BLACK);
  expect(at(picture, 574, 310)).toEqual(WHITE);
});

test('far from the track only the track is seen', () => {
  expect(renderCartPole([1e6, 0, 0, 0]).data.filter((value) => value === 0).length).toBe(600 * 3);
});

test('left and right are mirror images', () => {
  const state = fc.tuple(fc.double({ min: -2.4, max: 2.4, noNaN: true }), fc.double({ min: -1.5, max: 1.5, noNaN: true }));
  fc.assert(
    fc.property(state, ([x, theta]) => {
      const picture = renderCartPole([x, 0, theta, 0]);
      const mirrored = renderCartPole([-x, 0, -theta, 0]);
      let worst = 0;
      for (let row = 0; row < 400; row++) {
        for (let column = 0; column < 600; column++) {
          for (let k = 0; k < 3; k++) {
            const difference = picture.data[(row * 600 + column) * 3 + k]! - mirrored.data[(row * 600 + 599 - column) * 3 + k]!;
            worst = Math.max(worst, Math.abs(difference));
          }
        }
      }
      // an area that is half a level is rounded up on both sides
      expect(worst).toBeLessThanOrEqual(1);
    }),
    { numRuns: 20 },
  );
});

test('does not change the state, and gives a new picture each time', () => {
  const state = new Float64Array([0.1, 0.2, 0.3, 0.4]);
  const first = renderCartPole(state);
  first.data.fill(0);
  expect(Array.from(state)).toEqual([0.1, 0.2, 0.3, 0.4]);
  expect(at(renderCartPole(state), 0, 0)).toEqual(WHITE);
});
