import { arrayName, describeThrown, InvalidFileError, InvalidOptionsError, type Rng, type RngState, type Space } from '@pg/core';
import type { VectorEnv } from '@pg/envs';
import type { NamedTensor, TrainableNetwork } from '@pg/nn';
import * as z from 'zod/mini';
import type { Collector, CollectorState } from '../rollouts/collector.js';
import type { AnyTypedArray } from './array-kinds.js';
import { type EncodedData, encodePlainData } from './encode-plain-data.js';
import { showPath } from './plain-data.js';
import { rngState } from './state-schemas.js';

/** A shard for a checkpoint, as JSON and arrays. */
export interface SavedShard {
  readonly state: EncodedData;
  readonly snapshot: EncodedData;
}

/** What changes in a shard, beside its environments. */
interface ShardState {
  /** The random streams. */
  readonly actions: RngState;
  readonly shuffle: RngState;
  /** What recurrent layers remember, by name. */
  readonly memory: Readonly<Record<string, Float32Array>>;
  readonly collector: CollectorState;
  /** The algorithm's own state, if it has one. */
  readonly algorithm?: object;
}

/** The parts of a shard that change. */
interface Parts {
  readonly index: number;
  readonly env: VectorEnv<Space, Space>;
  readonly network: TrainableNetwork;
  readonly actionRng: Rng;
  readonly shuffleRng: Rng;
  readonly collector: Collector;
  /** The algorithm's own state, if it has one. */
  readonly algorithm?: object | undefined;
}

/** @throws InvalidOptionsError when the environment's state is not plain data */
export function saveShard(parts: Parts): SavedShard {
  const { index, env } = parts;
  const name = `shards.${index}`;
  return {
    state: encodePlainData(stateOf(parts), `${name}.state`, (got) => new Error(got)),
    snapshot: encodePlainData(env.snapshot().data, `${name}.snapshot`, (got) => notPlain(env.id, got)),
  };
}

/**
 * Makes a new shard what a saved one was, of which `saved` has the state and the snapshot as plain data again.
 *
 * @throws InvalidFileError when they are not of such a shard
 */
export function restoreShard(parts: Parts, saved: unknown, from: string): void {
  const { index, env, network, actionRng, shuffleRng, collector, algorithm } = parts;
  const { state: found, snapshot } = { ...(saved as { state?: unknown; snapshot?: unknown }) };
  const state = parseState(found, parts, (path) => invalidState(from, [`shards.${index}.state`, ...path]));
  try {
    env.restore({ id: env.id, numEnvs: env.numEnvs, data: snapshot });
  } catch (cause) {
    throw notTaken(from, env.id, cause);
  }
  actionRng.restore(state.actions);
  shuffleRng.restore(state.shuffle);
  for (const { name, values } of network.initialState) values.set(state.memory[name]!);
  collector.restore(state.collector);
  if (algorithm) Object.assign(algorithm, state.algorithm);
}

function stateOf({ network, actionRng, shuffleRng, collector, algorithm }: Parts): ShardState {
  // brings what a recurrent network remembers to its initial state
  const collected = collector.state();
  return {
    actions: actionRng.state(),
    shuffle: shuffleRng.state(),
    memory: Object.fromEntries(network.initialState.map(({ name, values }) => [name, values.slice()])),
    collector: collected,
    ...(algorithm && { algorithm }),
  };
}

/** An array of the same kind and length. */
function like<TArray extends AnyTypedArray>(array: TArray) {
  return z.custom<TArray>((value) => arrayName(value) === arrayName(array) && (value as TArray).length === array.length);
}

/** Whether a state of an algorithm has the fields of another. */
function isLike(value: unknown, state: object): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).sort().join() === Object.keys(state).sort().join();
}

/** The state of a shard of the same form as this one. */
function parseState(value: unknown, { network, collector, algorithm }: Parts, refuse: (path: readonly PropertyKey[]) => Error): ShardState {
  const own = collector.state();
  const memory = (tensors: readonly NamedTensor[]) => z.strictObject(Object.fromEntries(tensors.map(({ name, values }) => [name, like(values)])));
  const schema = z.strictObject({
    actions: rngState,
    shuffle: rngState,
    memory: memory(network.initialState),
    collector: z.strictObject({
      started: z.boolean(),
      runningReturns: like(own.runningReturns),
      runningLengths: like(own.runningLengths),
      remaining: like(own.remaining),
      obs: like(own.obs),
      episodeStarts: like(own.episodeStarts),
    }),
    ...(algorithm && { algorithm: z.custom<object>((value) => isLike(value, algorithm)) }),
  });
  const result = schema.safeParse(value);
  if (result.success) return result.data as ShardState;
  throw refuse(result.error.issues[0]!.path);
}

function invalidState(from: string, path: readonly PropertyKey[]): InvalidFileError {
  return new InvalidFileError({
    where: from,
    got: `a state that is wrong at "${showPath(path)}"`,
    expected: 'a checkpoint that holds together',
    remedy: 'Use a file that saveCheckpoint() wrote.',
  });
}

/** A snapshot's form is known to the environment alone, which may have changed since. */
function notTaken(from: string, id: string, cause: unknown): InvalidFileError {
  const reason = describeThrown(cause);
  return new InvalidFileError({
    where: from,
    got: `a snapshot that ${id} does not take (${reason})`,
    expected: 'one of the environment as it is now',
    remedy: 'Load it with the environment that it was saved with.',
    cause,
  });
}

function notPlain(id: string, got: string): InvalidOptionsError {
  return new InvalidOptionsError({
    where: 'learner.toCheckpoint',
    got: `${got} in the snapshot of ${id}`,
    expected: 'plain data: numbers, strings, booleans, lists, objects without a class, typed arrays',
    remedy: "Keep the environment's state as plain data, or give it snapshot() and restore() that make plain data of it.",
  });
}
