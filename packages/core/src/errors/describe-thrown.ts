import { describeValue } from './describe.js';

/**
 * The message of an error, or a short literal of anything else that was thrown. Errors of other realms count as errors, and
 * a getter that throws is passed over: this function never throws.
 */
export function describeThrown(thrown: unknown): string {
  return isErrorLike(thrown) ? textOf(thrown, 'message') : describeValue(thrown);
}

/** The same with the name of an error in front: `RangeError "the pump is dry"`. Never throws. */
export function describeThrownWithName(thrown: unknown): string {
  return isErrorLike(thrown) ? `${textOf(thrown, 'name')} "${textOf(thrown, 'message')}"` : describeValue(thrown);
}

/** Whether something has the properties of an error, of whatever realm. Never throws. */
export function isErrorLike(value: unknown): value is Error {
  try {
    return value instanceof Error || (typeof value === 'object' && value !== null && 'message' in value && 'stack' in value);
  } catch {
    return false;
  }
}

/** A property of any object; undefined where reading it throws. */
export function readSafely(owner: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(owner, key);
  } catch {
    return undefined;
  }
}

function textOf(error: Error, key: 'name' | 'message'): string {
  const value = readSafely(error, key);
  if (typeof value === 'string') return value;
  return key === 'name' ? 'Error' : describeValue(value);
}
