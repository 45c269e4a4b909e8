import { describe, expect, test } from 'vitest';
import { InvalidShapeError } from '../errors/kinds.js';
import { type Picture, requirePicture } from './picture.js';

describe('requirePicture', () => {
  test('accepts height × width × 3 bytes', () => {
    expect(requirePicture('test', { width: 2, height: 3, data: new Uint8Array(18) })).toBeUndefined();
  });

  test.each<[string, Picture, string]>([
    [
      'alpha',
      { width: 2, height: 3, data: new Uint8Array(24) },
      'test: got a picture of 2×3 with 24 bytes; expected a Uint8Array of height × width × 3 = 18 bytes.',
    ],
    ['no columns', { width: 0, height: 3, data: new Uint8Array(0) }, 'test: got a picture of width 0 and height 3; expected whole numbers of pixels'],
    ['half a row', { width: 2, height: 1.5, data: new Uint8Array(9) }, 'test: got a picture of width 2 and height 1.5;'],
    ['a list', { width: 1, height: 1, data: [0, 0, 0] as unknown as Uint8Array }, 'test: got a picture of 1×1 with [0, 0, 0];'],
  ])('refuses %s', (_, picture, message) => {
    expect(() => requirePicture('test', picture)).toThrow(InvalidShapeError);
    expect(() => requirePicture('test', picture)).toThrow(message);
  });
});
