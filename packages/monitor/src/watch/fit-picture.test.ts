import { expect, test } from 'vitest';
import { fitPicture } from './fit-picture.js';

test('a picture that fits is left as it is', () => {
  const picture = { width: 4, height: 2, data: new Uint8Array(24) };
  expect(fitPicture(picture, 4)).toBe(picture);
});

test('a larger one gets the means of squares', () => {
  const grey = [10, 20, 50, 30, 40, 60];
  const picture = { width: 3, height: 2, data: Uint8Array.from(grey.flatMap((value) => [value, value + 1, value + 2])) };
  expect(fitPicture(picture, 2)).toEqual({ width: 1, height: 1, data: new Uint8Array([25, 26, 27]) });
});

test('a line keeps a pixel', () => {
  expect(fitPicture({ width: 9, height: 1, data: new Uint8Array(27).fill(7) }, 3)).toEqual({ width: 3, height: 1, data: new Uint8Array(9).fill(7) });
});
