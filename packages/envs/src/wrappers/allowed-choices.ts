import type { Space } from '@pg/core';
import type { EnvCopy } from '../env/wrapper.js';

/** Asks a copy which choices are allowed now; of an environment that does not say so, all are. */
export class AllowedChoices {
  readonly #copy: EnvCopy;
  readonly #mask: Uint8Array | undefined;

  constructor(copy: EnvCopy, { masksActions, actionSpace }: { readonly masksActions: boolean; readonly actionSpace: Space }) {
    this.#copy = copy;
    this.#mask = masksActions && actionSpace.kind === 'discrete' ? new Uint8Array(actionSpace.size) : undefined;
  }

  /** Whether an action may be taken now. Hot: no allocation. */
  has(action: number | Float32Array): boolean {
    if (this.#mask === undefined) return true;
    this.#copy.actionMask?.(this.#mask, 0);
    return this.#mask[action as number] === 1;
  }
}
