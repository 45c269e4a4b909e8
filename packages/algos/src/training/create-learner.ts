import { parseOptions, type Space } from '@pg/core';
import { restoreLearner, saveLearner } from '../checkpoints/learner-state.js';
import { writeInOrder } from '../checkpoints/write-in-order.js';
import { evaluate, evaluateSchema } from '../learner/evaluate.js';
import type { Learner, Update } from '../learner/learner.js';
import type { Collector } from '../rollouts/collector.js';
import type { Run } from './run.js';
import { type Counters, oneByOne, TrainingLoop } from './training-loop.js';

/** What an algorithm gives its learner. */
export interface LearnerSteps<TUpdate extends Update> {
  /** Counted by `update`. */
  readonly counters: Counters;
  readonly collector: Collector;
  /** Makes one update. Progress goes from 0 to 1 over the schedules' horizon. */
  readonly update: (progress: number) => TUpdate;
}

/** The learner that users hold, from a run and an algorithm's update; goes on from the run's checkpoint if it has one. */
export function createLearner<TUpdate extends Update>(run: Run, { counters, collector, update }: LearnerSteps<TUpdate>): Learner<Space, Space, TUpdate> {
  const loop = new TrainingLoop(oneByOne({ step: () => counters.step, update }));
  let syncedAt = -1;
  const policy = (method: string) => {
    loop.assertAlive(method);
    if (syncedAt !== counters.step) run.syncPolicy();
    syncedAt = counters.step;
    return run.policy;
  };
  const dispose = () => {
    loop.dispose();
    run.env.close();
    run.network.dispose();
    run.policy.dispose();
  };
  const parts = { run, collector, counters, loop };
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
      return counters.step;
    },
    train: (options) => loop.train(options),
    act: (obs, options) => policy('act').act(obs, options),
    evaluate: async (options = {}) => {
      const { seed = run.seed, ...settings } = parseOptions('learner.evaluate', evaluateSchema, options);
      return evaluate(policy('evaluate'), run.envSpec, { ...settings, seed, engine: run.engine });
    },
    save: async (path) => policy('save').save(path),
    toCheckpoint: () => toCheckpoint('toCheckpoint'),
    saveCheckpoint: async (path) => writeCheckpoint(path, toCheckpoint('saveCheckpoint')),
    dispose,
    [Symbol.asyncDispose]: async () => dispose(),
  };
}
