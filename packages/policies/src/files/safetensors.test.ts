import { runInNewContext } from 'node:vm';
import { InvalidFileError, InvalidOptionsError, InvalidShapeError } from '@pg/core';
import type { NamedTensor } from '@pg/nn';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeFile, readSafeTensors } from '../../fixtures/read-safetensors.js';
import { decodeSafeTensors, encodeSafeTensors, type SafeTensors } from './safetensors.js';

const tensor = (name: string, shape: readonly number[], values: readonly number[]): NamedTensor => ({ name, shape, values: Float32Array.from(values) });
const example = { tensors: [tensor('weight', [2, 1], [1.5, -2]), tensor('bias', [1], [0.1])], metadata: { pg: '{"a":"ü"}', note: 'x' } };
const decode = (bytes: Uint8Array) => decodeSafeTensors(bytes, 'test');

const names = fc
  .oneof(
    { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
    fc.constantFrom('__proto__', 'constructor', 'toString', '0', '7', 'length', '\ud800'),
  )
  .filter((name) => name !== '__metadata__');
const float = fc.float({ noDefaultInfinity: false });
const tensors = fc
  .uniqueArray(fc.record({ name: names, shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }) }), { selector: ({ name }) => name, maxLength: 6 })
  .chain((outlines) =>
    fc.tuple(
      ...outlines.map(({ name, shape }) => {
        const length = shape.reduce((a, b) => a * b, 1);
        return fc.array(float, { minLength: length, maxLength: length }).map((values) => tensor(name, shape, values));
      }),
    ),
  );
const contents = fc.record({ tensors, metadata: fc.dictionary(names, fc.string(), { noNullPrototype: true }) });

describe('round trip', () => {
  test('gives back tensors and metadata', () => {
    fc.assert(
      fc.property(contents, (given) => {
        const decoded = decode(encodeSafeTensors(given));
        expect(decoded.metadata).toEqual(given.metadata);
        const byName = (list: SafeTensors['tensors']) => new Map(list.map(({ name, shape, values }) => [name, { shape, values }]));
        expect(byName(decoded.tensors)).toEqual(byName(given.tensors));
      }),
    );
  });

  test('reads from the middle of a buffer', () => {
    const bytes = encodeSafeTensors(example);
    const shifted = new Uint8Array(bytes.length + 10);
    shifted.set(bytes, 3);
    expect(decode(shifted.subarray(3, 3 + bytes.length))).toEqual(example);
  });
});

test('every type of number, bit for bit, and at a multiple of its size', () => {
  const bits = Uint8Array.from({ length: 48 }, (_, i) => (i * 167 + 13) % 256).fill(255, 24);
  const kinds = [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array];
  const odd = kinds.map((Kind) => ({ name: Kind.name, shape: [], values: new Kind(bits.slice(0, Kind.BYTES_PER_ELEMENT).buffer) }));
  const whole = kinds.map((Kind) => ({ name: `${Kind.name} 2`, shape: [48 / Kind.BYTES_PER_ELEMENT], values: new Kind(bits.slice().buffer) }));
  const file = encodeSafeTensors({ tensors: [...odd, ...whole], metadata: {} });
  const { header } = readSafeTensors(file);
  const found = decode(file).tensors;
  expect(found).toHaveLength(20);
  for (const { name, values } of [...odd, ...whole]) {
    const other = found.find((tensor) => tensor.name === name)!.values;
    expect(other.constructor).toBe(values.constructor);
    expect(new Uint8Array(other.buffer)).toEqual(new Uint8Array(values.buffer));
    expect(header[name]!.data_offsets[0] % values.BYTES_PER_ELEMENT).toBe(0);
  }
});

describe('the format', () => {
  test('byte for byte', () => {
    const bytes = encodeSafeTensors({ tensors: [tensor('ab', [2], [1, -2])], metadata: {} });
    const header = '{"__metadata__":{},"ab":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
    expect(header.length % 8).toBe(1);
    const padded = header.padEnd(80, ' ');
    expect(Buffer.from(bytes.subarray(0, 8)).toString('hex')).toBe('5000000000000000');
    expect(Buffer.from(bytes.subarray(8, 88)).toString()).toBe(padded);
    // 1 is 3f800000, −2 is c0000000, least significant byte first
    expect(Buffer.from(bytes.subarray(88)).toString('hex')).toBe('0000803f000000c0');
  });

  test('an independent reader finds the same; the numbers begin at a multiple of 8', () => {
    fc.assert(
      fc.property(contents, (given) => {
        const { header, headerLength, numbers } = readSafeTensors(encodeSafeTensors(given));
        expect(headerLength % 8).toBe(0);
        expect(header.__metadata__).toEqual(given.metadata);
        for (const { name, shape, values } of given.tensors) {
          expect(header[name]).toMatchObject({ dtype: 'F32', shape });
          expect(numbers[name]).toEqual([...values]);
        }
      }),
    );
  });

  test('the header may name tensors in another order than they lie', () => {
    const data = new Uint8Array(Float32Array.of(1, 2, 3).buffer);
    const late = { dtype: 'F32', shape: [1], data_offsets: [8, 12] };
    const early = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
    expect(decode(makeFile({ late, early }, data)).tensors).toEqual([tensor('early', [2], [1, 2]), tensor('late', [1], [3])]);
    expect(decode(makeFile({ early, late }, data)).metadata).toEqual({});
  });
});

