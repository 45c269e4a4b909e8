import { InvalidOptionsError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { toJson } from './to-json.js';

describe('toJson', () => {
  test('writes typed arrays as lists, and describes functions and big integers', () => {
    function linear() {}
    const value = { sizes: new Float32Array([1, 0.5]), learningRate: linear, big: 12n, nothing: Number.NaN };
    expect(JSON.parse(toJson('test', value))).toEqual({ sizes: [1, 0.5], learningRate: 'the function linear', big: '12n', nothing: null });
  });

  test('refuses a value that contains itself', () => {
    const value: Record<string, unknown> = {};
    value.self = value;
    expect(() => toJson('test', value)).toThrow(InvalidOptionsError);
    expect(() => toJson('test', value)).toThrow('test: got a value that contains itself;');
    const shared = { a: 1 };
    expect(JSON.parse(toJson('test', { first: shared, second: [shared, shared] }))).toEqual({ first: shared, second: [shared, shared] });
  });

  test('says why a value cannot be read', () => {
    const throwing = {
      get rate() {
        throw new RangeError('not yet');
      },
    };
    expect(() => toJson('test', throwing)).toThrow('test: got a value that cannot be read (not yet);');
    expect(() => toJson('test', { toJSON: () => `${Symbol('no') as never}` })).toThrow('got a value that cannot be read (Cannot convert');
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(() => toJson('test', deep)).toThrow('got a value with 400 levels of objects within each other;');
  });
});
