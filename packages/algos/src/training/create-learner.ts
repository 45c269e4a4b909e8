import { parseOptions, type Space } from '@pg/core';
import { restoreLearner, saveLearner } from '../checkpoints/learner-state.js';
import { writeInOrder } from '../checkpoints/write-in-order.js';
import { evaluate, evaluateSchema } from '../learner/evaluate.js';
import type { Learner, Update } from '../learner/learner.js';
import type { Shards } from '../shards/shards.js';
import { gaussianStd } from './gaussian-std.js';
import type { Run } from './run.js';
import { type Scheduled, type Schedules, schedulesAt } from './schedule-at.js';
import type { Tally } from './tally.js';
import { oneByOne, TrainingLoop } from './training-loop.js';
import { WholeUpdates } from './whole-updates.js';

/** What an algorithm gives its learner. */
export interface LearnerSteps<TUpdate extends Update, TScheduled extends string> {
  /** Kept by `update`. */
  readonly tally: Tally;
  readonly shards: Shards;
  /** The settings that may change over a run. */
  readonly schedules: Schedules<TScheduled>;
  /** Whether the next update may make several steps of the optimiser. */
  readonly manySteps: () => boolean;
  /** Makes one update at a progress in [0, 1], with the values of the schedules there. */
  readonly update: (now: Scheduled<TScheduled>, progress: number) => TUpdate;
}

/** The learner that users hold, from a run and an algorithm's update; goes on from the run's checkpoint if it has one. */
export function createLearner<TUpdate extends Update, TScheduled extends string>(
  run: Run,
  { tally, shards, schedules, manySteps, update }: LearnerSteps<TUpdate, TScheduled>,
): Learner<Space, Space, TUpdate> {
  const whole = new WholeUpdates({ network: run.network, tally, shards, manySteps });
  const updateAt = (progress: number) => {
    // before anything has happened: an author's function may throw
    const now = schedulesAt(schedules, progress);
    return whole.make(() => ({ ...update(now, progress), ...gaussianStd(run.model, run.network) }));
  };
  const loop = new TrainingLoop(oneByOne({ step: () => tally.step, update: updateAt }));
  let syncedAt = -1;
  const policy = (method: string) => {
    loop.assertAlive(method);
    if (syncedAt !== tally.step) run.syncPolicy(shards.observationScaling());
    syncedAt = tally.step;
    return run.policy;
  };
  const dispose = () => {
    loop.dispose();
    shards.dispose();
    run.network.dispose();
    run.policy.dispose();
  };
  const parts = { run, shards, tally, loop };
  const toCheckpoint = (method: string) => {
    loop.assertAlive(method);
    return saveLearner(parts);
  };
  const writeCheckpoint = writeInOrder('learner.saveCheckpoint');
  try {
    if (run.checkpoint) restoreLearner(parts, run.checkpoint, run.algorithm);
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    get policy() {
      return policy('policy');
    },
    get step() {
      return tally.step;
    },
    train: (options) => loop.train(options),
    act: (obs, options) => policy('act').act(obs, options),
    actBatch: (observations, options) => policy('actBatch').actBatch(observations, options),
    evaluate: async (options = {}) => {
      const { seed = run.seed } = parseOptions('learner.evaluate', evaluateSchema, options);
      return evaluate(policy('evaluate'), run.envSpec, { ...options, seed, engine: run.engine });
    },
    save: async (path) => policy('save').save(path),
    toCheckpoint: () => toCheckpoint('toCheckpoint'),
    saveCheckpoint: async (path) => writeCheckpoint(path, toCheckpoint('saveCheckpoint')),
    get gradients() {
      loop.assertAlive('gradients');
      return run.network.gradients;
    },
    dispose,
    [Symbol.asyncDispose]: async () => dispose(),
  };
}
