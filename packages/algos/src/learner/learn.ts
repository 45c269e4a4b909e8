import type { Schedule, Space } from '@pg/core';
import type { Composition } from '../builder/algorithm-builder.js';
import type { RunPlan } from '../definition/plan-run.js';
import { createShards } from '../shards/create-shards.js';
import { createLearner } from '../training/create-learner.js';
import { createRun } from '../training/run.js';
import { Tally } from '../training/tally.js';
import type { Learner, Update } from './learner.js';
import { Lockstep } from './lockstep.js';

/** The learner of an algorithm and a composition, whose shards advance in lockstep. */
export function learn(plan: RunPlan, composition: Composition<unknown>): Learner<Space, Space, Update> {
  const run = createRun(composition, plan.settings);
  const shards = createShards(run, plan);
  const tally = new Tally();
  const lockstep = new Lockstep({ plan, shards, tally, network: run.network });
  const { learningRate } = plan.options;
  const own = Object.fromEntries(plan.scheduled.map((name) => [name, plan.options[name] as number | Schedule]));
  return createLearner<Update, string>(run, {
    tally,
    shards,
    schedules: { ...own, learningRate },
    manySteps: () => lockstep.manySteps,
    update: (now, progress) => lockstep.update(now, progress),
  });
}
