import { checkKeys, describeValue, InvalidOptionsError } from '@pg/core';

/**
 * Refuses options of a layer that do not exist, a `bias` that is neither true nor false, and starting values that are no function; for
 * JavaScript callers, whom the types do not stop. Sizes are checked by the layers themselves.
 */
export function checkLayerOptions(where: string, options: object, known: readonly string[]): void {
  checkKeys(where, options, known);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (name === 'bias' && typeof value !== 'boolean') throw wrong(where, name, value, 'true or false');
    if (name.endsWith('Init') && typeof value !== 'function') throw wrong(where, name, value, 'an initialiser of @pg/nn');
  }
}

function wrong(where: string, name: string, value: unknown, expected: string): InvalidOptionsError {
  return new InvalidOptionsError({ where, got: `${name}: ${describeValue(value)}`, expected, remedy: `Change "${name}".` });
}
