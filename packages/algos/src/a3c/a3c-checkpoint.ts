import { describeValue, isFloat64Array, type RngState } from '@pg/core';
import * as z from 'zod/mini';
import { type Checkpoint, encodeCheckpoint } from '../checkpoints/checkpoint-file.js';
import { decodePlainData } from '../checkpoints/decode-plain-data.js';
import { encodePlainData } from '../checkpoints/encode-plain-data.js';
import { invalid, takeTensor } from '../checkpoints/learner-state.js';
import { showPath } from '../checkpoints/plain-data.js';
import { count, rngState } from '../checkpoints/state-schemas.js';
import type { TrainingLoop } from '../training/training-loop.js';
import type { Crew, WorkerRecord } from './crew.js';
import type { RunIdentity } from './identify-run.js';
import { RunStatistics, type RunStatisticsState } from './run-statistics.js';
import { stateName } from './worker-state.js';

/** What a checkpoint holds beside the shared parameters and moments, and the states of the workers. */
interface A3cState {
  readonly step: number;
  readonly reached: number;
  readonly optimizerSteps: number;
  readonly policy: RngState;
  readonly statistics: RunStatisticsState;
}

/** Everything of a learner that changes. */
export interface A3cParts {
  readonly identity: RunIdentity;
  readonly crew: Crew;
  readonly statistics: RunStatistics;
  readonly loop: Pick<TrainingLoop<never>, 'reached'>;
}

/**
 * A learner whose workers all wait, as one file. Episodes whose updates have not been given yet count.
 *
 * @throws InvalidOptionsError when an environment's state is not plain data
 */
export function saveA3c({ identity, crew, statistics, loop }: A3cParts): Uint8Array<ArrayBuffer> {
  crew.refresh();
  const { network } = crew;
  const all = new RunStatistics();
  all.restore(statistics.state());
  for (const update of crew.rest()) all.push(update);
  const state: A3cState = {
    step: crew.step,
    reached: loop.reached,
    optimizerSteps: network.optimizerSteps,
    policy: identity.policy.rng.state(),
    statistics: all.state(),
  };
  const encoded = encodePlainData(state, 'run', (got) => new Error(got));
  const records = crew.records();
  const workers = records.map(({ starts, state }) => ({ starts, steps: state?.steps ?? null }));
  const shards = records.map(({ state }) => ({ state: state?.state ?? null, snapshot: state?.snapshot ?? null }));
  const document = { seed: identity.seed, run: identity.description, state: { run: encoded.json, workers }, shards };
  const networks = networkTensors(crew).flatMap(([group, tensors]) => tensors.map((tensor) => ({ ...tensor, name: `${group}.${tensor.name}` })));
  return encodeCheckpoint(document, [...networks, ...encoded.tensors, ...records.flatMap(({ state }) => state?.tensors ?? [])]);
}

/** The workers of a checkpoint, whose states only they understand. */
export function recordsOf({ document, tensors }: Checkpoint, from: string): readonly WorkerRecord[] {
  const schema = z.strictObject({ run: z.unknown(), workers: z.array(z.strictObject({ starts: count, steps: z.nullable(count) })) });
  const result = schema.safeParse(document.state);
  if (!result.success) throw invalid(from, `a state that is wrong at "${showPath(['state', ...result.error.issues[0]!.path])}"`);
  const { workers } = result.data;
  if (workers.length !== document.shards.length) throw invalid(from, `the states of ${document.shards.length} workers, not of ${workers.length}`);
  return workers.map(({ starts, steps }, worker) => {
    const own = tensors.filter(({ name }) => name.startsWith(stateName(worker)));
    return { starts, state: steps === null ? undefined : { ...document.shards[worker]!, steps, tensors: own } };
  });
}

/**
 * Makes a new learner, whose workers have got their states, what a checkpoint was taken from.
 *
 * @throws InvalidFileError when the checkpoint does not hold together; the learner is then of no use
 */
export function restoreA3c({ identity, crew, statistics, loop }: A3cParts, { document, tensors }: Checkpoint, from: string): void {
  const left = new Map(tensors.filter(({ name }) => !name.startsWith('shards.')).map(({ name, values }) => [name, values]));
  const refuse = (got: string) => invalid(from, got);
  const copies = networkTensors(crew).flatMap(([group, own]) =>
    own.map((tensor) => ({ tensor, values: takeTensor(group, tensor, { tensors, left, refuse }) })),
  );
  const { lastReturns } = statistics.state();
  const last = z.custom<Float64Array>((value) => isFloat64Array(value) && value.length === lastReturns.length);
  const schema = z.strictObject({
    step: count,
    reached: count,
    optimizerSteps: count,
    policy: rngState,
    statistics: z.strictObject({
      episodes: count,
      lastReturns: last,
      lastLengths: last,
      runningReturn: z.union([z.number(), z.nan()]),
    }),
  });
  const result = schema.safeParse(decodePlainData((document.state as { run: unknown }).run, left, refuse));
  if (!result.success) throw refuse(`a state that is wrong at "${showPath(['state.run', ...result.error.issues[0]!.path])}"`);
  for (const name of left.keys()) throw refuse(`the tensor ${describeValue(name)}, which belongs nowhere`);
  const state = result.data;
  for (const { tensor, values } of copies) tensor.values.set(values);
  crew.network.optimizerSteps = state.optimizerSteps;
  crew.restore(state.step);
  identity.policy.rng.restore(state.policy);
  statistics.restore(state.statistics);
  loop.reached = state.reached;
}

function networkTensors({ network }: Crew) {
  return [
    ['parameters', network.parameters],
    ['optimizer', network.optimizerState],
  ] as const;
}
