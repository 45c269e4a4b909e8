import { mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { DisposedError, InvalidOptionsError, InvalidShapeError, type Picture, UnavailableError } from '@pg/core';
import fc from 'fast-check';
import { decode, decodeFrames } from 'modern-gif';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../files/scratch-folder.js';
import { gifRecorder } from './gif-recorder.js';
import { writeGif } from './write-gif.js';

/** A GIF file, read by another library than the one that writes; frames are whole pictures, their delays in milliseconds. */
function readGif(path: string) {
  const bytes = new Uint8Array(readFileSync(path));
  const { looped, loopCount } = decode(bytes);
  const frames = decodeFrames(bytes).map(({ width, height, data, delay }) => {
    expect(data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
    return { delay, picture: { width, height, data: Uint8Array.from(data.filter((_, i) => i % 4 !== 3)) } };
  });
  return { looped, loopCount, delays: frames.map(({ delay }) => delay), pictures: frames.map(({ picture }) => picture) };
}

/** A gray picture, with a square of another gray in it. */
function square(left: number, { width = 20, height = 12, ink = 200 } = {}): Picture {
  const data = new Uint8Array(width * height * 3).fill(30);
  for (let row = 4; row < 7; row++) data.fill(ink, (row * width + left) * 3, (row * width + left + 3) * 3);
  return { width, height, data };
}

const gifFile = () => join(scratchFolder(), 'episode.gif');

describe('writeGif', () => {
  test('another decoder reads the same pixels: few colors', () => {
    const path = gifFile();
    const frames = [square(0), square(5), square(17), square(5, { ink: 31 })];
    writeGif(path, frames);
    expect(readGif(path).pictures).toEqual(frames);
  });

  test('another decoder reads the same pixels: any pictures of at most 256 colors', () => {
    const path = gifFile();
    const size = fc.record({ width: fc.integer({ min: 1, max: 16 }), height: fc.integer({ min: 1, max: 16 }) });
    const episodes = size.chain(({ width, height }) => {
      const data = fc.uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 });
      return fc.uniqueArray(data, { minLength: 1, maxLength: 5, selector: String }).map((all) => all.map((data) => ({ width, height, data })));
    });
    fc.assert(
      fc.property(episodes, (frames) => {
        writeGif(path, frames);
        expect(readGif(path).pictures).toEqual(frames);
      }),
      { numRuns: 50 },
    );
  });

  test('more colors than a palette has: within a few levels', () => {
    const path = gifFile();
    const data = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => [4 * (Math.floor(i / 3) % 64), 4 * Math.floor(i / 192), 128][i % 3]!);
    writeGif(path, [{ width: 64, height: 64, data }]);
    const [picture] = readGif(path).pictures;
    // 4096 colors in 256 groups of 4 × 4 that lie 4 apart: at most 6 from their mean
    expect(Math.max(...picture!.data.map((value, i) => Math.abs(value - data[i]!)))).toBe(6);
  });

  test('noise as large as it gets does not overflow', () => {
    const path = gifFile();
    let state = 1;
    const data = Uint8Array.from({ length: 200 * 150 * 3 }, (_, i) => {
      if (i % 3 === 0) state = (Math.imul(1664525, state) + 1013904223) >>> 0;
      return state >>> 24;
    });
    writeGif(path, [{ width: 200, height: 150, data }]);
    expect(readGif(path).pictures).toEqual([{ width: 200, height: 150, data }]);
  });

  test('plays at the speed asked for, as near as 1/100 s allows', () => {
    const path = gifFile();
    const frames = [0, 1, 2, 3, 4, 5].map((left) => square(left));
    writeGif(path, frames, { fps: 50 });
    expect(readGif(path).delays).toEqual([20, 20, 20, 20, 20, 20]);
    writeGif(path, frames, { fps: 30 });
    expect(readGif(path).delays).toEqual([30, 40, 30, 30, 40, 30]);
    writeGif(path, frames, { fps: 0.5 });
    expect(readGif(path).delays).toEqual(new Array(6).fill(2000));
  });

  test('a picture that stays is one frame for longer', () => {
    const path = gifFile();
    writeGif(path, [square(0), square(0), square(3), square(3), square(3), square(0)], { fps: 10 });
    expect(readGif(path)).toMatchObject({ delays: [200, 300, 100], pictures: [square(0), square(3), square(0)] });
  });

  test('loops unless told otherwise', () => {
    const path = gifFile();
    writeGif(path, [square(0), square(1)]);
    expect(readGif(path)).toMatchObject({ looped: true, loopCount: 0 });
    writeGif(path, [square(0), square(1)], { loop: false });
    expect(readGif(path).looped).not.toBe(true);
  });

  test('holds what changed only', () => {
    const path = gifFile();
    writeGif(path, [square(0, { width: 600, height: 400 }), square(1, { width: 600, height: 400 })]);
    const [first, second] = decode(new Uint8Array(readFileSync(path))).frames;
    expect([first!.left, first!.top, first!.width, first!.height]).toEqual([0, 0, 600, 400]);
    expect([second!.left, second!.top, second!.width, second!.height]).toEqual([0, 4, 4, 3]);
  });

  test('takes pictures one by one, also from one buffer that changes', () => {
    const path = gifFile();
    const buffer = square(0);
    writeGif(
      path,
      (function* () {
        for (const left of [0, 4, 8]) {
          buffer.data.set(square(left).data);
          yield buffer;
        }
      })(),
    );
    expect(readGif(path).pictures).toEqual([square(0), square(4), square(8)]);
  });

  test('errors say what to do, and write nothing', () => {
    const folder = scratchFolder();
    const path = join(folder, 'episode.gif');
    expect(() => writeGif(path, [])).toThrow(InvalidOptionsError);
    expect(() => writeGif(path, [])).toThrow('writeGif: got no pictures; expected at least one. Add env.render() after reset() and after every step.');
    const sizes = [square(0), square(0), square(0, { width: 21 })];
    expect(() => writeGif(path, sizes)).toThrow(InvalidShapeError);
    expect(() => writeGif(path, sizes)).toThrow('writeGif: got picture 3 of 21×12 after 20×12; expected pictures of one size.');
    expect(() => writeGif(path, [{ width: 65536, height: 1, data: new Uint8Array(196608) }])).toThrow('at most 65535 pixels a side');
    expect(() => writeGif(path, [square(0)], { fps: 60 })).toThrow('writeGif: got fps: 60; expected a number at most 50.');
    expect(() => writeGif(path, [square(0)], { fps: 0 })).toThrow(InvalidOptionsError);
    expect(() => writeGif(path, [square(0)], { lop: true } as object)).toThrow('Did you mean "loop"?');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('gifRecorder', () => {
  test('gives the file that writeGif gives', () => {
    const folder = scratchFolder();
    const frames = [0, 0, 3, 9].map((left) => square(left));
    const recorder = gifRecorder(join(folder, 'a.gif'), { fps: 20 });
    for (const frame of frames) recorder.add(frame);
    expect(recorder.frames).toBe(4);
    expect(readdirSync(folder)).toEqual([]);
    recorder.save();
    writeGif(join(folder, 'b.gif'), frames, { fps: 20 });
    expect(readFileSync(join(folder, 'a.gif'))).toEqual(readFileSync(join(folder, 'b.gif')));
  });

  test('is done when it has saved', () => {
    const path = gifFile();
    const recorder = gifRecorder(path);
    expect(() => recorder.save()).toThrow('gifRecorder: got no pictures;');
    recorder.add(square(0));
    recorder.save();
    recorder.save();
    expect(() => recorder.add(square(1))).toThrow(DisposedError);
    expect(() => recorder.add(square(1))).toThrow(`gifRecorder.add: got a picture for "${path}" after save();`);
    expect(readGif(path).pictures).toEqual([square(0)]);
  });

  test('can save again when the file system refused', () => {
    const path = gifFile();
    mkdirSync(join(path, 'in the way'), { recursive: true });
    const recorder = gifRecorder(path);
    recorder.add(square(2));
    expect(() => recorder.save()).toThrow(UnavailableError);
    rmdirSync(join(path, 'in the way'));
    rmdirSync(path);
    recorder.save();
    expect(readGif(path).pictures).toEqual([square(2)]);
  });
});
