import { InvalidOptionsError, parseOptions, type Space, UnavailableError } from '@pg/core';
import type { ThreadTask } from '@pg/core/threads';
import { copyTensors, createSharedMemory, initialParameters, wasmEngine } from '@pg/nn';
import {
  type AlgorithmBuilder,
  type Composition,
  createBuilder,
  type LearnerOf,
  requireComposition,
  type TypedComposition,
  type Work,
} from '../builder/algorithm-builder.js';
import type { AnyEnv, AnyPolicy, Unset } from '../builder/fits.js';
import { learnableUpdates } from '../definition/learnable.js';
import type { Learner } from '../learner/learner.js';
import { WORK } from '../workers/builder-task.js';
import { identityOf } from '../workers/composition-identity.js';
import { type Workers, workersOf } from '../workers/worker-options.js';
import { recordsOf } from './a3c-checkpoint.js';
import { type A3cUpdate, createA3cLearner } from './a3c-learner.js';
import { rowsOf } from './create-worker.js';
import type { Crew, WorkerRecord } from './crew.js';
import { identifyRun, type RunIdentity } from './identify-run.js';
import { LocalCrew } from './local-crew.js';
import { type A3cOptions, a3cSchema, type ParsedA3cOptions } from './options.js';
import { createSharedRun } from './shared-run.js';
import { type StartThread, startThread } from './start-thread.js';
import { ThreadCrew } from './thread-crew.js';
import { type A3cTask, runWorker } from './worker-thread.js';

/**
 * Asynchronous advantage actor-critic (Mnih et al. 2016): workers on threads play with copies of the parameters and move the shared
 * ones with shared moments, each when it is through with a rollout. `workers: 1`, or none, gives the same bits in every run; with
 * several the order of their updates is up to the machine. For runs of several threads that repeat there is `a2c`.
 *
 * @example
 * ```ts
 * // agent.js: a value that the program and every worker import
 * export default a3c()
 *   .env(cartPole())
 *   .policy(actorCritic({ encoder: mlp([64]) }))
 *   .options({ learningRate: 1e-3 });
 * // train.js
 * const learner = agent.build({ seed: 1, workers: 8, module: new URL('./agent.js', import.meta.url) });
 * ```
 */
export const a3c = Object.assign(compose, { create }) as {
  (): AlgorithmBuilder<Unset, Unset, A3cOptions, A3cUpdate, 'a critic'>;
  /**
   * The plain twin of the builder: everything in one object. The module of workers exports a builder of the same composition.
   *
   * @throws InvalidOptionsError when an option is wrong
   * @throws IncompatiblePolicyError when the policy does not fit the environment or has no critic
   */
  create<const E extends AnyEnv, P extends AnyPolicy>(composition: TypedComposition<E, P, A3cOptions, 'a critic'>): LearnerOf<E, A3cUpdate>;
};

function compose(...none: unknown[]): AlgorithmBuilder<Unset, Unset, A3cOptions, A3cUpdate, 'a critic'> {
  const work: Work<A3cOptions> = (composition, task) => runWorker(composition, task as ThreadTask<A3cTask>);
  return createBuilder({ name: 'a3c', schema: a3cSchema, create: (composition) => learnA3c(composition), work }, none);
}

function create(composition: object): Learner<Space, Space, A3cUpdate> {
  return learnA3c(composition as Composition<A3cOptions>);
}

/** The same, with threads started as a test wants them. */
export function learnA3c(composition: Composition<A3cOptions>, start: StartThread = startThread): Learner<Space, Space, A3cUpdate> {
  requireComposition('a3c', composition);
  refuseNormalization(composition);
  const options = parseOptions('a3c', a3cSchema, composition.options ?? {});
  const refusal = learnableUpdates(options, composition.env);
  if (refusal) throw new InvalidOptionsError({ where: 'a3c', ...refusal });
  const workers = workersOf('a3c', composition);
  if (workers && composition.engine && composition.engine.name !== 'wasm') throw notShared(composition.engine.name);
  const identity = identifyRun(composition, options);
  const { checkpoint, engine, seed, model, rng } = identity;
  const records = checkpoint ? recordsOf(checkpoint, 'a3c') : [];
  const crew = workers
    ? createThreads({ composition, options, identity, workers, records, start })
    : new LocalCrew({ composition, options, engine, seed }, records, 'a3c');
  if (!checkpoint) copyTensors(initialParameters(model.network, rng.stream('init')), crew.network.parameters);
  return createA3cLearner(identity, crew);
}

interface ThreadsSetup {
  readonly composition: Composition<A3cOptions>;
  readonly options: ParsedA3cOptions;
  readonly identity: RunIdentity;
  readonly workers: Workers;
  readonly records: readonly WorkerRecord[];
  readonly start: StartThread;
}

function createThreads({ composition, options, identity, workers, records, start }: ThreadsSetup): Crew {
  const { seed, rng, model, envSpec } = identity;
  const memory = createSharedMemory({ megabytes: megabytesFor(identity, options, workers.count) });
  const takesTurns = options.mode === 'lock';
  const { numEnvs } = envSpec;
  const training = { rows: numEnvs, distribution: model.distribution, optimizer: options.optimizer, sequence: { numEnvs } };
  const network = wasmEngine({ memory }).compileForTraining(model.network, { ...training, atomicSteps: takesTurns });
  const run = createSharedRun(memory, network.shared!, workers.count);
  const composed = identityOf('a3c', a3cSchema, composition);
  return new ThreadCrew({
    memory: run,
    network,
    takesTurns,
    records: records.slice(0, workers.count),
    options: workers.options,
    startWorker: workers.startWorker,
    startThread: start,
    taskOf: (worker, { starts, state }) => ({
      method: WORK,
      task: { identity: composed, worker, run, state, seed: seedOf(worker, starts) },
    }),
  });

  /** The first worker of a run has the streams of a run without threads. */
  function seedOf(worker: number, starts: number): number {
    return worker === 0 && starts === 1 ? seed : rng.stream('worker', worker).stream('start', starts).uint32();
  }
}

const MEBIBYTE = 2 ** 20;

/** Twice what the networks of all workers take, and what they share; the system provides what is used. */
function megabytesFor({ model, envSpec }: RunIdentity, options: ParsedA3cOptions, workers: number): number {
  const { numEnvs } = envSpec;
  const probe = wasmEngine().compileForTraining(model.network, {
    rows: rowsOf(options, numEnvs),
    distribution: model.distribution,
    optimizer: options.optimizer,
    sequence: { numEnvs },
  });
  const { byteLength } = probe.parameters[0]!.values.buffer;
  probe.dispose();
  return Math.min(4096, 16 + Math.ceil((2 * (workers + 2) * byteLength) / MEBIBYTE));
}

/** Every worker would normalise by moments of its own, and the shared network would see another world in each. */
function refuseNormalization({ env }: Composition<A3cOptions>): void {
  if (!env['~source'].normalization?.length) return;
  throw new InvalidOptionsError({
    where: 'a3c',
    got: `${env.id}, which normalises by running moments`,
    expected: 'an environment whose observations and rewards mean the same for every worker',
    remedy: 'Scale by fixed numbers, as rescale() does, or use a2c, whose environments share their moments.',
  });
}

function notShared(engine: string): UnavailableError {
  return new UnavailableError({
    where: 'a3c',
    got: `the engine ${engine} for workers`,
    expected: 'the WebAssembly engine, whose memory threads can share',
    remedy: 'Leave "engine" out, or leave "workers" out to learn with this engine in one thread.',
  });
}
