import { IncompatiblePolicyError, InvalidOptionsError, Rng, type Space } from '@pg/core';
import { type EnvSpec, type VectorEnv, vectorize, withoutNormalization } from '@pg/envs';
import { copyTensors, type Engine, initialParameters, type Optimizer, type TrainableNetwork, wasmEngine } from '@pg/nn';
import { Policy, type PolicyModel, type PolicySpec } from '@pg/policies';
import type { Composition } from '../builder/algorithm-builder.js';
import type { RunDescription } from '../checkpoints/checkpoint-document.js';
import { type Checkpoint, decodeCheckpoint } from '../checkpoints/checkpoint-file.js';
import { describeRun, requireSameRun } from '../checkpoints/describe-run.js';

/** What every algorithm starts from: running environments, a network that learns, and random streams, all from one seed. */
export interface Run {
  readonly env: VectorEnv<Space, Space>;
  readonly network: TrainableNetwork;
  readonly model: PolicyModel;
  /** Actions are drawn from it. */
  readonly actionRng: Rng;
  /** Orders are drawn from it. */
  readonly shuffleRng: Rng;
  /** A policy for acting that is brought up to date by `syncPolicy`. */
  readonly policy: Policy;
  /** Copies the learned parameters into `policy`, and what observations are normalised by. */
  syncPolicy(): void;
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

/** How much memory a run's network gets, and how it learns. */
export interface RunSettings {
  /** The algorithm, for messages. */
  readonly algorithm: string;
  readonly needsCritic: boolean;
  readonly optimizer: Optimizer;
  /** Rows of the network. */
  readonly rows: number;
  /** The options that have to be the same for a checkpoint to fit; others may change from one part of a run to the next. */
  readonly layout: Readonly<Record<string, number | undefined>>;
}

/** Makes a run. Nothing is shared between two runs. */
export function createRun(composition: Composition<unknown>, { algorithm, needsCritic, optimizer, rows, layout }: RunSettings): Run {
  const { policy: policySpec, engine = wasmEngine() } = composition;
  refuseWorkers(algorithm, composition);
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
  const network = engine.compileForTraining(model.network, { rows, distribution: model.distribution, optimizer, sequence: { numEnvs: envSpec.numEnvs } });
  if (!checkpoint) copyTensors(initialParameters(model.network, rng.stream('init')), network.parameters);
  const env = (envSpec.vectorized ? envSpec : vectorize(envSpec, { numEnvs: 1 })).make({ seed }) as VectorEnv<Space, Space>;
  const policy = new Policy({ ...described, engine, seed });
  return {
    env,
    network,
    model,
    actionRng: rng.stream('actions'),
    shuffleRng: rng.stream('shuffle'),
    policy,
    syncPolicy() {
      copyTensors(network.parameters, policy.parameters);
      policy.observationScaling = env.normalization?.observationScaling();
    },
    envSpec,
    engine,
    seed,
    algorithm,
    description,
    checkpoint,
  };
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
