import { DisposedError, EnvironmentError } from '@pg/core';
import { contiguousShares, describeLoss, isStray, type Loss, moduleError, type PlainError, reviveError, type Share, ThreadPool } from '@pg/core/threads';
import type { SharedNetwork, TrainableNetwork } from '@pg/nn';
import type { SavedShard } from '../checkpoints/shard-state.js';
import type { RunPlan } from '../definition/plan-run.js';
import type { Run } from '../training/run.js';
import { WORK } from '../workers/builder-task.js';
import { identityOf } from '../workers/composition-identity.js';
import { lossWords, threadWords } from '../workers/words.js';
import type { Workers } from '../workers/worker-options.js';
import { mailLength, ShardMail } from './shard-mail.js';
import type { Shards } from './shards.js';
import { type NamesMessage, type ReadyMessage, type RestoreMessage, SHARD_COMMANDS, type ShardsTask } from './shards-task.js';

type Command = (typeof SHARD_COMMANDS)[number];

/** Shards at work on threads, each of which has some neighbours; what they give is what they give in one thread, bit for bit. */
export class ThreadShards implements Shards {
  readonly mails: readonly ShardMail[];
  metricNames: readonly string[] = [];
  readonly #run: Run;
  readonly #network: TrainableNetwork;
  readonly #workers: Workers;
  /** Which shards each thread has. */
  readonly #shares: readonly Share[];
  readonly #pool: ThreadPool<Command, ShardsTask>;
  /** Those of the shards. */
  readonly #networks: readonly SharedNetwork[];
  #lost: Error | undefined;

  /** @throws InvalidOptionsError or UnavailableError when the module does not give the threads the builder of the run */
  constructor(run: Run, plan: RunPlan, workers: Workers) {
    const { algorithm, composition, settings, memory, network, seed } = run;
    const length = mailLength(plan.mail, run.numEnvs / settings.shards);
    const mails = Array.from({ length: settings.shards }, () => new Float64Array(new SharedArrayBuffer(8 * length)));
    this.mails = mails.map((values) => new ShardMail(plan.mail, values));
    this.#run = run;
    this.#network = network;
    this.#workers = workers;
    this.#shares = contiguousShares(settings.shards, workers.count);
    const common = { identity: identityOf(algorithm, settings.schema, composition), seed, mails, memory: memory!, network: network.shared! };
    this.#pool = new ThreadPool({
      threads: this.#shares.length,
      commands: SHARD_COMMANDS,
      method: WORK,
      words: threadWords(algorithm),
      options: workers.options,
      taskOf: (thread) => ({ ...common, ...this.#shares[thread]! }),
    });
    const loss = this.#pool.started();
    if (loss) {
      this.#pool.close();
      throw this.#errorOf(loss);
    }
    this.#networks = this.#shares.flatMap((_, thread) => (this.#pool.receive(thread) as ReadyMessage).networks);
  }

  advance(): void {
    this.#tell('advance');
    const failures = this.#failures();
    // posted behind the failures of its worker
    if (this.mails[0]!.header.renamed === 1) this.metricNames = (this.#pool.receive(0) as NamesMessage).names;
    if (failures.length > 0) throw reviveError(failures[0]!);
  }

  sumGradients(): void {
    this.#network.backward(0);
    for (const network of this.#networks) this.#network.addGradients(network);
  }

  undo(): void {
    this.#tell('undo');
  }

  observationScaling(): undefined {
    return undefined;
  }

  save(): readonly SavedShard[] {
    this.#tell('save');
    const messages = this.#shares.map((_, thread) => this.#pool.receive(thread) as { saved: readonly SavedShard[]; failure?: PlainError });
    for (const { failure } of messages) if (failure) throw reviveError(failure);
    return messages.flatMap(({ saved }) => saved);
  }

  restore(saved: readonly unknown[], from: string): void {
    this.#shares.forEach(({ first, count }, thread) => {
      this.#pool.post(thread, { saved: saved.slice(first, first + count), from } satisfies RestoreMessage);
    });
    this.#tell('restore');
    const failures = this.#failures();
    if (failures.length > 0) throw reviveError(failures[0]!);
  }

  dispose(): void {
    const loss = this.#pool.close();
    if (loss && this.#lost === undefined) throw this.#errorOf(loss);
  }

  #tell(command: Command): void {
    if (this.#lost) throw incomplete(this.#lost);
    const loss = this.#pool.run(command);
    if (loss === undefined) return;
    this.#lost = this.#errorOf(loss);
    throw this.#lost;
  }

  /** Takes the failures that the workers have posted, in the order of the shards. */
  #failures(): PlainError[] {
    return this.#shares.flatMap(({ first, count }, thread) => {
      const failed = this.mails.slice(first, first + count).filter(({ header }) => header.failed === 1);
      return failed.map(() => (this.#pool.receive(thread) as { failure: PlainError }).failure);
    });
  }

  #errorOf(loss: Loss): Error {
    const { algorithm, settings, numEnvs } = this.#run;
    const { options } = this.#workers;
    if (loss.failure !== undefined) return reviveError(loss.failure);
    if (loss.command === 'start' && isStray(loss.crash)) return moduleError(loss, options, lossWords(algorithm));
    const { first, count } = this.#shares[loss.thread]!;
    const copies = numEnvs / settings.shards;
    const at = loss.command === 'start' ? ' while its module was loaded' : '';
    const where = `${algorithm} (worker ${loss.thread}, copies ${first * copies} to ${(first + count) * copies - 1})`;
    return new EnvironmentError({ where, ...describeLoss(loss, at), cause: loss.crash && reviveError(loss.crash) });
  }
}

/** The error for a run whose shards are not all there any more. */
function incomplete(cause: Error): DisposedError {
  return new DisposedError({
    where: 'learner',
    got: 'a learner that has lost a worker, with what its copies were at',
    expected: 'all of its workers',
    remedy: 'What was learned is still there: learner.save() writes the policy. To go on, load the last checkpoint.',
    cause,
  });
}
