import { describe, expect, test } from 'vitest';
import { discrete } from './discrete.js';

describe('discrete', () => {
  test('is a plain value', () => {
    expect(discrete(3)).toEqual({ kind: 'discrete', size: 3 });
    expect(discrete(1)).toEqual({ kind: 'discrete', size: 1 });
  });

  test.each([0, -1, 1.5, Number.NaN, Infinity])('refuses %d choices', (size) => {
    expect(() => discrete(size)).toThrow(`discrete: got ${size}; expected a positive whole number. Give the number of choices, for example discrete(2).`);
  });

  test('refuses more choices than 32-bit integers tell apart', () => {
    expect(discrete(2 ** 31).size).toBe(2 ** 31);
    expect(() => discrete(2 ** 31 + 1)).toThrow('discrete: got 2147483649; expected at most 2^31 choices.');
    expect(() => discrete(2 ** 32 + 2)).toThrow('discrete: got 4294967298; expected at most 2^31 choices.');
  });

  test('refuses what is no number', () => {
    const untypedDiscrete = discrete as unknown as (size: unknown) => unknown;
    expect(() => untypedDiscrete('2')).toThrow('discrete: got "2"; expected a positive whole number.');
    expect(() => untypedDiscrete({ size: 2 })).toThrow('discrete: got an object with keys [size]; expected a positive whole number.');
  });
});
