import { type ErrorDetails, hasCode, PgError } from './pg-error.js';

/** An option is unknown, missing, of the wrong type or out of range. Code `invalid-options`. */
export class InvalidOptionsError extends PgError {
  /** The stable code of this kind of error. */
  static readonly code = 'invalid-options';

  constructor(details: ErrorDetails) {
    super('InvalidOptionsError', 'invalid-options', details);
  }

  /** Whether `value` is this kind of error, from this or another copy of the package. */
  static override isInstance(value: unknown): value is InvalidOptionsError {
    return hasCode(value, 'invalid-options');
  }
}

/** Arrays, spaces or layers whose sizes do not go together. Code `invalid-shape`. */
export class InvalidShapeError extends PgError {
  /** The stable code of this kind of error. */
  static readonly code = 'invalid-shape';

  constructor(details: ErrorDetails) {
    super('InvalidShapeError', 'invalid-shape', details);
  }

  /** Whether `value` is this kind of error, from this or another copy of the package. */
  static override isInstance(value: unknown): value is InvalidShapeError {
    return hasCode(value, 'invalid-shape');
  }
}

/** An action lies outside the action space. Code `invalid-action`. */
export class InvalidActionError extends PgError {
  /** The stable code of this kind of error. */
  static readonly code = 'invalid-action';

  constructor(details: ErrorDetails) {
    super('InvalidActionError', 'invalid-action', details);
  }

  /** Whether `value` is this kind of error, from this or another copy of the package. */
  static override isInstance(value: unknown): value is InvalidActionError {
    return hasCode(value, 'invalid-action');
  }
}

/** A checkpoint is of another run: another algorithm, environment, policy or layout. Code `incompatible-checkpoint`. */
export class IncompatibleCheckpointError extends PgError {
  /** The stable code of this kind of error. */
  static readonly code = 'incompatible-checkpoint';

  constructor(details: ErrorDetails) {
    super('IncompatibleCheckpointError', 'incompatible-checkpoint', details);
  }

  /** Whether `value` is this kind of error, from this or another copy of the package. */
  static override isInstance(value: unknown): value is IncompatibleCheckpointError {
    return hasCode(value, 'incompatible-checkpoint');
  }
}

/** A policy does not fit the environment or the algorithm. Code `incompatible-policy`. */
export class IncompatiblePolicyError extends PgError {
  /** The stable code of this kind of error. */
  static readonly code = 'incompatible-policy';

  constructor(details: ErrorDetails) {
    super('IncompatiblePolicyError', 'incompatible-policy', details);
  }

  /** Whether `value` is this kind of error, from this or another copy of the package. */
  static override isInstance(value: unknown): value is IncompatiblePolicyError {
    return hasCode(value, 'incompatible-policy');
  }
}

/** A NaN or an infinity where only finite numbers make sense. Code `non-finite`. */
export class NonFiniteError extends PgError {
  /** The stable code of this kind of error. */
  static readonly code = 'non-finite';

  constructor(details: ErrorDetails) {
    super('NonFiniteError', 'non-finite', details);
  }

  /** Whether `value` is this kind of error, from this or another copy of the package. */
  static override isInstance(value: unknown): value is NonFiniteError {
    return hasCode(value, 'non-finite');
  }
}

/** An environment was stepped before `reset()` or after the end of its episode. Code `reset-required`. */
export class ResetRequiredError extends PgError {
  /** The stable code of this kind of error. */
  static readonly code = 'reset-required';

  constructor(details: ErrorDetails) {
    super('ResetRequiredError', 'reset-required', details);
  }

  /** Whether `value` is this kind of error, from this or another copy of the package. */
  static override isInstance(value: unknown): value is ResetRequiredError {
    return hasCode(value, 'reset-required');
  }
}

/** An environment failed: it threw, hung or took its thread with it. What its author's code threw is the `cause`. Code `environment`. */
export class EnvironmentError extends PgError {
  /** The stable code of this kind of error. */
  static readonly code = 'environment';

  constructor(details: ErrorDetails) {
    super('EnvironmentError', 'environment', details);
  }

  /** Whether `value` is this kind of error, from this or another copy of the package. */
  static override isInstance(value: unknown): value is EnvironmentError {
    return hasCode(value, 'environment');
  }
}

/** Something was used after `dispose()` or `close()`. Code `disposed`. */
export class DisposedError extends PgError {
  /** The stable code of this kind of error. */
  static readonly code = 'disposed';

  constructor(details: ErrorDetails) {
    super('DisposedError', 'disposed', details);
  }

  /** Whether `value` is this kind of error, from this or another copy of the package. */
  static override isInstance(value: unknown): value is DisposedError {
    return hasCode(value, 'disposed');
  }
}

/** Something that does one thing at a time was asked for a second one. Code `busy`. */
export class BusyError extends PgError {
  /** The stable code of this kind of error. */
  static readonly code = 'busy';

  constructor(details: ErrorDetails) {
    super('BusyError', 'busy', details);
  }

  /** Whether `value` is this kind of error, from this or another copy of the package. */
  static override isInstance(value: unknown): value is BusyError {
    return hasCode(value, 'busy');
  }
}

/** A file is corrupt, or of a foreign format or version. Code `invalid-file`. */
export class InvalidFileError extends PgError {
  /** The stable code of this kind of error. */
  static readonly code = 'invalid-file';

  constructor(details: ErrorDetails) {
    super('InvalidFileError', 'invalid-file', details);
  }

  /** Whether `value` is this kind of error, from this or another copy of the package. */
  static override isInstance(value: unknown): value is InvalidFileError {
    return hasCode(value, 'invalid-file');
  }
}

/** The runtime lacks something that the call needs, such as a file system. Code `unavailable`. */
export class UnavailableError extends PgError {
  /** The stable code of this kind of error. */
  static readonly code = 'unavailable';

  constructor(details: ErrorDetails) {
    super('UnavailableError', 'unavailable', details);
  }

  /** Whether `value` is this kind of error, from this or another copy of the package. */
  static override isInstance(value: unknown): value is UnavailableError {
    return hasCode(value, 'unavailable');
  }
}