describe('files that are no such thing', () => {
  const data = new Uint8Array(8);
  const entry = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
  const rest = '; expected a safetensors file.';

  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'test: got an empty file (0 bytes); expected a safetensors file. It was cut short, or never written: save it again.'],
    ['seven bytes', new Uint8Array(7), `7 bytes that do not start with a safetensors header${rest}`],
    ['a header of 0 bytes', new Uint8Array(8), `8 bytes that do not start${''}`],
    ['a header longer than the file', Uint8Array.from([200, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d]), '10 bytes that do not start with a safetensors header'],
    ['a header of 2^64 − 1 bytes', new Uint8Array(64).fill(255), '64 bytes that do not start with a safetensors header'],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), '10 bytes that do not start with a safetensors header'],
    ['no JSON', makeFile('{"a":'), `a header that is no JSON object${rest} The file is damaged: save it again.`],
    ['no UTF-8', makeFile('{"\u0000"}').map((byte) => (byte === 0x7d ? 0xff : byte)), 'a header that is no text in UTF-8'],
    ['a list', makeFile('[1, 2]'), 'a header that is no JSON object'],
    ['null', makeFile('null'), 'a header that is no JSON object'],
    [
      'a JSON document of another kind',
      makeFile({ name: 'x', version: '1' }),
      'the tensor "name" without a type; expected a safetensors file. Save it as float32 (F32).',
    ],
    ['metadata that are null', makeFile({ __metadata__: null }), `metadata that are not text by name${rest}`],
    ['metadata with numbers', makeFile({ __metadata__: { pg: 5 } }), 'metadata that are not text by name'],
    ['an entry that is null', makeFile({ a: null }), 'the tensor "a" without a type'],
    ['float64 of half the size', makeFile({ a: { ...entry, dtype: 'F64' } }, data), 'the tensor "a" with shape [2] at bytes [0, 8] of 8, after 0'],
    ['what every object has', makeFile({ a: { ...entry, dtype: 'toString' } }, data), 'the tensor "a" of type "toString"'],
    ['half precision', makeFile({ a: { ...entry, dtype: 'F16' } }, data), `the tensor "a" of type "F16"${rest} Save it as float32 (F32).`],
    ['no shape', makeFile({ a: { dtype: 'F32', data_offsets: [0, 8] } }, data), 'the tensor "a" without a shape or offsets'],
    ['a negative size', makeFile({ a: { ...entry, shape: [-2] } }, data), 'the tensor "a" without a shape or offsets'],
    ['half a number', makeFile({ a: { ...entry, shape: [1.5] } }, data), 'the tensor "a" without a shape or offsets'],
    ['offsets of text', makeFile({ a: { ...entry, data_offsets: ['0', '8'] } }, data), 'the tensor "a" without a shape or offsets'],
    [
      'offsets that do not fit the shape',
      makeFile({ a: { ...entry, shape: [3] } }, data),
      `the tensor "a" with shape [3] at bytes [0, 8] of 8, after 0${rest} The file is cut short or damaged: save it again.`,
    ],
    ['a third offset', makeFile({ a: { ...entry, data_offsets: [0, 8, 8] } }, data), 'the tensor "a" with shape [2] at bytes [0, 8, 8] of 8'],
    ['data cut short', makeFile({ a: entry }, data.subarray(1)), 'the tensor "a" with shape [2] at bytes [0, 8] of 7'],
    [
      'overlapping tensors',
      makeFile({ a: entry, b: { ...entry, shape: [1], data_offsets: [4, 8] } }, data),
      'the tensor "b" with shape [1] at bytes [4, 8] of 8, after 8',
    ],
    ['one place for two', makeFile({ a: entry, b: entry }, data), 'the tensor "b" with shape [2] at bytes [0, 8] of 8, after 8'],
    ['a gap', makeFile({ a: { ...entry, shape: [1], data_offsets: [4, 8] } }, data), 'the tensor "a" with shape [1] at bytes [4, 8] of 8, after 0'],
    ['bytes behind the last', makeFile({ a: entry }, new Uint8Array(9)), `1 bytes behind the last tensor${rest}`],
    [
      'petabytes',
      makeFile({ a: { ...entry, shape: [2 ** 50], data_offsets: [0, 2 ** 52] } }, data),
      'the tensor "a" with shape [1125899906842624] at bytes [0, 4503599627370496] of 8',
    ],
    ['sizes that overflow', makeFile({ a: { ...entry, shape: new Array(40).fill(2 ** 52) } }, data), 'the tensor "a" with shape'],
    ['sizes that overflow times 0', makeFile({ a: { ...entry, shape: [...new Array(40).fill(2 ** 52), 0] } }, data), 'the tensor "a" with shape'],
    ['lists in lists', makeFile(`{"a":{"dtype":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`), 'the tensor "a" without a type'],
    ['lists in lists as a shape', makeFile(`{"a":{"dtype":"F32","shape":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`), 'the tensor "a" without a shape or offsets'],
  ])('%s', (_, bytes, message) => {
    expect(() => decode(bytes)).toThrow(InvalidFileError);
    expect(() => decode(bytes)).toThrow(message);
  });

  test('a file that is cut anywhere', () => {
    const bytes = encodeSafeTensors(example);
    for (let length = 0; length < bytes.length; length++) expect(() => decode(bytes.subarray(0, length))).toThrow(InvalidFileError);
  });
});

