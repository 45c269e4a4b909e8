import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32c, maskedCrc32c } from './crc32c.js';

const filled = (length: number, byte: (at: number) => number) => Uint8Array.from({ length }, (_, at) => byte(at));

describe('crc32c', () => {
  test.each([
    ['nothing', new Uint8Array(0), 0],
    ['the check value of the catalogues', new TextEncoder().encode('123456789'), 0xe3069283],
    ['32 zeros (RFC 3720)', filled(32, () => 0), 0x8a9136aa],
    ['32 bytes of ones (RFC 3720)', filled(32, () => 0xff), 0x62a8ab43],
    ['rising bytes (RFC 3720)', filled(32, (at) => at), 0x46dd794e],
    ['falling bytes (RFC 3720)', filled(32, (at) => 31 - at), 0x113fdb5c],
  ])('%s', (_name, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  test('the mask can be undone: subtract the constant, rotate left', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const rotated = (maskedCrc32c(bytes) - 0xa282ead8) >>> 0;
        expect(((rotated >>> 17) | (rotated << 15)) >>> 0).toBe(crc32c(bytes));
      }),
    );
  });
});
