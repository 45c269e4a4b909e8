import { Rng, type Space } from '@pg/core';
import { type EnvSpec, type VectorEnv, vectorize } from '@pg/envs';
import type { Engine, SharedNetwork, TrainableNetwork } from '@pg/nn';
import type { PolicyModel } from '@pg/policies';
import type { Composition } from '../builder/algorithm-builder.js';
import { withMasks } from '../training/run.js';
import { A3cWorker } from './a3c-worker.js';
import type { A3cOptions, ParsedA3cOptions } from './options.js';
import type { SharedSteps } from './worker-update.js';

/** What a worker is made of. */
export interface WorkerSetup<TSteps extends SharedSteps> {
  /** Which worker, from 0. */
  readonly worker: number;
  /** The root of its random streams. */
  readonly seed: number;
  readonly composition: Composition<A3cOptions>;
  readonly options: ParsedA3cOptions;
  readonly engine: Engine;
  /** The parameters that its steps move; its own without. */
  readonly optimize?: SharedNetwork | undefined;
  /** How it makes its steps. */
  readonly stepsOf: (parts: { readonly network: TrainableNetwork; readonly model: PolicyModel }) => TSteps;
}

/** A worker with environments and a network of its own. */
export function createWorker<TSteps extends SharedSteps>(setup: WorkerSetup<TSteps>): { readonly worker: A3cWorker; readonly steps: TSteps } {
  const { worker, seed, composition, options, engine, optimize, stepsOf } = setup;
  const envSpec: EnvSpec<Space, Space, boolean> = composition.env;
  const model = withMasks('a3c', composition.policy, envSpec);
  const network = engine.compileForTraining(model.network, {
    rows: rowsOf(options, envSpec.numEnvs),
    distribution: model.distribution,
    optimizer: options.optimizer,
    sequence: { numEnvs: envSpec.numEnvs },
    optimize,
  });
  try {
    const env = (envSpec.vectorized ? envSpec : vectorize(envSpec, { numEnvs: 1 })).make({ seed }) as VectorEnv<Space, Space>;
    const steps = stepsOf({ network, model });
    const actionRng = Rng.fromSeed(seed).stream('actions');
    return { worker: new A3cWorker({ worker, env, network, valueHead: model.valueHead!, actionRng, options, shared: steps }), steps };
  } catch (error) {
    network.dispose();
    throw error;
  }
}

/** The rows of a worker's network: a rollout, what follows it, and final observations. */
export function rowsOf({ rolloutLength }: ParsedA3cOptions, numEnvs: number): number {
  return (rolloutLength + 2) * numEnvs;
}
