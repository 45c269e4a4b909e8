import type { Run } from '../training/run.js';
import { compileShard } from './compile-shard.js';
import { LocalShards } from './local-shards.js';
import { RunningShard } from './run-shard.js';
import type { ShardProgram } from './shard.js';
import { mailLength } from './shard-mail.js';
import type { Shards } from './shards.js';
import { ThreadShards } from './thread-shards.js';

/**
 * The shards of a run: on its worker threads if it has such, else in this thread.
 *
 * @throws what starting them throws; the run is then disposed
 */
export function createShards<TCommand extends string, TName extends string>(run: Run, program: ShardProgram<TCommand, TName>): Shards<TCommand, TName> {
  try {
    return run.workers ? new ThreadShards(run, program, run.workers) : startHere(run, program);
  } catch (error) {
    run.network.dispose();
    run.policy.dispose();
    throw error;
  }
}

function startHere<TCommand extends string, TName extends string>(run: Run, program: ShardProgram<TCommand, TName>): Shards<TCommand, TName> {
  const { envSpec, seed, numEnvs } = run;
  const { shards } = run.settings;
  const startShard = (_: unknown, index: number) => {
    const network = run.alone ? run.network : compileShard(run);
    const mail = new Float64Array(mailLength(program.mail, numEnvs / shards));
    return new RunningShard({ program, envSpec, network, valueHead: run.model.valueHead, seed, index, shards, mail });
  };
  return new LocalShards(run.network, Array.from({ length: shards }, startShard));
}
