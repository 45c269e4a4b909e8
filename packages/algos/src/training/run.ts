import { IncompatiblePolicyError, Rng, type Space } from '@pg/core';
import { type EnvSpec, type VectorEnv, vectorize, withoutNormalization } from '@pg/envs';
import { copyTensors, type Engine, initialParameters, type Optimizer, type TrainableNetwork, wasmEngine } from '@pg/nn';
import { Policy, type PolicyModel, type PolicySpec } from '@pg/policies';
import type { Composition } from '../builder/algorithm-builder.js';

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
}

/** How much memory a run's network gets, and how it learns. */
export interface RunSettings {
  /** The algorithm, for messages. */
  readonly algorithm: string;
  readonly needsCritic: boolean;
  readonly optimizer: Optimizer;
  /** Rows of the network. */
  readonly rows: number;
}

/** Makes a run. Nothing is shared between two runs. */
export function createRun(composition: Composition<unknown>, { algorithm, needsCritic, optimizer, rows }: RunSettings): Run {
  const { policy: policySpec, seed, engine = wasmEngine() } = composition;
  const rng = Rng.fromSeed(seed);
  const envSpec: EnvSpec<Space, Space, boolean> = composition.env;
  requireFit(algorithm, policySpec, needsCritic);
  const model = policySpec.bind(envSpec);
  const vectorized = vectorize(envSpec, { numEnvs: envSpec.numEnvs });
  const network = engine.compileForTraining(model.network, { rows, distribution: model.distribution, optimizer, sequence: { numEnvs: envSpec.numEnvs } });
  copyTensors(initialParameters(model.network, rng.stream('init')), network.parameters);
  // a policy for use sees observations as the environment gives them, and scales them itself
  const { observationSpace, actionSpace } = withoutNormalization(envSpec);
  const env = vectorized.make({ seed });
  const policy = new Policy({ name: policySpec.name, observationSpace, actionSpace, model, engine, seed });
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
  };
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
