import { InvalidOptionsError, suggest } from '@pg/core';

/** Refuses a setting that does not exist; for JavaScript callers, whom the types do not stop. */
export function checkKeys(where: string, options: object, known: readonly string[]): void {
  const key = Object.keys(options).find((name) => !known.includes(name));
  if (key === undefined) return;
  const near = suggest(key, known);
  const remedy = near === undefined ? `Remove "${key}".` : `Did you mean "${near}"?`;
  throw new InvalidOptionsError({ where, got: `the unknown option "${key}"`, expected: `one of: ${known.join(', ')}`, remedy });
}
