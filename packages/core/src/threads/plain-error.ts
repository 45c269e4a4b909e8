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
  /** Its cause, if that is an error. */
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

/** What can be said of anything that was thrown. */
export function plainError(thrown: unknown): PlainError {
  if (!isError(thrown)) return { name: 'Error', message: describeValue(thrown), stack: undefined, code: undefined, details: undefined, cause: undefined };
  const { name, message, stack, cause } = thrown;
  const { code } = thrown as { code?: unknown };
  const details = PgError.isInstance(thrown) ? { where: thrown.where, got: thrown.got, expected: thrown.expected, remedy: thrown.remedy } : undefined;
  return {
    name: String(name),
    message: String(message),
    stack,
    code: typeof code === 'string' ? code : undefined,
    details,
    cause: cause === undefined ? undefined : plainError(cause),
  };
}

/** The error again: of the same kind if it is one of ours, with the stack that it had on its thread. */
export function reviveError({ name, message, stack, code, details, cause }: PlainError): Error {
  const revivedCause = cause === undefined ? undefined : reviveError(cause);
  const Kind = details === undefined ? undefined : kinds.find((kind) => kind.code === code);
  const error = Kind === undefined ? new Error(message, { cause: revivedCause }) : new Kind({ ...details!, cause: revivedCause });
  if (Kind === undefined) Object.assign(error, { name, ...(code === undefined ? {} : { code }) });
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** Errors of other realms included, which `instanceof` does not know. */
function isError(value: unknown): value is Error {
  return value instanceof Error || (typeof value === 'object' && value !== null && 'message' in value && 'stack' in value);
}
