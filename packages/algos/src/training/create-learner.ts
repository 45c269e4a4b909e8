import { parseOptions, type Space } from '@pg/core';
import { evaluate, evaluateSchema } from '../learner/evaluate.js';
import type { Learner, Update } from '../learner/learner.js';
import type { Run } from './run.js';
import { TrainingLoop, type TrainingSteps } from './training-loop.js';

/** The learner that users hold, from a run and an algorithm's update. */
export function createLearner<TUpdate extends Update>(run: Run, steps: TrainingSteps<TUpdate>): Learner<Space, Space, TUpdate> {
  const loop = new TrainingLoop(steps);
  let syncedAt = -1;
  const policy = (method: string) => {
    loop.assertAlive(method);
    if (syncedAt !== steps.step()) run.syncPolicy();
    syncedAt = steps.step();
    return run.policy;
  };
  const dispose = () => {
    loop.dispose();
    run.env.close();
    run.network.dispose();
    run.policy.dispose();
  };
  return {
    get policy() {
      return policy('policy');
    },
    get step() {
      return steps.step();
    },
    train: (options) => loop.train(options),
    act: (obs, options) => policy('act').act(obs, options),
    evaluate: async (options = {}) => {
      const { seed = run.seed, ...settings } = parseOptions('learner.evaluate', evaluateSchema, options);
      return evaluate(policy('evaluate'), run.envSpec, { ...settings, seed, engine: run.engine });
    },
    save: async (path) => policy('save').save(path),
    dispose,
    [Symbol.asyncDispose]: async () => dispose(),
  };
}
