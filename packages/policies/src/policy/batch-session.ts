import { describeValue, InvalidShapeError } from '@pg/core';
import { copyTensors } from '@pg/nn';
import type { ActBatchOptions } from './act-options.js';
import type { PolicyNow } from './batch-actor.js';
import { NetworkRows, type RowsParts } from './network-rows.js';
import { copyActions, createActions } from './to-actions.js';

/** Acts in N environments step after step, with a memory for each. */
export class BatchSession {
  readonly numEnvs: number;
  readonly #parts: RowsParts;
  readonly #rows: NetworkRows;
  /** `[N]`: 1 where the next observation is an episode's first. */
  readonly #first: Uint8Array;

  constructor(parts: RowsParts, numEnvs: number) {
    this.numEnvs = numEnvs;
    this.#parts = parts;
    this.#rows = new NetworkRows(parts, numEnvs);
    this.#first = new Uint8Array(numEnvs).fill(1);
  }

  /** What `session.act` does. */
  act(observations: ArrayLike<number>, { greedy, masks }: ActBatchOptions, { parameters, scaling, rng }: PolicyNow): Int32Array | Float32Array {
    const { numEnvs: count } = this;
    const { network } = this.#rows;
    const { actionSpace } = this.#parts;
    copyTensors(parameters, network.parameters);
    if (network.episodeStarts.length > 0) network.episodeStarts.set(this.#first);
    const distribution = this.#rows.forward('session.act', { obs: observations, count, masks, scaling });
    if (greedy) distribution.mode(0, count);
    else distribution.sample(0, count, rng);
    network.carryState(0);
    this.#first.fill(0);
    const actions = createActions(actionSpace, count);
    copyActions(actionSpace, distribution.actions, { into: actions, first: 0, count });
    return actions;
  }

  /** What `session.reset` does. */
  reset(where?: ArrayLike<boolean | number>): void {
    if (where === undefined) {
      this.#first.fill(1);
      return;
    }
    if (!areFlags(where, this.numEnvs)) {
      throw new InvalidShapeError({
        where: 'session.reset',
        got: describeValue(where),
        expected: `an entry for each of ${this.numEnvs} environments`,
        remedy: 'Pass 1 where an episode begins, or nothing for all of them.',
      });
    }
    for (let n = 0; n < this.numEnvs; n++) if (where[n]) this.#first[n] = 1;
  }

  /** Gives the memory back. */
  dispose(): void {
    this.#rows.network.dispose();
  }
}

function areFlags(value: ArrayLike<unknown>, length: number): boolean {
  if (ArrayBuffer.isView(value)) return (value as unknown as Uint8Array).length === length;
  return Array.isArray(value) && value.length === length && value.every((flag) => typeof flag === 'boolean' || typeof flag === 'number');
}
