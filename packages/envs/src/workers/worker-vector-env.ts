import type { DtypeArray, Space } from '@pg/core';
import { contiguousShares, type Loss, type Share, ThreadPool } from '@pg/core/threads';
import type { EnvSpec } from '../env/env.js';
import { type CopySnapshot, VectorBase, type VectorSnapshot } from '../vector/vector-base.js';
import type { VectorStep } from '../vector/vector-env.js';
import { COMMANDS, type Command } from './commands.js';
import { lossError } from './loss-error.js';
import { identityOf, type ShardTask } from './shard-task.js';
import { createSharedRows, type SharedRows } from './shared-rows.js';
import { threadWords } from './words.js';
import type { ParsedWorkerOptions } from './worker-options.js';

/** Copies spread over worker threads; the same results as in one thread, bit for bit. */
export class WorkerVectorEnv<TObs extends Space, TAct extends Space> extends VectorBase<TObs, TAct> {
  readonly #options: ParsedWorkerOptions;
  /** Which copies each shard has, in order. */
  readonly #shards: readonly Share[];
  /** The index of the first copy among those on other threads as well. */
  readonly #offset: number;
  readonly #rows: SharedRows;
  readonly #pool: ThreadPool<Command, ShardTask>;

  constructor(
    spec: EnvSpec<TObs, TAct, boolean>,
    seed: number,
    { options, first: offset = 0 }: { readonly options: ParsedWorkerOptions; readonly first?: number },
  ) {
    const rows = createSharedRows(spec);
    super(spec, rows);
    const { numEnvs } = spec;
    this.#options = options;
    this.#shards = contiguousShares(numEnvs, options.count);
    this.#offset = offset;
    this.#rows = rows;
    const shards = this.#shards;
    const common = { identity: identityOf(spec), seed, rows, numEnvs, offset };
    this.#pool = new ThreadPool({
      threads: shards.length,
      commands: COMMANDS,
      method: '~serve',
      words: threadWords(spec.id),
      options,
      taskOf: (thread) => ({ ...common, ...shards[thread]! }),
    });
    const loss = this.#pool.started();
    if (loss === undefined) return;
    this.#pool.close();
    throw this.#errorOf(loss);
  }

  protected override resetAll(obs: DtypeArray): void {
    this.#run('reset');
    obs.set(this.#rows.obs);
  }

  protected override stepAll(actions: Int32Array | Float32Array, out: VectorStep<DtypeArray>): void {
    const rows = this.#rows;
    rows.actions.set(actions);
    this.#run('step');
    out.obs.set(rows.obs);
    out.rewards.set(rows.rewards);
    out.terminated.set(rows.terminated);
    out.truncated.set(rows.truncated);
    for (let n = 0; n < this.numEnvs; n++) if (rows.terminated[n]! | rows.truncated[n]!) this.#copyFinalObs(n, out.finalObs);
  }

  protected override snapshotAll(): readonly CopySnapshot[] {
    this.#run('snapshot');
    return this.#shards.flatMap((_, shard) => (this.#pool.receive(shard) as { copies: CopySnapshot[] }).copies);
  }

  protected override restoreAll({ started, copies }: VectorSnapshot): void {
    this.#shards.forEach(({ first, count }, shard) => {
      this.#pool.post(shard, { started, copies: copies.slice(first, first + count) } satisfies VectorSnapshot);
    });
    this.#run('restore');
  }

  protected override closeAll(): void {
    const loss = this.#pool.close();
    if (loss) throw this.#errorOf(loss);
  }

  #run(command: Command): void {
    const loss = this.#pool.run(command);
    if (loss) throw this.#errorOf(loss);
  }

  #errorOf(loss: Loss<Command>): Error {
    const { first, count } = this.#shards[loss.thread]!;
    return lossError(this, loss, { options: this.#options, first: this.#offset + first, count });
  }

  #copyFinalObs(n: number, out: DtypeArray): void {
    const { finalObs } = this.#rows;
    for (let i = n * this.obsSize; i < (n + 1) * this.obsSize; i++) out[i] = finalObs[i]!;
  }
}
