import { isDeepStrictEqual } from 'node:util';
import { runInNewContext } from 'node:vm';
import type { TensorArray } from '@pg/policies';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodePlainData } from './decode-plain-data.js';
import { encodePlainData } from './encode-plain-data.js';

const refuse = (got: string) => new Error(`refused ${got}`);
const encode = (data: unknown) => encodePlainData(data, 'data', refuse);
const decode = (json: unknown, tensors: ReadonlyMap<string, TensorArray> = new Map()) => decodePlainData(json, new Map(tensors), refuse);

/** There and back, through text. */
function roundTrip(data: unknown): unknown {
  const { json, tensors } = encode(data);
  return decode(JSON.parse(JSON.stringify(json)), new Map(tensors.map(({ name, values }) => [name, values])));
}

/** Bits as text: `toEqual` takes −0 and NaN as it likes. */
function bitsOf(value: number): string {
  return new BigUint64Array(Float64Array.of(value).buffer)[0]!.toString(16);
}

describe('round trip', () => {
  test('any plain data', () => {
    const array = fc.oneof(
      fc.float32Array(),
      fc.float64Array(),
      fc.int8Array(),
      fc.uint8Array(),
      fc.uint8ClampedArray(),
      fc.int16Array(),
      fc.uint16Array(),
      fc.int32Array(),
      fc.uint32Array(),
      fc.bigInt64Array(),
      fc.bigUint64Array(),
    );
    const leaf = fc.oneof(fc.double(), fc.integer(), fc.string({ unit: 'binary' }), fc.boolean(), fc.bigInt(), fc.constantFrom(null, undefined, -0), array);
    const key = fc.oneof(fc.string(), fc.constantFrom('$', '__proto__', 'constructor', 'toString', 'a.b', '0', 'length'));
    const { data } = fc.letrec((tie) => ({
      data: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('data')),
        fc.sparseArray(tie('data'), { maxLength: 6 }),
        fc.dictionary(key, tie('data'), { noNullPrototype: false }),
      ),
    }));
    fc.assert(
      fc.property(data, (given) => {
        // of vitest's own comparisons, none survives a key called constructor
        expect(isDeepStrictEqual(roundTrip(given), given)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('every bit of a number', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(bitsOf(roundTrip(value) as number)).toBe(bitsOf(value));
      }),
    );
    for (const value of [10n ** 999n, -(10n ** 998n)]) expect(roundTrip(value)).toBe(value);
    for (const value of [-0, 0, NaN, Infinity, -Infinity, 5e-324, Number.MAX_VALUE, 2 ** 53 + 2, 0.1])
      expect(bitsOf(roundTrip(value) as number)).toBe(bitsOf(value));
  });

  test('what JSON has no form for', () => {
    expect(roundTrip({ a: undefined, b: [undefined, null], c: { $: 'NaN' }, d: -(5n ** 99n) })).toStrictEqual({
      a: undefined,
      b: [undefined, null],
      c: { $: 'NaN' },
      d: -(5n ** 99n),
    });
    const holes = roundTrip(Object.assign(new Array(3), { 1: 1 })) as unknown[];
    expect([holes.length, Object.keys(holes)]).toEqual([3, ['1']]);
    expect(Object.getPrototypeOf(roundTrip(Object.assign(Object.create(null), { a: 1 })))).toBe(null);
    expect('\ud800').toBe(roundTrip('\ud800'));
  });

  test('a key that is called __proto__ is a key', () => {
    const given = JSON.parse('{"__proto__":{"polluted":1},"a":2}');
    const found = roundTrip(given) as object;
    expect(Object.keys(found)).toEqual(['__proto__', 'a']);
    expect('polluted' in found).toBe(false);
    expect('polluted' in {}).toBe(false);
  });

  test('keys keep their order, arrays share nothing with what was given', () => {
    const values = Float64Array.of(1, 2);
    expect(Object.keys(roundTrip({ b: 1, a: 2, 3: 3 }) as object)).toEqual(['3', 'b', 'a']);
    const middle = new Float64Array(values.buffer, 8, 1);
    expect(roundTrip({ values, middle })).toStrictEqual({ values, middle: Float64Array.of(2) });
  });

  test('objects of another realm are plain too', () => {
    expect(roundTrip(runInNewContext('({ a: [1, { b: 2 }] })'))).toStrictEqual({ a: [1, { b: 2 }] });
  });

  test('arrays are named after their places, each by a name of its own', () => {
    const { tensors } = encode({ copies: [{ state: new Uint8Array(1) }], 'copies.0': { state: new Int8Array(1) } });
    expect(tensors.map(({ name }) => name)).toEqual(['data.copies.0.state', 'data.copies.0.state (2)']);
  });
});

