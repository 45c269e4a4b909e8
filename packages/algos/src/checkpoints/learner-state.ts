import { describeValue, InvalidFileError, InvalidOptionsError, type RngState } from '@pg/core';
import type { NamedTensor } from '@pg/nn';
import type { Tensor, TensorArray } from '@pg/policies';
import * as z from 'zod/mini';
import type { Collector, CollectorState } from '../rollouts/collector.js';
import type { Run } from '../training/run.js';
import type { Counters, TrainingLoop } from '../training/training-loop.js';
import type { AnyTypedArray } from './array-kinds.js';
import { type Checkpoint, encodeCheckpoint } from './checkpoint-file.js';
import { decodePlainData } from './decode-plain-data.js';
import { encodePlainData } from './encode-plain-data.js';
import { showPath } from './plain-data.js';

/** Everything of a learner that changes. */
export interface LearnerParts {
  readonly run: Run;
  readonly collector: Collector;
  readonly counters: Counters;
  /** Knows the steps that it was asked for. */
  readonly loop: Pick<TrainingLoop<never>, 'reached'>;
}

/** What a checkpoint holds beside the network's numbers and the environment's snapshot. */
interface LearnerState extends Counters {
  readonly reached: number;
  readonly optimizerSteps: number;
  /** The random streams. */
  readonly actions: RngState;
  readonly shuffle: RngState;
  readonly policy: RngState;
  readonly collector: CollectorState;
}

const where = 'learner.toCheckpoint';

/**
 * A learner as one file, to go on from as if nothing had happened.
 *
 * @throws InvalidOptionsError when the environment's state is not plain data
 */
export function saveLearner(parts: LearnerParts): Uint8Array {
  const { run } = parts;
  const state = encodePlainData(stateOf(parts), 'state', (got) => new Error(got));
  const snapshot = encodePlainData(run.env.snapshot().data, 'snapshot', (got) => notPlain(run.env.id, got));
  const networks = networkTensors(run).flatMap(([group, tensors]) => tensors.map((tensor) => ({ ...tensor, name: `${group}.${tensor.name}` })));
  const document = { seed: run.seed, run: run.description, state: state.json, snapshot: snapshot.json };
  return encodeCheckpoint(document, [...networks, ...state.tensors, ...snapshot.tensors]);
}

/**
 * Makes a new learner what a checkpoint was taken from.
 *
 * @throws InvalidFileError when the checkpoint does not hold together; the learner is then of no use
 */
export function restoreLearner(parts: LearnerParts, { document, tensors }: Checkpoint, from: string): void {
  const { run, collector, counters, loop } = parts;
  const left = new Map(tensors.map(({ name, values }) => [name, values]));
  const refuse = (got: string) => invalid(from, got);
  const copies = networkTensors(run).flatMap(([group, own]) => own.map((tensor) => ({ tensor, values: takeTensor(group, tensor, { tensors, left, refuse }) })));
  const state = parseState(decodePlainData(document.state, left, refuse), parts, refuse);
  const data = decodePlainData(document.snapshot, left, refuse);
  for (const name of left.keys()) throw refuse(`the tensor ${describeValue(name)}, which belongs nowhere`);

  restoreEnv(run, data, from);
  run.actionRng.restore(state.actions);
  run.shuffleRng.restore(state.shuffle);
  run.policy.rng.restore(state.policy);
  for (const { tensor, values } of copies) tensor.values.set(values);
  run.network.optimizerSteps = state.optimizerSteps;
  collector.restore(state.collector);
  loop.reached = state.reached;
  counters.step = state.step;
  counters.updates = state.updates;
}

function stateOf({ run, collector, counters, loop }: LearnerParts): LearnerState {
  return {
    ...counters,
    reached: loop.reached,
    optimizerSteps: run.network.optimizerSteps,
    actions: run.actionRng.state(),
    shuffle: run.shuffleRng.state(),
    policy: run.policy.rng.state(),
    // brings what a recurrent network remembers to where `networkTensors` finds it
    collector: collector.state(),
  };
}

/** The network's numbers in groups: what it has learned, what its optimiser and what its recurrent layers remember. */
function networkTensors({ network }: Run): [string, readonly NamedTensor[]][] {
  return [
    ['parameters', network.parameters],
    ['optimizer', network.optimizerState],
    ['memory', network.initialState],
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
  if (tensor.values instanceof Float32Array && tensor.shape.join() === shape.join()) return tensor.values;
  throw refuse(`${tensor.values.constructor.name} ${wanted} of shape [${tensor.shape.join(', ')}], not a Float32Array of shape [${shape.join(', ')}]`);
}

/** A count of what has been. */
export const count = z.int().check(z.gte(0));
const words = z.array(z.int()).check(z.length(4));
/** The state of a random stream. */
export const rngState = z.strictObject({ key: words, generator: words }).check(z.refine(({ generator }) => generator.some((word) => word !== 0)));

/** An array of the same kind and length. */
export function like<TArray extends AnyTypedArray>(array: TArray) {
  return z.custom<TArray>((value) => value instanceof array.constructor && (value as TArray).length === array.length);
}

/** The state of a collector of the same form as this one. */
export function collectorSchema(collector: Collector) {
  const own = collector.state();
  return z.strictObject({
    started: z.boolean(),
    episodes: count,
    runningReturns: like(own.runningReturns),
    runningLengths: like(own.runningLengths),
    remaining: like(own.remaining),
    lastReturns: like(own.lastReturns),
    lastLengths: like(own.lastLengths),
    obs: like(own.obs),
    episodeStarts: like(own.episodeStarts),
  });
}

/** The state of a learner of the same form as this one. */
function parseState(value: unknown, { collector }: LearnerParts, refuse: (got: string) => Error): LearnerState {
  const schema = z.strictObject({
    step: count,
    updates: count,
    reached: count,
    optimizerSteps: count,
    actions: rngState,
    shuffle: rngState,
    policy: rngState,
    collector: collectorSchema(collector),
  });
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refuse(`a state that is wrong at "${showPath(result.error.issues[0]!.path)}"`);
}

/** A snapshot's form is known to the environment alone, which may have changed since. */
export function restoreEnv({ env }: Pick<Run, 'env'>, data: unknown, from: string): void {
  try {
    env.restore({ id: env.id, numEnvs: env.numEnvs, data });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : describeValue(cause);
    throw new InvalidFileError({
      where: from,
      got: `a snapshot that ${env.id} does not take (${reason})`,
      expected: 'one of the environment as it is now',
      remedy: 'Load it with the environment that it was saved with.',
      cause,
    });
  }
}

/** The error for a checkpoint that does not hold together. */
export function invalid(from: string, got: string): InvalidFileError {
  return new InvalidFileError({ where: from, got, expected: 'a checkpoint that holds together', remedy: 'Use a file that saveCheckpoint() wrote.' });
}

/** The error for an environment whose state cannot be written down. */
export function notPlain(id: string, got: string): InvalidOptionsError {
  return new InvalidOptionsError({
    where,
    got: `${got} in the snapshot of ${id}`,
    expected: 'plain data: numbers, strings, booleans, lists, objects without a class, typed arrays',
    remedy: "Keep the environment's state as plain data, or give it snapshot() and restore() that make plain data of it.",
  });
}
