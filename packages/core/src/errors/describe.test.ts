import { describe, expect, test } from 'vitest';
import { describeValue } from './describe.js';

class Weights {}

describe('describeValue', () => {
  test.each<[unknown, string]>([
    [1.5, '1.5'],
    [-0, '-0'],
    [Number.NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'undefined'],
    [12n, '12n'],
    [Symbol('seed'), 'Symbol(seed)'],
    ['relu', '"relu"'],
    ['', '""'],
    ['a'.repeat(60), `"${'a'.repeat(60)}"`],
    ['a'.repeat(61), `"${'a'.repeat(57)}…"`],
    [Math.sqrt, 'the function sqrt'],
    [() => 1, 'a function'],
    [Weights, 'the function Weights'],
  ])('%s', (value, shown) => {
    expect(describeValue(value)).toBe(shown);
  });

  test.each<[string, unknown, string]>([
    ['an empty list', [], '[]'],
    ['six elements', [1, 2, 3, 4, 5, 6], '[1, 2, 3, 4, 5, 6]'],
    ['more than six', [1, 2, 3, 4, 5, 6, 7], '[1, 2, 3, 4, 5, 6, …]'],
    ['a list of anything', ['a', -0, null, [1, 2]], '["a", 0, null, [1, 2]]'],
    ['holes', new Array(2), '[undefined, undefined]'],
    ['a typed array', new Float32Array([0.5, -1]), 'Float32Array[0.5, -1]'],
    ['a long typed array', new Uint8Array(100), 'Uint8Array[0, 0, 0, 0, 0, 0, …]'],
    ['float64', new Float64Array([0.1]), 'Float64Array[0.1]'],
    ['big integers', new BigInt64Array([3n]), 'BigInt64Array[3n]'],
  ])('lists: %s', (_, value, shown) => {
    expect(describeValue(value)).toBe(shown);
  });

  test('float32 numbers in the digits that they were written in', () => {
    expect(describeValue(new Float32Array([0.1, -2.4, 1e-10, 3.4028235e38]))).toBe('Float32Array[0.1, -2.4, 1e-10, 3.4028235e+38]');
    expect(describeValue(new Float32Array([Number.NaN, Infinity, -0]))).toBe('Float32Array[NaN, Infinity, 0]');
    // the next float32 above 1 is not shown as 1
    expect(describeValue(new Float32Array([1 + 2 ** -23]))).toBe('Float32Array[1.0000001]');
  });

  test.each<[string, unknown, string]>([
    ['keys', { gamma: 1, lambda: 2 }, 'an object with keys [gamma, lambda]'],
    ['six keys at most', { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 }, 'an object with keys [a, b, c, d, e, f]'],
    ['no keys', {}, 'an object with keys []'],
    ['no prototype', Object.assign(Object.create(null), { a: 1 }), 'an object with keys [a]'],
    ['a class', new Weights(), 'an instance of Weights'],
    ['a map', new Map(), 'an instance of Map'],
  ])('objects: %s', (_, value, shown) => {
    expect(describeValue(value)).toBe(shown);
  });

  test('values that cannot be read, and lists within themselves', () => {
    const cyclic: unknown[] = [1];
    cyclic.push(cyclic);
    expect(describeValue(cyclic)).toBe('[1, [1, [1, […]]]]');
    let deep: unknown[] = [];
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(describeValue(deep)).toBe('[[[[…]]]]');
    const hostile = Object.defineProperty({}, 'constructor', {
      get() {
        throw new Error('no');
      },
    });
    expect(describeValue(hostile)).toBe('an object that cannot be read');
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(describeValue([proxy])).toBe('[an object that cannot be read]');
    expect(describeValue({ constructor: { name: Symbol('x') } })).toBe('an object with keys [constructor]');
  });
});
