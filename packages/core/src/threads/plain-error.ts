import {
  BusyError,
  DisposedError,
  describeValue,
  EnvironmentError,
  type ErrorDetails,
  IncompatibleCheckpointError,
  IncompatiblePolicyError,
  InvalidActionError,
  InvalidFileError,
  InvalidOptionsError,
  InvalidShapeError,
  NonFiniteError,
  PgError,
  ResetRequiredError,
  UnavailableError,
} from '@pg/core';
import { describeThrown, isErrorLike, readSafely } from '../errors/describe-thrown.js';
import { THREAD_URL } from './threads-source.js';

/** An error as plain data, which goes from thread to thread whole. */
export interface PlainError {
  /** Its class. */
  readonly name: string;
  /** Its message. */
  readonly message: string;
  /** Where it was thrown. */
  readonly stack: string | undefined;
  /** Its `code`, Node's or ours. */
  readonly code: string | undefined;
  /** What it says, if it is an error of this SDK. */
  readonly details: ErrorDetails | undefined;
  /** Its cause, which may be an error that it is itself a cause of. */
  readonly cause: PlainError | undefined;
}

const kinds = [
  BusyError,
  DisposedError,
  EnvironmentError,
  IncompatibleCheckpointError,
  IncompatiblePolicyError,
  InvalidActionError,
  InvalidFileError,
  InvalidOptionsError,
  InvalidShapeError,
  NonFiniteError,
  ResetRequiredError,
  UnavailableError,
];

/** Causes further down a chain than this are left out. */
const MOST_CAUSES = 100;

/**
 * Anything that was thrown, as plain data. A chain of causes that leads back into itself stays the same circle, and a getter
 * that throws is passed over: this function never throws.
 */
export function plainError(thrown: unknown): PlainError {
  const seen = new Map<unknown, Writable>();
  const first = withoutCause(thrown);
  let [error, plain] = [thrown, first];
  for (let causes = 0; causes < MOST_CAUSES; causes++) {
    seen.set(error, plain);
    const cause = isErrorLike(error) ? readSafely(error, 'cause') : undefined;
    if (cause === undefined) break;
    const known = seen.get(cause);
    plain.cause = known ?? withoutCause(cause);
    if (known) break;
    [error, plain] = [cause, plain.cause];
  }
  return first;
}

/** The error again: of the same kind if it is one of ours, with the stack that it had on its thread. */
export function reviveError(plain: PlainError): Error {
  const seen = new Map<PlainError, Error>();
  const first = reviveWithoutCause(plain);
  let [from, error] = [plain, first];
  for (;;) {
    seen.set(from, error);
    if (from.cause === undefined) return first;
    const known = seen.get(from.cause);
    const cause = known ?? reviveWithoutCause(from.cause);
    Object.defineProperty(error, 'cause', { value: cause, enumerable: false, writable: true, configurable: true });
    if (known) return first;
    [from, error] = [from.cause, cause];
  }
}

type Writable = { -readonly [K in keyof PlainError]: PlainError[K] };

function withoutCause(thrown: unknown): Writable {
  if (!isErrorLike(thrown)) return { name: 'Error', message: describeValue(thrown), stack: undefined, code: undefined, details: undefined, cause: undefined };
  const text = (key: string) => {
    const value = readSafely(thrown, key);
    return typeof value === 'string' ? value : undefined;
  };
  const [where, got, expected, remedy] = [text('where'), text('got'), text('expected'), text('remedy')];
  const isOurs = where !== undefined && got !== undefined && expected !== undefined && remedy !== undefined && PgError.isInstance(thrown);
  return {
    name: text('name') ?? 'Error',
    message: describeThrown(thrown),
    stack: text('stack'),
    code: text('code'),
    details: isOurs ? { where, got, expected, remedy } : undefined,
    cause: undefined,
  };
}

function reviveWithoutCause({ name, message, stack, code, details }: PlainError): Error {
  const Kind = details === undefined ? undefined : kinds.find((kind) => kind.code === code);
  const error = Kind === undefined ? new Error(message) : new Kind(details!);
  if (Kind === undefined) Object.assign(error, { name, ...(code === undefined ? {} : { code }) });
  // the thread's own program is a long address
  if (stack !== undefined) error.stack = stack.replaceAll(THREAD_URL, 'thread');
  return error;
}
