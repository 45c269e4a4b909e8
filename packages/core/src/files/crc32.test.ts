import { expect, test } from 'vitest';
import { crc32 } from './crc32.js';

const text = (value: string) => new TextEncoder().encode(value);

// The check value that catalogues of CRCs give for "123456789"; the others by Python's zlib.crc32.
test.each([
  ['', 0],
  ['123456789', 0xcbf43926],
  ['a', 0xe8b7be43],
])('of "%s"', (value, expected) => {
  expect(crc32(text(value))).toBe(expected);
});

test('in parts as in one', () => {
  expect(crc32(text('56789'), crc32(text('1234')))).toBe(0xcbf43926);
});
