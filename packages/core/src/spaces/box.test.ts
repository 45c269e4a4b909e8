import { describe, expect, test } from 'vitest';
import { InvalidOptionsError } from '../errors/kinds.js';
import { box } from './box.js';

/** What a JavaScript caller could pass. */
const untypedBox = box as unknown as (options: unknown) => unknown;

describe('box', () => {
  test('spreads one bound over all elements', () => {
    expect(box({ shape: [2, 3], low: -1, high: 2 })).toEqual({
      kind: 'box',
      shape: [2, 3],
      dtype: 'float32',
      low: new Float32Array([-1, -1, -1, -1, -1, -1]),
      high: new Float32Array([2, 2, 2, 2, 2, 2]),
    });
  });

  test('takes one bound for each element, infinite ones included', () => {
    const space = box({ shape: [3], low: [-Infinity, 0, -2], high: [1, Infinity, -2] });
    expect([...space.low]).toEqual([-Infinity, 0, -2]);
    expect([...space.high]).toEqual([1, Infinity, -2]);
  });

  test('stores bounds in float32', () => {
    expect(box({ shape: [1], low: 0.1, high: 0.3 }).low[0]).toBe(0.10000000149011612);
  });

  test('takes bounds from typed arrays', () => {
    expect(untypedBox({ shape: [2], low: new Float64Array([1, 2]), high: 3 })).toMatchObject({ low: new Float32Array([1, 2]) });
  });

  test('holds one number when the shape is empty', () => {
    expect(box({ shape: [], low: 0, high: 1 }).low).toEqual(new Float32Array([0]));
  });

  test.each([
    [[0], '[0]'],
    [[2, -1], '[2, -1]'],
    [[1.5], '[1.5]'],
    [[Number.NaN], '[NaN]'],
    [4, '4'],
    ['4', '"4"'],
    [undefined, 'undefined'],
  ])('refuses the shape %j', (shape, shown) => {
    expect(() => untypedBox({ shape, low: 0, high: 1 })).toThrow(
      new InvalidOptionsError({
        where: 'box',
        got: `shape: ${shown}`,
        expected: 'positive whole numbers',
        remedy: 'Give the size of each axis, for example shape: [4].',
      }),
    );
  });

  test.each([
    ['NaN', Number.NaN, 'NaN'],
    ['NaN among others', [0, Number.NaN], '[0, NaN]'],
    ['too few', [0], '[0]'],
    ['too many', [0, 0, 0], '[0, 0, 0]'],
    ['none', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a string that would convert', '12', '"12"'],
    ['strings', ['1', '2'], '["1", "2"]'],
    ['holes', new Array(2), '[undefined, undefined]'],
    ['big integers', new BigInt64Array(2), 'BigInt64Array[0n, 0n]'],
  ])('refuses bounds: %s', (_, low, shown) => {
    const message = `box: got low: ${shown}; expected one number, or 2 numbers for the shape [2], none of them NaN. Give "low" once for all elements or once for each.`;
    expect(() => untypedBox({ shape: [2], low, high: 1 })).toThrow(message);
    expect(() => untypedBox({ shape: [2], low: 0, high: low })).toThrow(message.replaceAll('low', 'high'));
  });

  test('refuses crossed bounds and says where, in the digits that were given', () => {
    expect(() => box({ shape: [2], low: [0, 0.3], high: [1, 0.1] })).toThrow(
      'box: got low 0.3 and high 0.1 at element 1; expected low ≤ high with finite numbers between them. Swap or widen the bounds.',
    );
    expect(() => box({ shape: [2], low: 2, high: 1 })).toThrow('box: got low 2 and high 1 at element 0');
  });

  test('refuses bounds with no finite number between them', () => {
    expect(() => box({ shape: [1], low: Infinity, high: Infinity })).toThrow('box: got low Infinity and high Infinity at element 0');
    expect(() => box({ shape: [1], low: -Infinity, high: -Infinity })).toThrow('box: got low -Infinity and high -Infinity at element 0');
    // beyond float32
    expect(() => box({ shape: [1], low: 1e39, high: Infinity })).toThrow('box: got low 1e+39 and high Infinity at element 0');
  });

  test('refuses options that it does not know', () => {
    expect(() => box({ shape: [1], low: 0, high: 255, dytpe: 'uint8' } as never)).toThrow(
      'box: got the unknown option "dytpe"; expected one of: shape, low, high, dtype. Did you mean "dtype"?',
    );
    expect(() => box(undefined as never)).toThrow('box: got undefined; expected an options object.');
  });
});
