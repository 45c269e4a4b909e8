/** What an error says: where it arose, what was got, what was expected and how to mend it. */
export interface ErrorDetails {
  /** The function or setting that refused, for example `cartPole.step`. */
  readonly where: string;
  /** What was received, in words or as a short literal. */
  readonly got: string;
  /** What would have been accepted. */
  readonly expected: string;
  /** What the caller can do about it. */
  readonly remedy: string;
  /** The error that led to this one, if any. */
  readonly cause?: unknown;
}

const marker = Symbol.for('@pg/error');

/**
 * Base of every error that this SDK throws on purpose.
 *
 * `code` is stable across releases; match on it (or use the subclass's `isInstance`) instead of the message.
 * `isInstance` also recognises errors made by another copy of the package or in another realm, where `instanceof` does not.
 */
export class PgError extends Error {
  /** Stable, machine-readable kind, for example `invalid-action`. */
  readonly code: string;
  /** Where the error arose. */
  readonly where: string;
  /** What was received. */
  readonly got: string;
  /** What would have been accepted. */
  readonly expected: string;
  /** What to do about it. */
  readonly remedy: string;

  /** The name is given as a string: that of the class does not outlive a bundler. */
  constructor(name: string, code: string, details: ErrorDetails) {
    const { where, got, expected, remedy, cause } = details;
    super(`${where}: got ${got}; expected ${expected}. ${remedy}`, cause === undefined ? undefined : { cause });
    this.name = name;
    this.code = code;
    this.where = where;
    this.got = got;
    this.expected = expected;
    this.remedy = remedy;
    Object.defineProperty(this, marker, { value: true });
  }

  /** Whether `value` is an error of this SDK, of any kind. */
  static isInstance(value: unknown): value is PgError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}

/** Whether `value` is an error of this SDK with the given code, from this or another copy of the package. */
export function hasCode(value: unknown, code: string): boolean {
  return PgError.isInstance(value) && value.code === code;
}
