import { arrayName, describeThrown, describeValue, InvalidOptionsError } from '@pg/core';

/**
 * A value as indented JSON for people to read. Typed arrays are lists, functions and big integers their short description;
 * NaN and infinities are null, as JSON has it.
 *
 * @throws InvalidOptionsError for a value that contains itself, nests too deep, or throws while it is read
 */
export function toJson(where: string, value: unknown): string {
  try {
    return `${JSON.stringify(value, plainValues(), 2)}\n`;
  } catch (cause) {
    throw new InvalidOptionsError({
      where,
      got: cause instanceof Unreadable ? cause.message : `a value that cannot be read (${describeThrown(cause)})`,
      expected: 'plain values: numbers, strings, booleans, lists and objects of them',
      remedy: 'Pass the settings that made the object instead of the object.',
      cause,
    });
  }
}

/** Objects within each other go no deeper, so that no runtime's stack ends first. */
const DEEPEST = 400;

class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** A replacer for one call of `JSON.stringify`, which calls it with the object that holds the value. */
function plainValues(): (this: unknown, key: string, value: unknown) => unknown {
  const around: unknown[] = [];
  return function plain(_, value) {
    while (around.length > 0 && around.at(-1) !== this) around.pop();
    const made = toPlain(value);
    if (typeof made !== 'object' || made === null) return made;
    if (around.includes(made)) throw new Unreadable('a value that contains itself');
    if (around.length >= DEEPEST) throw new Unreadable(`a value with ${DEEPEST} levels of objects within each other`);
    around.push(made);
    return made;
  };
}

function toPlain(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'bigint') return describeValue(value);
  if (arrayName(value) !== undefined) return Array.from(value as unknown as ArrayLike<number>);
  return value;
}
