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
  });
});