describe('what is encoded is decoded, or refused', () => {
  const one = Float32Array.of(1);

  test.each<[string, unknown, string]>([
    [
      'the name of the metadata',
      { tensors: [tensor('__metadata__', [1], [1])], metadata: {} },
      'got a tensor with the name "__metadata__"; expected another name',
    ],
    [
      'a name twice',
      { tensors: [tensor('a', [1], [1]), tensor('a', [1], [2])], metadata: {} },
      'got two tensors with the name "a"; expected names that are different',
    ],
    ['a name that is no text', { tensors: [{ name: 5, shape: [1], values: one }], metadata: {} }, 'got a tensor with the name 5; expected text'],
    ['no tensor', { tensors: [null], metadata: {} }, 'got a tensor with the name undefined; expected text'],
    ['no tensors', { tensors: undefined, metadata: {} }, 'got tensors: undefined; expected a list'],
    ['a list of numbers', { tensors: [{ name: 'a', shape: [1], values: [1] }], metadata: {} }, 'got [1] as the values of "a"; expected a Float32Array, '],
    [
      'bytes that are clamped',
      { tensors: [{ name: 'a', shape: [1], values: new Uint8ClampedArray(1) }], metadata: {} },
      'got Uint8ClampedArray[0] as the values of "a"',
    ],
    ['a view', { tensors: [{ name: 'a', shape: [1], values: new DataView(new ArrayBuffer(1)) }], metadata: {} }, 'got DataView[] as the values of "a"'],
    ['no metadata', { tensors: [], metadata: undefined }, 'got metadata: undefined; expected text by name'],
    ['metadata that are a number', { tensors: [], metadata: { a: 1 } }, 'got metadata: an object with keys [a]; expected text by name'],
    ['metadata that are a list', { tensors: [], metadata: ['a'] }, 'got metadata: ["a"]; expected text by name'],
    ['metadata in a map', { tensors: [], metadata: new Map([['a', 'b']]) }, 'got metadata: an instance of Map; expected text by name'],
  ])('%s', (_, contents, message) => {
    expect(() => encodeSafeTensors(contents as SafeTensors)).toThrow(InvalidOptionsError);
    expect(() => encodeSafeTensors(contents as SafeTensors)).toThrow(`encodeSafeTensors: ${message}`);
  });

  test.each<[string, unknown]>([
    ['too large', [2]],
    ['too small', [0]],
    ['none', undefined],
    ['half', [0.5, 2]],
    ['negative', [-1, -1]],
    ['text', ['1']],
    ['too large for a number', [2 ** 53, 0]],
  ])('a shape that is %s', (_, shape) => {
    const contents = { tensors: [{ name: 'a', shape, values: shape?.toString() === '9007199254740992,0' ? new Float32Array(0) : one }], metadata: {} };
    expect(() => encodeSafeTensors(contents as SafeTensors)).toThrow(InvalidShapeError);
    expect(() => encodeSafeTensors(contents as SafeTensors)).toThrow('encodeSafeTensors: got "a" of shape ');
  });

  test('names that every object has, in tensors and metadata', () => {
    const odd = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', '0'];
    const metadata = Object.fromEntries(odd.map((name) => [name, `of ${name}`]));
    const found = decode(encodeSafeTensors({ tensors: odd.map((name, i) => tensor(name, [1], [i])), metadata }));
    expect(found.tensors.map(({ name, values }) => [name, values[0]])).toEqual(odd.map((name, i) => [name, i]));
    expect(Object.entries(found.metadata).sort()).toEqual(Object.entries(metadata).sort());
  });

  test('arrays of another realm', () => {
    const values = runInNewContext('Float32Array.of(1, 2)') as Float32Array;
    const metadata = runInNewContext('({ a: "b" })') as Record<string, string>;
    expect(decode(encodeSafeTensors({ tensors: [{ name: 'a', shape: [2], values }], metadata }))).toEqual({
      tensors: [tensor('a', [2], [1, 2])],
      metadata: { a: 'b' },
    });
  });

  test('metadata that are a list are refused in a file, too', () => {
    expect(() => decode(makeFile({ __metadata__: ['a'] }))).toThrow('got metadata that are not text by name');
  });
});
