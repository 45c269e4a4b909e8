import { expectTypeOf, test } from 'vitest';
import { svgToPng } from './svg-to-png.js';

test('a picture is bytes that a Blob takes', () => {
  expectTypeOf(svgToPng('<svg/>')).resolves.toEqualTypeOf<Uint8Array<ArrayBuffer>>();
});