describe('what is not plain data', () => {
  class Level {
    size = 3;
  }
  class Stack extends Array {}
  const cycle: unknown[] = [];
  cycle.push({ again: cycle });
  const deep = (levels: number) => Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 0);

  test.each<[string, unknown, string]>([
    ['an instance of a class', { level: new Level() }, 'refused an instance of Level at "level"'],
    ['one at the top', new Level(), 'refused an instance of Level'],
    ['a function', [0, { go() {} }], 'refused the function go at "1.go"'],
    ['a symbol', { s: Symbol('x') }, 'refused Symbol(x) at "s"'],
    ['a key that is a symbol', { a: { [Symbol('x')]: 1 } }, 'refused a symbol for a key at "a.Symbol(x)"'],
    ['a getter', { a: Object.defineProperty({}, 'b', { get: () => 1, enumerable: true }) }, 'refused a getter at "a.b"'],
    ['a hidden property', Object.defineProperty({}, 'h', { value: 1 }), 'refused a hidden property at "h"'],
    ['a cycle', { cycle }, 'refused a cycle: an object inside itself at "cycle.0.again"'],
    ['a map', { m: new Map() }, 'refused an instance of Map at "m"'],
    ['a date', { m: new Date(0) }, 'refused an instance of Date at "m"'],
    ['a promise', Promise.resolve(), 'refused an instance of Promise'],
    ['bytes of Node', { b: Buffer.of(1) }, 'refused Buffer[1] at "b"'],
    ['a view', { b: new DataView(new ArrayBuffer(1)) }, 'at "b"'],
    ['memory', { b: new ArrayBuffer(1) }, 'refused an instance of ArrayBuffer at "b"'],
    ['a list of a class', { s: Stack.from([1]) }, 'at "s"'],
    ['a list with more', Object.assign([1], { more: 2 }), 'refused a list with the property "more"'],
    ['a big integer without end', { n: -(10n ** 1000n) }, 'refused a big integer of 1002 digits, more than 1000 at "n"'],
    ['what it has from a prototype', { a: Object.create(Object.assign(Object.create(null), { hidden: 1 })) }, 'at "a"'],
    ['too deep', deep(401), 'refused something 400 levels deep at "0.0.'],
  ])('%s', (_, data, message) => {
    expect(() => encode(data)).toThrow(message);
  });

  test('the same object twice is none of them', () => {
    const shared = { a: 1 };
    expect(roundTrip([shared, { shared }])).toStrictEqual([shared, { shared }]);
  });

  test('as deep as it goes', () => {
    expect(roundTrip(deep(400))).toStrictEqual(deep(400));
  });
});

describe('what is no form of plain data', () => {
  const numbers = new Map([['data.a', Float32Array.of(1)]]);

  test.each<[string, unknown, string]>([
    ['an unknown kind', { $: 'Date', value: 0 }, 'refused "Date" for what a value is'],
    ['code', { a: { $: 'function', body: 'alert(1)' } }, 'refused "function" for what a value is at "a"'],
    ['a number too many', { $: 'NaN', more: 1 }, 'refused "NaN" for what a value is'],
    ['no digits', { $: 'bigint', digits: '0x10' }, 'refused "bigint" for what a value is'],
    ['digits without end', { $: 'bigint', digits: '9'.repeat(1e6) }, 'refused "bigint" for what a value is'],
    ['a hole outside of a list', { a: { $: 'hole' } }, 'refused a hole outside of a list at "a"'],
    ['an array without numbers', [{ $: 'Float32Array', tensor: 'data.b' }], 'refused a Float32Array without its numbers "data.b" at "0"'],
    ['an array of others', [{ $: 'Int32Array', tensor: 'data.a' }], 'refused a Int32Array without its numbers "data.a" at "0"'],
    ['numbers that are used twice', [0, 1].map(() => ({ $: 'Float32Array', tensor: 'data.a' })), 'without its numbers "data.a" at "1"'],
    ['depth', JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`), 'refused lists and objects within each other without end'],
  ])('%s', (_, json, message) => {
    expect(() => decode(json, numbers)).toThrow(message);
  });
});
