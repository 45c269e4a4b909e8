import { IncompatiblePolicyError, InvalidOptionsError, Rng, type Space } from '@pg/core';
import { type EnvSpec, type VectorEnv, vectorize, withoutNormalization } from '@pg/envs';
import { copyTensors, type Engine, initialParameters, type Optimizer, type TrainableNetwork, wasmEngine } from '@pg/nn';
import { Policy, type PolicyModel, type PolicySpec } from '@pg/policies';
import type { Composition } from '../builder/algorithm-builder.js';
import type { RunDescription } from '../checkpoints/checkpoint-document.js';
import { type Checkpoint, decodeCheckpoint } from '../checkpoints/checkpoint-file.js';
import { describeRun, requireSameRun } from '../checkpoints/describe-run.js';

/** What every algorithm starts from: running environments, a network that learns, and random streams, all from one seed. */
export interface Run extends RunIdentity {
  readonly env: VectorEnv<Space, Space>;
  readonly network: TrainableNetwork;
  /** Actions are drawn from it. */
  readonly actionRng: Rng;
  /** Orders are drawn from it. */
  readonly shuffleRng: Rng;
  /** Copies the learned parameters into `policy`, and what observations are normalised by. */
  syncPolicy(): void;
}

/** What a run is of, before anything runs. */
export interface RunIdentity {
  readonly model: PolicyModel;
  /** The root of all random streams. */
  readonly rng: Rng;
  /** A policy for acting. */
  readonly policy: Policy;
  readonly envSpec: EnvSpec<Space, Space, boolean>;
  readonly engine: Engine;
  readonly seed: number;
  /** The algorithm, for messages. */
  readonly algorithm: string;
  /** What a checkpoint says that it is of. */
  readonly description: RunDescription;
  /** The checkpoint that it is to go on from, which is of such a run. */
  readonly checkpoint: Checkpoint | undefined;
}

/** How a run learns. */
export interface IdentitySettings {
  /** The algorithm, for messages. */
  readonly algorithm: string;
  readonly needsCritic: boolean;
  readonly optimizer: Optimizer;
  /** The options that have to be the same for a checkpoint to fit; others may change from one part of a run to the next. */
  readonly layout: Readonly<Record<string, number | undefined>>;
}

/** The same, and how much memory its network gets. */
export interface RunSettings extends IdentitySettings {
  /** Rows of the network. */
  readonly rows: number;
}

/** Makes a run. Nothing is shared between two runs. */
export function createRun(composition: Composition<unknown>, settings: RunSettings): Run {
  const { algorithm, optimizer, rows } = settings;
  refuseWorkers(algorithm, composition);
  const identity = identifyRun(composition, settings);
  const { envSpec, engine, model, rng, seed, checkpoint, policy } = identity;
  const network = engine.compileForTraining(model.network, { rows, distribution: model.distribution, optimizer, sequence: { numEnvs: envSpec.numEnvs } });
  if (!checkpoint) copyTensors(initialParameters(model.network, rng.stream('init')), network.parameters);
  const env = makeEnvs(envSpec, seed);
  return {
    ...identity,
    env,
    network,
    actionRng: rng.stream('actions'),
    shuffleRng: rng.stream('shuffle'),
    syncPolicy() {
      copyTensors(network.parameters, policy.parameters);
      policy.observationScaling = env.normalization?.observationScaling();
    },
  };
}

/** The running copies of an environment, or its only one. */
export function makeEnvs(envSpec: EnvSpec<Space, Space, boolean>, seed: number): VectorEnv<Space, Space> {
  return (envSpec.vectorized ? envSpec : vectorize(envSpec, { numEnvs: 1 })).make({ seed }) as VectorEnv<Space, Space>;
}

/**
 * What a run is of.
 *
 * @throws IncompatiblePolicyError when the algorithm needs a critic that the policy has not
 * @throws IncompatibleCheckpointError when the checkpoint is of another run
 */
export function identifyRun(composition: Composition<unknown>, { algorithm, needsCritic, optimizer, layout }: IdentitySettings): RunIdentity {
  const { policy: policySpec, engine = wasmEngine() } = composition;
  const checkpoint = readCheckpoint(composition, algorithm);
  const seed = checkpoint?.document.seed ?? composition.seed!;
  const rng = Rng.fromSeed(seed);
  const envSpec: EnvSpec<Space, Space, boolean> = composition.env;
  requireFit(algorithm, policySpec, needsCritic);
  const model = policySpec.bind(envSpec);
  // a policy for use sees observations as the environment gives them, and scales them itself
  const { observationSpace, actionSpace } = withoutNormalization(envSpec);
  const described = { name: policySpec.name, observationSpace, actionSpace, model, observationScaling: undefined };
  const description = describeRun(algorithm, envSpec, { policy: described, options: { ...layout, optimizer: optimizer.kind } });
  if (checkpoint) requireSameRun(algorithm, checkpoint.document.run, description);
  const policy = new Policy({ ...described, engine, seed });
  return { model, rng, policy, envSpec, engine, seed, algorithm, description, checkpoint };
}

function readCheckpoint({ checkpoint }: Composition<unknown>, where: string): Checkpoint | undefined {
  return checkpoint instanceof Uint8Array ? decodeCheckpoint(checkpoint, where) : checkpoint;
}

function requireFit(algorithm: string, policy: PolicySpec<Space, Space, boolean, boolean, string>, needsCritic: boolean): void {
  if (!needsCritic || policy.critic) return;
  throw new IncompatiblePolicyError({
    where: algorithm,
    got: `${policy.name}, which has no critic`,
    expected: 'a policy with a value function',
    remedy: 'Use actorCritic.',
  });
}

function refuseWorkers(algorithm: string, { workers = 0 }: Composition<unknown>): void {
  if (workers === 0) return;
  throw new InvalidOptionsError({
    where: algorithm,
    got: `workers: ${workers}`,
    expected: `0: ${algorithm} learns in one thread`,
    remedy: 'Leave "workers" out.',
  });
}
