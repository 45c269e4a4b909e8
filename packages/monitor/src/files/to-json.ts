import { describeValue, InvalidOptionsError } from '@pg/core';

/**
 * A value as indented JSON for people to read. Typed arrays are lists, functions and big integers their short description;
 * NaN and infinities are null, as JSON has it.
 *
 * @throws InvalidOptionsError for a value that contains itself
 */
export function toJson(where: string, value: unknown): string {
  try {
    return `${JSON.stringify(value, plain, 2)}\n`;
  } catch (cause) {
    throw new InvalidOptionsError({
      where,
      got: 'a value that contains itself',
      expected: 'plain values: numbers, strings, booleans, lists and objects of them',
      remedy: 'Pass the settings that made the object instead of the object.',
      cause,
    });
  }
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'bigint') return describeValue(value);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as unknown as ArrayLike<number>);
  return value;
}
