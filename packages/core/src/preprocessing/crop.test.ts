import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { box } from '../spaces/box.js';
import { type CropOptions, crop } from './crop.js';

const image = box({ shape: [3, 2, 2], low: 0, high: 255 });
const pixels = Float32Array.from({ length: 12 }, (_, i) => i);

/** One observation through a new transform. */
function cropped(options: CropOptions): Float32Array {
  const stage = crop(options)(image);
  const output = new Float32Array(stage.space.low.length).fill(-1);
  stage.create().apply(pixels, output, true);
  return output;
}

describe('crop', () => {
  test('golden: keeps rows', () => {
    expect(cropped({ top: 0, height: 1 })).toEqual(new Float32Array([0, 1, 2, 3]));
    expect(cropped({ top: 1, height: 2 })).toEqual(new Float32Array([4, 5, 6, 7, 8, 9, 10, 11]));
    expect(cropped({ top: 2, height: 1 })).toEqual(new Float32Array([8, 9, 10, 11]));
    expect(cropped({ top: 0, height: 3 })).toEqual(pixels);
  });

  test('golden: keeps columns', () => {
    expect(cropped({ top: 0, height: 3, left: 1 })).toEqual(new Float32Array([2, 3, 6, 7, 10, 11]));
    expect(cropped({ top: 1, height: 2, left: 0, width: 1 })).toEqual(new Float32Array([4, 5, 8, 9]));
    expect(cropped({ top: 0, height: 3, left: 0, width: 2 })).toEqual(pixels);
  });

  test('of bytes is bytes', () => {
    const stage = crop({ top: 1, height: 2, left: 1, width: 1 })(box({ shape: [3, 2, 2], low: 0, high: 255, dtype: 'uint8' }));
    const output = new Uint8Array(4);
    stage.create().apply(Uint8Array.from(pixels), output, true);
    expect(output).toEqual(new Uint8Array([6, 7, 10, 11]));
  });

  test('names the space that comes out', () => {
    const stage = crop({ top: 3, height: 16 })(box({ shape: [21, 8, 3], low: 0, high: 255 }));
    expect(stage.name).toBe('crop(3, 16)');
    expect(stage.space).toEqual(box({ shape: [16, 8, 3], low: 0, high: 255 }));
    const narrow = crop({ top: 3, height: 16, left: 2, width: 5 })(box({ shape: [21, 8, 3], low: 0, high: 255 }));
    expect(narrow.name).toBe('crop(3, 16, 2, 5)');
    expect(narrow.space).toEqual(box({ shape: [16, 5, 3], low: 0, high: 255 }));
  });

  test('leaves its input', () => {
    cropped({ top: 1, height: 1 });
    expect(pixels).toEqual(Float32Array.from({ length: 12 }, (_, i) => i));
  });

  test('of a crop is a crop', () => {
    fc.assert(
      fc.property(fc.nat({ max: 4 }), fc.nat({ max: 4 }), (first, second) => {
        const space = box({ shape: [10, 1, 1], low: 0, high: 9 });
        const [input, between, output] = [Float32Array.from({ length: 10 }, (_, i) => i), new Float32Array(5), new Float32Array(1)];
        const outer = crop({ top: first, height: 5 })(space);
        outer.create().apply(input, between, true);
        crop({ top: second, height: 1 })(outer.space).create().apply(between, output, true);
        expect(output[0]).toBe(first + second);
      }),
    );
  });

  test.each([
    [{ top: -1, height: 1 }, 'crop: got top: -1; expected a whole number from 0 to 2. Change "top".'],
    [{ top: 3, height: 1 }, 'crop: got top: 3; expected a whole number from 0 to 2. Change "top".'],
    [{ top: 0.5, height: 1 }, 'crop: got top: 0.5; expected a whole number from 0 to 2. Change "top".'],
    [{ top: 0, height: 0 }, 'crop: got height: 0; expected a whole number from 1 to 3. Change "height".'],
    [{ top: 1, height: 3 }, 'crop: got height: 3; expected a whole number from 1 to 2. Change "height".'],
    [{ top: 0 } as { top: number; height: number }, 'crop: got height: undefined; expected a whole number from 1 to 3. Change "height".'],
    [{ top: 0, height: 1, left: 2 }, 'crop: got left: 2; expected a whole number from 0 to 1. Change "left".'],
    [{ top: 0, height: 1, left: 1, width: 2 }, 'crop: got width: 2; expected a whole number from 1 to 1. Change "width".'],
  ])('refuses %o', (options, message) => {
    expect(() => crop(options)(image)).toThrow(message);
  });

  test.each([undefined, null, 5])('refuses %s for options', (options) => {
    expect(() => crop(options as never)).toThrow(`crop: got ${options}; expected an options object. Pass an object with some of: top, height, left, width.`);
  });

  test('refuses a misspelt option', () => {
    expect(() => crop({ top: 0, height: 1, widht: 1 } as never)).toThrow(
      'crop: got the unknown option "widht"; expected one of: top, height, left, width. Did you mean "width"?',
    );
  });
});
