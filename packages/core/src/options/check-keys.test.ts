import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { checkKeys } from './check-keys.js';
import { parseOptions } from './parse-options.js';

const schema = z.strictObject({ low: z.optional(z.number()), high: z.optional(z.number()) });
const message = (check: () => unknown): string => {
  try {
    check();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('checkKeys', () => {
  test.each<[string, unknown, string]>([
    ['a misspelt option', { hihg: 1 }, 'rescale: got the unknown option "hihg"; expected one of: low, high. Did you mean "high"?'],
    ['an option of nothing here', { colour: 1 }, 'rescale: got the unknown option "colour"; expected one of: low, high. Remove "colour".'],
    ['a number', 2, 'rescale: got 2; expected an options object. Pass an object with some of: low, high.'],
    ['null', null, 'rescale: got null; expected an options object. Pass an object with some of: low, high.'],
    ['a list', [0, 1], 'rescale: got [0, 1]; expected an options object. Pass an object with some of: low, high.'],
  ])('says what parseOptions says of %s', (_, options, expected) => {
    expect(message(() => checkKeys('rescale', options, ['low', 'high']))).toBe(expected);
    expect(message(() => parseOptions('rescale', schema, options))).toBe(expected);
  });

  test('known ones may be there, be left out, or be undefined', () => {
    expect(message(() => checkKeys('rescale', { low: undefined }, ['low', 'high']))).toBe('');
    expect(message(() => checkKeys('rescale', {}, ['low', 'high']))).toBe('');
  });
});
