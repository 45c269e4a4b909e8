import type { ErrorDetails, InvalidActionError, InvalidOptionsError, InvalidShapeError } from '@pg/core';

type Kind = typeof InvalidActionError | typeof InvalidOptionsError | typeof InvalidShapeError;

/** What an author's function returned and must not, before it is known in which copy and step that was. */
export class ContractBreach extends Error {
  /** The kind of error that it becomes. */
  readonly kind: Kind;
  /** What it says. */
  readonly details: Omit<ErrorDetails, 'where'>;

  constructor(kind: Kind, details: Omit<ErrorDetails, 'where'>) {
    super(details.got);
    this.kind = kind;
    this.details = details;
  }
}
