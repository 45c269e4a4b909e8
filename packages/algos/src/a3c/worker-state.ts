import type { RngState } from '@pg/core';
import type { TensorArray } from '@pg/policies';
import * as z from 'zod/mini';
import { decodePlainData } from '../checkpoints/decode-plain-data.js';
import { type EncodedData, encodePlainData } from '../checkpoints/encode-plain-data.js';
import { collectorSchema, count, invalid, like, notPlain, restoreEnv, rngState } from '../checkpoints/learner-state.js';
import { showPath } from '../checkpoints/plain-data.js';
import type { CollectorState } from '../rollouts/collector.js';
import type { A3cWorker } from './a3c-worker.js';

/** What a worker goes on from, beside the parameters. */
interface WorkerState {
  /** Environment steps that it has made. */
  readonly steps: number;
  readonly actions: RngState;
  readonly collector: CollectorState;
  /** What a recurrent policy remembers. */
  readonly memory: readonly Float32Array[];
  /** The environments'. */
  readonly snapshot: unknown;
}

/** The name that the tensors of a worker's state begin with. */
export const stateName = (worker: number): string => `workers.${worker}`;

/**
 * What a worker goes on from, as JSON and arrays; between two updates.
 *
 * @throws InvalidOptionsError when the environment's state is not plain data
 */
export function saveWorker(worker: A3cWorker): EncodedData {
  const { env, network, actionRng, worker: number } = worker.parts;
  // brings what a recurrent network remembers into its initial state
  const collector = worker.collector.state();
  const memory = network.initialState.map(({ values }) => values.slice());
  const state: WorkerState = { steps: worker.steps, actions: actionRng.state(), collector, memory, snapshot: env.snapshot().data };
  return encodePlainData(state, stateName(number), (got) => notPlain(env.id, got));
}

/**
 * Makes a new worker what a state was taken from.
 *
 * @throws InvalidFileError when the state is of another form
 */
export function restoreWorker(worker: A3cWorker, { json, tensors }: EncodedData, from: string): void {
  const { env, network, actionRng } = worker.parts;
  const left = new Map<string, TensorArray>(tensors.map(({ name, values }) => [name, values]));
  const refuse = (got: string) => invalid(from, got);
  const schema = z.strictObject({
    steps: count,
    actions: rngState,
    collector: collectorSchema(worker.collector),
    memory: z.array(z.custom<Float32Array>()).check(z.length(network.initialState.length)),
    snapshot: z.unknown(),
  });
  const result = schema.safeParse(decodePlainData(json, left, refuse));
  if (!result.success) throw refuse(`the state of a worker that is wrong at "${showPath(result.error.issues[0]!.path)}"`);
  const { steps, actions, collector, memory, snapshot } = result.data;
  for (const [i, { values, name }] of network.initialState.entries()) {
    if (!like(values).safeParse(memory[i]).success) throw refuse(`the state of a worker that is wrong at "memory.${name}"`);
  }
  restoreEnv({ env }, snapshot, from);
  worker.steps = steps;
  actionRng.restore(actions);
  for (const [i, { values }] of network.initialState.entries()) values.set(memory[i]!);
  worker.collector.restore(collector);
}
