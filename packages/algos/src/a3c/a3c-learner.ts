import { BusyError, parseOptions, type Space } from '@pg/core';
import { whenAbandoned } from '@pg/core/threads';
import { copyTensors } from '@pg/nn';
import { writeInOrder } from '../checkpoints/write-in-order.js';
import { evaluate, evaluateSchema } from '../learner/evaluate.js';
import type { Learner, Update } from '../learner/learner.js';
import type { PolicyLoss } from '../losses/policy-gradient-loss.js';
import type { CriticLoss } from '../losses/value-loss.js';
import { type TrainingLeg, TrainingLoop } from '../training/training-loop.js';
import { restoreA3c, saveA3c } from './a3c-checkpoint.js';
import type { Crew, CrewUpdate } from './crew.js';
import type { RunIdentity } from './identify-run.js';
import type { LostWorker } from './lost-worker.js';
import { RunStatistics } from './run-statistics.js';

/**
 * An update of A3C: one worker's. From each to the next `updates` goes up by one and `step` by the steps that the worker has played; with
 * `mode: 'hogwild'` updates are numbered as they are handed out.
 */
export interface A3cUpdate extends Update, PolicyLoss, CriticLoss {
  /** 1 − Var(target − V)/Var(target): 1 is perfect, 0 is no better than a constant; NaN when the targets do not vary. */
  readonly explainedVariance: number;
  /** The weight of the entropy that was used. */
  readonly entropyCoef: number;
  /** Which worker, from 0. */
  readonly worker: number;
  /** How many updates of other workers came between this worker's copy of the parameters and its update. */
  readonly gradientLag: number;
  /** Environment steps that this worker has made; its speed, for whoever has a clock. */
  readonly workerSteps: number;
  /** The lengths in steps of the episodes that ended in this update's rollout, whose `returns` it says: a hundred at most. */
  readonly lengths: readonly number[];
  /** Running mean of returns over the episodes of all workers, 0.99 of it kept at each; NaN before the first. */
  readonly runningReturn: number;
  /** Workers that were lost since the update before; each was replaced. */
  readonly lost: readonly LostWorker[];
}

// A learner that nobody holds any more, with its loops, takes its threads with it.
const abandoned = whenAbandoned<Crew>((crew) => void crew.dispose());

/** The learner that users hold, from what a run is of and its workers; goes on from the run's checkpoint if it has one. */
export function createA3cLearner(identity: RunIdentity, crew: Crew): Learner<Space, Space, A3cUpdate> {
  const statistics = new RunStatistics();
  const loop = new TrainingLoop<A3cUpdate>({ step: () => crew.step, updates });
  abandoned.register(loop, crew);
  const parts = { identity, crew, statistics, loop };
  const { policy } = identity;
  let disposed: Promise<void> | undefined;

  async function* updates(leg: TrainingLeg): AsyncGenerator<A3cUpdate, void, undefined> {
    try {
      for await (const update of crew.updates(leg)) yield merge(update);
    } finally {
      for (const update of crew.takeRest()) statistics.push(update);
    }
  }

  function merge({ steps: _, std, ...update }: CrewUpdate): A3cUpdate {
    statistics.push(update);
    const { episodes, meanReturn, meanLength, runningReturn } = statistics;
    return { ...update, episodes, meanReturn, meanLength, runningReturn, ...(Number.isNaN(std) ? {} : { std }) };
  }

  const syncedPolicy = (method: string) => {
    loop.assertAlive(method);
    crew.refresh();
    copyTensors(crew.network.parameters, policy.parameters);
    return policy;
  };
  const dispose = () => {
    loop.dispose();
    abandoned.unregister(loop);
    disposed ??= crew.dispose();
    policy.dispose();
    return disposed;
  };
  const toCheckpoint = () => {
    loop.assertAlive('toCheckpoint');
    if (crew.isWorking) throw stillWorking();
    return saveA3c(parts);
  };
  const writeCheckpoint = writeInOrder('learner.saveCheckpoint');
  if (identity.checkpoint) {
    try {
      restoreA3c(parts, identity.checkpoint, 'a3c');
    } catch (error) {
      void dispose();
      throw error;
    }
  }
  return {
    get policy() {
      return syncedPolicy('policy');
    },
    get step() {
      return crew.step;
    },
    train: (options) => loop.train(options),
    act: (obs, options) => syncedPolicy('act').act(obs, options),
    actBatch: (observations, options) => syncedPolicy('actBatch').actBatch(observations, options),
    get gradients() {
      loop.assertAlive('gradients');
      return crew.gradients;
    },
    evaluate: async (options = {}) => {
      const { seed = identity.seed } = parseOptions('learner.evaluate', evaluateSchema, options);
      return evaluate(syncedPolicy('evaluate'), identity.envSpec, { ...options, seed, engine: identity.engine });
    },
    save: async (path) => syncedPolicy('save').save(path),
    toCheckpoint,
    saveCheckpoint: async (path) => {
      loop.assertAlive('saveCheckpoint');
      return writeCheckpoint(path, await crew.whilePaused(() => saveA3c(parts)));
    },
    dispose: () => void dispose(),
    [Symbol.asyncDispose]: dispose,
  };
}

function stillWorking(): BusyError {
  return new BusyError({
    where: 'learner.toCheckpoint',
    got: 'a call while workers are working',
    expected: 'one while they wait',
    remedy: 'Call it after the loop, or await learner.saveCheckpoint(path), which has the workers wait.',
  });
}
