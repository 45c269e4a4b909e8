import type { RunPlan } from '../definition/plan-run.js';
import type { Run } from '../training/run.js';
import { compileShard } from './compile-shard.js';
import { LocalShards } from './local-shards.js';
import { RunningShard } from './run-shard.js';
import { mailLength } from './shard-mail.js';
import type { Shards } from './shards.js';
import { ThreadShards } from './thread-shards.js';

/**
 * The shards of a run: on its worker threads if it has such, else in this thread.
 *
 * @throws what starting them throws; the run is then disposed
 */
export function createShards(run: Run, plan: RunPlan): Shards {
  try {
    return run.workers ? new ThreadShards(run, plan, run.workers) : startHere(run, plan);
  } catch (error) {
    run.network.dispose();
    run.policy.dispose();
    throw error;
  }
}

function startHere(run: Run, plan: RunPlan): Shards {
  const { envSpec, seed, numEnvs } = run;
  const { shards } = run.settings;
  const startShard = (_: unknown, index: number) => {
    const network = run.alone ? run.network : compileShard(run);
    const mail = new Float64Array(mailLength(plan.mail, numEnvs / shards));
    return new RunningShard({ plan, envSpec, network, valueHead: run.model.valueHead, seed, index, mail });
  };
  return new LocalShards(run.network, Array.from({ length: shards }, startShard));
}
