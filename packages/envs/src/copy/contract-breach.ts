import type { ErrorDetails, InvalidOptionsError, InvalidShapeError } from '@pg/core';

/** What an author's function returned and must not, before it is known in which copy and step that was. */
export class ContractBreach extends Error {
  /** The kind of error that it becomes. */
  readonly kind: typeof InvalidOptionsError | typeof InvalidShapeError;
  /** What it says. */
  readonly details: Omit<ErrorDetails, 'where'>;

  constructor(kind: typeof InvalidOptionsError | typeof InvalidShapeError, details: Omit<ErrorDetails, 'where'>) {
    super(details.got);
    this.kind = kind;
    this.details = details;
  }
}
