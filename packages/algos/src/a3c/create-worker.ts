import { Rng } from '@pg/core';
import type { Engine, SharedNetwork, TrainableNetwork } from '@pg/nn';
import type { Composition } from '../builder/algorithm-builder.js';
import { makeEnvs } from '../training/run.js';
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
  readonly stepsOf: (network: TrainableNetwork) => TSteps;
}

/** A worker with environments and a network of its own. */
export function createWorker<TSteps extends SharedSteps>(setup: WorkerSetup<TSteps>): { readonly worker: A3cWorker; readonly steps: TSteps } {
  const { worker, seed, composition, options, engine, optimize, stepsOf } = setup;
  const { env: envSpec, policy } = composition;
  const model = policy.bind(envSpec);
  const network = engine.compileForTraining(model.network, {
    rows: rowsOf(options, envSpec.numEnvs),
    distribution: model.distribution,
    optimizer: options.optimizer,
    sequence: { numEnvs: envSpec.numEnvs },
    optimize,
  });
  try {
    const env = makeEnvs(envSpec, seed);
    const steps = stepsOf(network);
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
