import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidShapeError, type Picture, UnavailableError } from '@pg/core';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../files/scratch-folder.js';
import { writePng } from './write-png.js';

/** Red, green and blue of a PNG file, read by another library than the one that writes. */
function readPng(path: string): Picture {
  const { width, height, data } = PNG.sync.read(readFileSync(path));
  expect(data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
  return { width, height, data: Uint8Array.from(data.filter((_, i) => i % 4 !== 3)) };
}

const pictures = fc
  .record({ width: fc.integer({ min: 1, max: 30 }), height: fc.integer({ min: 1, max: 30 }) })
  .chain(({ width, height }) => fc.uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 }).map((data) => ({ width, height, data })));

describe('writePng', () => {
  test('another decoder reads the same pixels', () => {
    const path = join(scratchFolder(), 'picture.png');
    fc.assert(
      fc.property(pictures, (picture) => {
        writePng(path, picture);
        expect(readPng(path)).toEqual(picture);
      }),
      { numRuns: 30 },
    );
  });

  test('flat pictures are small, and the same picture gives the same bytes', () => {
    const folder = scratchFolder();
    const picture = { width: 600, height: 400, data: new Uint8Array(720_000).fill(255) };
    for (const name of ['a.png', 'b.png']) writePng(join(folder, name), picture);
    expect(readFileSync(join(folder, 'a.png')).length).toBeLessThan(5000);
    expect(readFileSync(join(folder, 'a.png'))).toEqual(readFileSync(join(folder, 'b.png')));
  });

  test('makes folders, and leaves nothing beside the file', () => {
    const folder = scratchFolder();
    writePng(join(folder, 'some', 'where', 'picture.png'), { width: 1, height: 1, data: new Uint8Array(3) });
    expect(readdirSync(join(folder, 'some', 'where'))).toEqual(['picture.png']);
  });

  test('refuses what is no picture, and says what the file system refuses', () => {
    const folder = scratchFolder();
    const path = join(folder, 'picture.png');
    expect(() => writePng(path, { width: 2, height: 2, data: new Uint8Array(16) })).toThrow(InvalidShapeError);
    expect(() => writePng(path, { width: 2, height: 2, data: new Uint8Array(16) })).toThrow('writePng: got a picture of 2×2 with 16 bytes;');
    expect(readdirSync(folder)).toEqual([]);
    expect(() => writePng(folder, { width: 1, height: 1, data: new Uint8Array(3) })).toThrow(UnavailableError);
  });
});
