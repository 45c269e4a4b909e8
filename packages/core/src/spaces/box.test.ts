import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidOptionsError } from '../errors/kinds.js';
import { fitsFloat32 } from '../options/float32.js';
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

  test('rounds bounds inwards to float32', () => {
    // the float32 numbers next to 0.1, of which the larger one is nearer
    const [below, above] = [0.09999999403953552, 0.10000000149011612];
    const tenth = box({ shape: [1], low: -0.1, high: 0.1 });
    expect([tenth.low[0], tenth.high[0]]).toEqual([-below, below]);
    const far = box({ shape: [2], low: [0.1, -5.1], high: [0.3, 5.1] });
    expect([...far.low]).toEqual([above, -5.099999904632568]);
    expect([...far.high]).toEqual([Math.fround(0.3) - 2 ** -25, 5.099999904632568]);
  });

  test('bounds that float32 represents are not changed, and are all that there is', () => {
    expect(box({ shape: [2], low: [-0, Math.fround(0.1)], high: [2 ** -149, 3.4028234663852886e38] })).toEqual({
      kind: 'box',
      shape: [2],
      dtype: 'float32',
      low: new Float32Array([-0, 0.1]),
      high: new Float32Array([2 ** -149, 3.4028234663852886e38]),
    });
  });

  test('bounds between which there is no float32 are rounded to the nearest', () => {
    const constant = box({ shape: [1], low: 0.1, high: 0.1 });
    expect([constant.low[0], constant.high[0]]).toEqual([0.10000000149011612, 0.10000000149011612]);
  });

  test('finite bounds are numbers between those that were given, and the next float32 is not', () => {
    const bound = fc.double({ min: -3e38, max: 3e38, noNaN: true }).filter(fitsFloat32);
    fc.assert(
      fc.property(bound, bound, (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const { low, high } = box({ shape: [1], low: from, high: to });
        fc.pre(low[0]! >= from && high[0]! <= to);
        expect(low[0]! - from).toBeLessThanOrEqual(Math.max(2 ** -149, Math.abs(from) * 2 ** -23));
        expect(to - high[0]!).toBeLessThanOrEqual(Math.max(2 ** -149, Math.abs(to) * 2 ** -23));
      }),
    );
  });

  test.each<[string, number | number[], string]>([
    ['infinite in float32', 1e39, 'box: got high: 1e+39; expected 0, an infinity or a number of a size from 1.4e-45 to 3.4e+38, the range of float32.'],
    ['0 in float32', 1e-46, 'box: got high: 1e-46; expected 0, an infinity'],
    ['among others', [1, 1e39], 'box: got high: 1e+39 at element 1; expected 0, an infinity'],
    ['just above the largest', 3.4028235677973366e38, 'box: got high: 3.4028235677973366e+38;'],
  ])('refuses a bound that is %s', (_, high, message) => {
    expect(() => box({ shape: [2], low: -1, high })).toThrow(message);
  });

  test('says what to write for a bound that float32 does not keep', () => {
    expect(() => box({ shape: [1], low: -1e39, high: 0 })).toThrow('Write -Infinity for no bound.');
    expect(() => box({ shape: [1], low: -1e-46, high: 0 })).toThrow('Write 0 for a bound that is as good as 0.');
  });

  test.each([[[1e9]], [[100_000, 100_000]], [[2 ** 26 + 1]], [[1e300]], [[1e200, 1e200]]])('refuses the size %j before anything is made of it', (shape) => {
    expect(() => box({ shape, low: 0, high: 1 })).toThrow(InvalidOptionsError);
  });

  test('says how many numbers are too many', () => {
    expect(() => box({ shape: [1e9], low: 0, high: 1 })).toThrow(
      'box: got the shape [1000000000], which is 1000000000 numbers; expected at most 67108864 numbers (2^26). Give the size of each axis, not a bound;',
    );
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
  });

  test('refuses options that it does not know', () => {
    expect(() => box({ shape: [1], low: 0, high: 255, dytpe: 'uint8' } as never)).toThrow(
      'box: got the unknown option "dytpe"; expected one of: shape, low, high, dtype. Did you mean "dtype"?',
    );
    expect(() => box(undefined as never)).toThrow('box: got undefined; expected an options object.');
  });
});
