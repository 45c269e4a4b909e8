import type { Rng } from '@pg/core';
import type { Tensor, TensorArray } from '@pg/policies';
import { decodePlainData } from '../checkpoints/decode-plain-data.js';
import { invalid } from '../checkpoints/learner-state.js';
import { restoreShard, saveShard } from '../checkpoints/shard-state.js';
import type { A3cWorker } from './a3c-worker.js';

/** What a worker goes on from, beside the parameters: plain data, to be posted and written down. */
export interface WorkerState {
  /** Environment steps that it has made. */
  readonly steps: number;
  readonly state: unknown;
  /** Its environments'. */
  readonly snapshot: unknown;
  /** The arrays of both. */
  readonly tensors: readonly Tensor[];
}

/** The name that the tensors of a worker's state begin with. */
export const stateName = (worker: number): string => `shards.${worker}.`;

/**
 * What a worker goes on from; between two updates.
 *
 * @throws InvalidOptionsError when the environment's state is not plain data
 */
export function saveWorker(worker: A3cWorker): WorkerState {
  const { state, snapshot } = saveShard(partsOf(worker));
  return { steps: worker.steps, state: state.json, snapshot: snapshot.json, tensors: [...state.tensors, ...snapshot.tensors] };
}

/**
 * Makes a new worker what a state was taken from.
 *
 * @throws InvalidFileError when the state is of another form
 */
export function restoreWorker(worker: A3cWorker, { steps, state, snapshot, tensors }: WorkerState, from: string): void {
  const left = new Map<string, TensorArray>(tensors.map(({ name, values }) => [name, values]));
  const refuse = (got: string) => invalid(from, got);
  restoreShard(partsOf(worker), { state: decodePlainData(state, left, refuse), snapshot: decodePlainData(snapshot, left, refuse) }, from);
  worker.steps = steps;
}

/** Nothing is shuffled: that stream stands where it began. */
function partsOf({ parts, collector }: A3cWorker) {
  const { worker: index, env, network, actionRng } = parts;
  const shuffleRng: Rng = actionRng.stream('shuffle');
  return { index, env, network, actionRng, shuffleRng, collector };
}
