import { describeValue, InvalidFileError, isFloat32Array, isFloat64Array, type RngState } from '@pg/core';
import type { NamedTensor } from '@pg/nn';
import type { Tensor, TensorArray } from '@pg/policies';
import * as z from 'zod/mini';
import { EpisodeStatistics, type EpisodeStatisticsState } from '../rollouts/episode-statistics.js';
import type { Shards } from '../shards/shards.js';
import type { Run } from '../training/run.js';
import type { Tally } from '../training/tally.js';
import type { TrainingLoop } from '../training/training-loop.js';
import { type Checkpoint, encodeCheckpoint } from './checkpoint-file.js';
import { decodePlainData } from './decode-plain-data.js';
import { encodePlainData } from './encode-plain-data.js';
import { showPath } from './plain-data.js';
import { count, rngState } from './state-schemas.js';

/** Everything of a learner that changes. */
export interface LearnerParts {
  readonly run: Run;
  readonly shards: Pick<Shards, 'save' | 'restore'>;
  readonly tally: Tally;
  /** Knows the steps that it was asked for. */
  readonly loop: Pick<TrainingLoop<never>, 'reached'>;
}

/** What a checkpoint holds beside the network's numbers and the states of the shards. */
interface LearnerState extends EpisodeStatisticsState {
  readonly step: number;
  readonly updates: number;
  readonly reached: number;
  readonly optimizerSteps: number;
  /** The random stream of the policy. */
  readonly policy: RngState;
}

/**
 * A learner as one file, to go on from as if nothing had happened.
 *
 * @throws InvalidOptionsError when the environment's state is not plain data
 */
export function saveLearner(parts: LearnerParts): Uint8Array<ArrayBuffer> {
  const { run } = parts;
  const shards = parts.shards.save();
  const state = encodePlainData(stateOf(parts), 'state', (got) => new Error(got));
  const networks = networkTensors(run).flatMap(([group, tensors]) => tensors.map((tensor) => ({ ...tensor, name: `${group}.${tensor.name}` })));
  const jsons = shards.map((shard) => ({ state: shard.state.json, snapshot: shard.snapshot.json }));
  const document = { seed: run.seed, run: run.description, state: state.json, shards: jsons };
  return encodeCheckpoint(document, [...networks, ...state.tensors, ...shards.flatMap((shard) => [...shard.state.tensors, ...shard.snapshot.tensors])]);
}

/**
 * Makes a new learner what a checkpoint was taken from.
 *
 * @throws InvalidFileError when the checkpoint does not hold together; the learner is then of no use
 */
export function restoreLearner(parts: LearnerParts, { document, tensors }: Checkpoint, from: string): void {
  const { run, shards, tally, loop } = parts;
  const left = new Map(tensors.map(({ name, values }) => [name, values]));
  const refuse = (got: string) => invalid(from, got);
  if (document.shards.length !== run.settings.shards) throw refuse(`the states of ${document.shards.length} shards, not of ${run.settings.shards}`);
  const copies = networkTensors(run).flatMap(([group, own]) => own.map((tensor) => ({ tensor, values: takeTensor(group, tensor, { tensors, left, refuse }) })));
  const state = parseState(decodePlainData(document.state, left, refuse), refuse);
  const saved = document.shards.map((shard) => ({
    state: decodePlainData(shard.state, left, refuse),
    snapshot: decodePlainData(shard.snapshot, left, refuse),
  }));
  for (const name of left.keys()) throw refuse(`the tensor ${describeValue(name)}, which belongs nowhere`);

  shards.restore(saved, from);
  run.policy.rng.restore(state.policy);
  for (const { tensor, values } of copies) tensor.values.set(values);
  run.network.optimizerSteps = state.optimizerSteps;
  tally.statistics.restore(state);
  loop.reached = state.reached;
  tally.step = state.step;
  tally.updates = state.updates;
}

function stateOf({ run, tally, loop }: LearnerParts): LearnerState {
  return {
    step: tally.step,
    updates: tally.updates,
    reached: loop.reached,
    optimizerSteps: run.network.optimizerSteps,
    policy: run.policy.rng.state(),
    ...tally.statistics.state(),
  };
}

/** The network's numbers in groups: what it has learned, and what its optimiser remembers. */
function networkTensors({ network }: Run): [string, readonly NamedTensor[]][] {
  return [
    ['parameters', network.parameters],
    ['optimizer', network.optimizerState],
  ];
}

/** What a checkpoint's tensors are found in. */
export interface Found {
  readonly tensors: readonly Tensor[];
  /** Those that belong nowhere yet. */
  readonly left: Map<string, TensorArray>;
  readonly refuse: (got: string) => Error;
}

/** The numbers of a tensor that a checkpoint has to have. */
export function takeTensor(group: string, { name, shape }: NamedTensor, { tensors, left, refuse }: Found): Float32Array {
  const wanted = `${group}.${name}`;
  const tensor = tensors.find((other) => other.name === wanted);
  if (!tensor) throw refuse(`no tensor ${wanted}`);
  left.delete(wanted);
  if (isFloat32Array(tensor.values) && tensor.shape.join() === shape.join()) return tensor.values;
  throw refuse(`${tensor.values.constructor.name} ${wanted} of shape [${tensor.shape.join(', ')}], not a Float32Array of shape [${shape.join(', ')}]`);
}

const own = new EpisodeStatistics().state();
const last = z.custom<Float64Array>((value) => isFloat64Array(value) && value.length === own.lastReturns.length);
const schema = z.strictObject({
  step: count,
  updates: count,
  reached: count,
  optimizerSteps: count,
  policy: rngState,
  episodes: count,
  lastReturns: last,
  lastLengths: last,
});

function parseState(value: unknown, refuse: (got: string) => Error): LearnerState {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refuse(`a state that is wrong at "${showPath(result.error.issues[0]!.path)}"`);
}

/** The error for a checkpoint that does not hold together. */
export function invalid(from: string, got: string): InvalidFileError {
  return new InvalidFileError({ where: from, got, expected: 'a checkpoint that holds together', remedy: 'Use a file that saveCheckpoint() wrote.' });
}
