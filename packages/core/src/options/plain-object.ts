/**
 * Whether a value is an object as `{ … }` makes one, of this realm or another: no list, date, map or instance of a class, whose keys
 * say nothing of what it holds.
 */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
