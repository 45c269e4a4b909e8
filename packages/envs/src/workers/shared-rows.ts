import { allocateShared, type DtypeArray, elementSize, type Space } from '@pg/core';
import { actionMasksOf } from '../env/action-mask.js';
import { type EndedEpisodes, lastEpisodesOf } from '../env/ended-episode.js';
import type { EnvSpec } from '../env/env.js';
import type { VectorStep } from '../vector/vector-env.js';

/** What the threads read and write at every step, an entry for each of the N copies, in memory that they share. */
export interface SharedRows extends VectorStep<DtypeArray> {
  /** `[N]` choices, or `[N, action size]` numbers. */
  readonly actions: Int32Array | Float32Array;
  /** The last episode of each copy, where they are kept. */
  readonly lastEpisodes: EndedEpisodes | undefined;
  /** `[N, n]`: which actions each copy allows next, where the environment says so. */
  readonly actionMasks: Uint8Array | undefined;
}

/** Zeroed rows for all copies of a vectorised specification. */
export function createSharedRows(spec: EnvSpec<Space, Space, boolean>): SharedRows {
  const { id, observationSpace, actionSpace, numEnvs, '~source': source } = spec;
  const bytes = observationSpace.kind === 'box' && observationSpace.dtype === 'uint8';
  const shared = (bytes: number) => allocateShared(bytes, `the rows of ${numEnvs} copies of ${id}`);
  const obsSize = numEnvs * elementSize(observationSpace);
  const elements = () => (bytes ? new Uint8Array(shared(obsSize)) : new Float32Array(shared(4 * obsSize)));
  const actions = shared(4 * numEnvs * elementSize(actionSpace));
  return {
    actions: actionSpace.kind === 'discrete' ? new Int32Array(actions) : new Float32Array(actions),
    obs: elements(),
    rewards: new Float32Array(shared(4 * numEnvs)),
    terminated: new Uint8Array(shared(numEnvs)),
    truncated: new Uint8Array(shared(numEnvs)),
    finalObs: elements(),
    lastEpisodes: lastEpisodesOf(source, numEnvs, () => new Float64Array(shared(8 * numEnvs))),
    actionMasks: actionMasksOf(spec, (length) => new Uint8Array(shared(length))),
  };
}

/** The rows of `count` copies from `first` on: views of the same memory. */
export function rowsOf(rows: SharedRows, numEnvs: number, { first, count }: { readonly first: number; readonly count: number }): SharedRows {
  const part = <TArray extends DtypeArray | Int32Array | Float64Array>(array: TArray) => {
    const size = array.length / numEnvs;
    return array.subarray(first * size, (first + count) * size) as TArray;
  };
  const { lastEpisodes, actionMasks } = rows;
  return {
    actions: part(rows.actions),
    obs: part(rows.obs),
    rewards: part(rows.rewards),
    terminated: part(rows.terminated),
    truncated: part(rows.truncated),
    finalObs: part(rows.finalObs),
    lastEpisodes: lastEpisodes && {
      returns: part(lastEpisodes.returns),
      lengths: part(lastEpisodes.lengths),
      steps: part(lastEpisodes.steps),
      episodes: part(lastEpisodes.episodes),
    },
    actionMasks: actionMasks && part(actionMasks),
  };
}
