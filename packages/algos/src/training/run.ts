import { IncompatiblePolicyError, isUint8Array, type ObservationScaling, type OptionSchema, Rng, type Space } from '@pg/core';
import { type EnvSpec, withoutNormalization } from '@pg/envs';
import { copyTensors, type Engine, initialParameters, type Optimizer, type SharedMemory, type TrainableNetwork, wasmEngine } from '@pg/nn';
import { Policy, type PolicyModel, type PolicySpec } from '@pg/policies';
import type { Composition } from '../builder/algorithm-builder.js';
import type { AnyEnv, AnyPolicy } from '../builder/fits.js';
import type { RunDescription } from '../checkpoints/checkpoint-document.js';
import { type Checkpoint, decodeCheckpoint } from '../checkpoints/checkpoint-file.js';
import { describeRun, requireSameRun } from '../checkpoints/describe-run.js';
import { maskable } from '../rollouts/maskable.js';
import { compileFor, compileLearner, memoryFor, memoryIfAvailable, type NetworkParts } from '../shards/compile-shard.js';
import { requirePossibleWorkers } from '../workers/require-workers.js';
import { type Workers, workersOf } from '../workers/worker-options.js';

/** What every algorithm starts from: a network that learns, and a seed for everything else. */
export interface Run extends NetworkParts {
  /** Holds the parameters and what the optimiser remembers. */
  readonly network: TrainableNetwork;
  /** Whether that network is also the one that acts: of the only shard, in this thread. */
  readonly alone: boolean;
  /** What compiles the networks of shards. */
  readonly networkEngine: Engine;
  /** Where they lie, if threads share them. */
  readonly memory: SharedMemory | undefined;
  /** A policy for acting that is brought up to date by `syncPolicy`. */
  readonly policy: Policy;
  /** Copies the learned parameters into `policy`, with what observations are normalised by. */
  syncPolicy(scaling: ObservationScaling | undefined): void;
  readonly envSpec: EnvSpec<Space, Space, boolean>;
  /** What computes policies. */
  readonly engine: Engine;
  readonly seed: number;
  /** The algorithm, for messages. */
  readonly algorithm: string;
  /** What a checkpoint says that it is of. */
  readonly description: RunDescription;
  /** The checkpoint that it is to go on from, which is of such a run. */
  readonly checkpoint: Checkpoint | undefined;
  /** The threads that its shards are to be at work on, if any. */
  readonly workers: Workers | undefined;
  /** What it is composed of. */
  readonly composition: Composition<unknown>;
}

/** How a run's copies are divided, what its networks need, and how it learns. */
export interface RunSettings {
  /** The algorithm, for messages. */
  readonly algorithm: string;
  /** Checks its options. */
  readonly schema: OptionSchema<unknown>;
  readonly needsCritic: boolean;
  readonly optimizer: Optimizer;
  /** S, a divisor of the number of copies. */
  readonly shards: number;
  /** Rows of a network for N copies. */
  rows(numEnvs: number): number;
  /** The options that have to be the same for a checkpoint to fit; others may change from one part of a run to the next. */
  readonly layout: Readonly<Record<string, number | undefined>>;
}

/** Makes a run. Nothing is shared between two runs. */
export function createRun(composition: Composition<unknown>, settings: RunSettings): Run {
  const { algorithm, needsCritic, optimizer, layout, shards } = settings;
  const { policy: policySpec, engine = wasmEngine() } = composition;
  const checkpoint = readCheckpoint(composition, algorithm);
  const seed = checkpoint?.document.seed ?? composition.seed!;
  const envSpec: EnvSpec<Space, Space, boolean> = composition.env;
  const { numEnvs } = envSpec;
  requireFit(algorithm, policySpec, needsCritic);
  const workers = workersOf(algorithm, composition);
  if (workers) requirePossibleWorkers(algorithm, workers, { composition, shards });
  const model = policySpec.bind(envSpec);
  // a policy for use sees observations as the environment gives them, and scales them itself
  const { observationSpace, actionSpace } = withoutNormalization(envSpec);
  const described = { name: policySpec.name, observationSpace, actionSpace, model, observationScaling: undefined };
  const description = describeRun(algorithm, envSpec, { policy: described, options: { ...layout, shards, optimizer: optimizer.kind } });
  if (checkpoint) requireSameRun(algorithm, checkpoint.document.run, description);
  const parts = { model: withMasks(algorithm, policySpec, envSpec), settings, numEnvs };
  const networks = createNetwork(parts, composition, workers);
  const { network } = networks;
  if (!checkpoint) copyTensors(initialParameters(model.network, Rng.fromSeed(seed).stream('init')), network.parameters);
  const policy = new Policy({ ...described, engine, seed });
  return {
    ...networks,
    ...parts,
    policy,
    syncPolicy(scaling) {
      copyTensors(network.parameters, policy.parameters);
      policy.observationScaling = scaling;
    },
    envSpec,
    engine,
    seed,
    algorithm,
    description,
    checkpoint,
    workers,
    composition,
  };
}

/** A policy's model for the networks of a run: with room for masks where the environment has such. */
export function withMasks(algorithm: string, policy: AnyPolicy, env: AnyEnv): PolicyModel {
  const model = policy.bind(env);
  return { ...model, distribution: maskable(algorithm, { name: policy.name, model }, env) };
}

/** The network that learns, and what compiles others beside it. */
function createNetwork(
  parts: NetworkParts,
  { engine }: Composition<unknown>,
  workers: Workers | undefined,
): Pick<Run, 'network' | 'alone' | 'networkEngine' | 'memory'> {
  const alone = parts.settings.shards === 1 && workers === undefined;
  if (alone) {
    const networkEngine = engine ?? wasmEngine();
    return { network: compileFor(networkEngine, parts), alone, networkEngine, memory: undefined };
  }
  const memory = workers ? memoryFor(parts) : engine ? undefined : memoryIfAvailable(parts);
  const networkEngine = engine ?? wasmEngine({ memory });
  return { network: compileLearner(networkEngine, parts), alone, networkEngine, memory };
}

/** The checkpoint that a composition goes on from, if any. */
export function readCheckpoint({ checkpoint }: Composition<unknown>, where: string): Checkpoint | undefined {
  return isUint8Array(checkpoint) ? decodeCheckpoint(checkpoint, where) : checkpoint;
}

/** Refuses a policy without a critic where one is needed. */
export function requireFit(algorithm: string, policy: PolicySpec<Space, Space, boolean, boolean, string>, needsCritic: boolean): void {
  if (!needsCritic || policy.critic) return;
  throw new IncompatiblePolicyError({
    where: algorithm,
    got: `${policy.name}, which has no critic`,
    expected: 'a policy with a value function',
    remedy: 'Use actorCritic.',
  });
}
