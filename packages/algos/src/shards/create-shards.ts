import type { TrainableNetwork } from '@pg/nn';
import type { Run } from '../training/run.js';
import { compileShard } from './compile-shard.js';
import { LocalShards } from './local-shards.js';
import { RunningShard } from './run-shard.js';
import type { ShardProgram } from './shard.js';
import { mailLength } from './shard-mail.js';
import type { Shards } from './shards.js';
import { ThreadShards } from './thread-shards.js';

/** The shards of a run: on its worker threads if it has such, else in this thread. */
export function createShards<TCommand extends string, TName extends string>(run: Run, program: ShardProgram<TCommand, TName>): Shards<TCommand, TName> {
  if (run.workers) return new ThreadShards(run, program, run.workers);
  const { shards } = run.settings;
  const networkOf = (): TrainableNetwork => (run.alone ? run.network : compileShard(run));
  const running = Array.from(
    { length: shards },
    (_, index) =>
      new RunningShard({
        program,
        envSpec: run.envSpec,
        network: networkOf(),
        valueHead: run.model.valueHead,
        seed: run.seed,
        index,
        shards,
        mail: new Float64Array(mailLength(program.mail, run.numEnvs / shards)),
      }),
  );
  return new LocalShards(run.network, running);
}
