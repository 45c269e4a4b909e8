import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidOptionsError } from '../errors/kinds.js';
import { ProtobufMessage } from './protobuf-message.js';

const hex = (message: ProtobufMessage) => Buffer.from(message.toBytes()).toString('hex');
const message = () => new ProtobufMessage();

describe('ProtobufMessage', () => {
  // the first four are the examples of https://protobuf.dev/programming-guides/encoding
  test.each([
    ['an int32', message().int(1, 150), '089601'],
    ['a string', message().string(2, 'testing'), '120774657374696e67'],
    ['a message in a message', message().message(3, message().int(1, 150)), '1a03089601'],
    ['minus two', message().int(1, -2), '08feffffffffffffffff01'],
    ['zero', message().int(1, 0), '0800'],
    ['127 and 128, where a second byte begins', message().int(1, 127).int(1, 128), '087f088001'],
    ['the largest whole number', message().int(1, Number.MAX_SAFE_INTEGER), '08ffffffffffffff0f'],
    ['the smallest', message().int(1, Number.MIN_SAFE_INTEGER), '0881808080808080f0ff01'],
    ['a field number of two bytes', message().int(16, 1), '800101'],
    ['the largest field number', message().int(2 ** 29 - 1, 1), 'f8ffffff0f01'],
    ['a float', message().float(1, 1.5), '0d0000c03f'],
    ['a double', message().double(1, -0.1), '099a9999999999b9bf'],
    ['packed doubles', message().doubles(6, [1, 2]), '3210000000000000f03f0000000000000040'],
    ['bytes', message().bytes(1, new Uint8Array([0, 255])), '0a0200ff'],
    ['text beyond ASCII', message().string(1, 'σ'), '0a02cf83'],
    ['an empty message', message().message(1, message()), '0a00'],
  ])('%s', (_, written, expected) => {
    expect(hex(written)).toBe(expected);
    expect(written.length).toBe(expected.length / 2);
  });

  test('a message in itself is the message as it was', () => {
    const twice = message().int(1, 1);
    expect(hex(twice.message(2, twice))).toBe('080112020801');
  });

  test('what is written is what a reader finds', () => {
    const field = fc.oneof(
      fc.record({ kind: fc.constant('int' as const), value: fc.maxSafeInteger() }),
      fc.record({ kind: fc.constant('float' as const), value: fc.float({ noNaN: true }) }),
      fc.record({ kind: fc.constant('double' as const), value: fc.double({ noNaN: true }) }),
      fc.record({ kind: fc.constant('string' as const), value: fc.string({ unit: 'grapheme' }) }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 2 ** 29 - 1 }), field)), (fields) => {
        const written = message();
        for (const [number, { kind, value }] of fields) written[kind](number, value as never);
        expect(read(written.toBytes())).toEqual(fields.map(([number, { value }]) => [number, value]));
      }),
    );
  });

  test('refuses numbers that are not whole and fields that there are not', () => {
    expect(() => message().int(1, 1.5)).toThrow(InvalidOptionsError);
    expect(() => message().int(3, 2 ** 53)).toThrow('ProtobufMessage: got the number 9007199254740992 for field 3; expected a whole number within ±(2^53 − 1)');
    for (const field of [0, -1, 1.5, 2 ** 29, Number.NaN]) expect(() => message().int(field, 1)).toThrow(`got the field number ${field}; expected a whole`);
  });
});

/** A minimal reader of its own: the numbers and values of the fields, by their wire types. */
function read(bytes: Uint8Array): [number, unknown][] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const fields: [number, unknown][] = [];
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const take = (length: number) => {
    at += length;
    return at - length;
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const readers = [
      () => Number(BigInt.asIntN(64, varint())),
      () => view.getFloat64(take(8), true),
      () => {
        const length = Number(varint());
        const from = take(length);
        return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(from, from + length));
      },
      undefined,
      undefined,
      () => view.getFloat32(take(4), true),
    ];
    fields.push([Math.floor(tag / 8), readers[tag % 8]!()]);
  }
  return fields;
}

test.each(['\ud800', 'a\udc00b', '\udc00\ud800'])('half a letter has no form: %j', (text) => {
  expect(() => new ProtobufMessage().string(1, text)).toThrow('expected text of whole letters');
  expect(new ProtobufMessage().string(1, '\u{1f600}').toBytes()).toEqual(Uint8Array.of(10, 4, 0xf0, 0x9f, 0x98, 0x80));
});
