import { BusyError, nextEventLoopTurn } from '@pg/core';
import { isStray, type PlainError, reviveError, type ThreadOptions } from '@pg/core/threads';
import { type NamedTensor, reclaimSharedMemory, type TrainableNetwork } from '@pg/nn';
import type { TrainingLeg } from '../training/training-loop.js';
import type { Crew, CrewUpdate, WorkerRecord } from './crew.js';
import { HangWatch } from './hang-watch.js';
import { type LostWorker, lossError, tooManyLosses } from './lost-worker.js';
import { SharedRun, type SharedRunMemory } from './shared-run.js';
import { ownerOf } from './shared-steps.js';
import type { StartThread, ThreadEnd } from './start-thread.js';
import { Post } from './worker-post.js';
import type { A3cTask, WorkerMessage } from './worker-thread.js';

/** After this many milliseconds a worker that is to stop is ended: an update may take long. */
const GRACE_MS = 500;

/** Lost so often in a row, a worker ends the run. */
const MOST_LOSSES = 3;

/** After so many updates of a worker its earlier losses no longer count. */
const FORGIVEN_AFTER = 100;

/** How often the main thread asks for the lock before it gives up: about half a second, where a turn takes a few milliseconds. */
const MOST_TRIES = 20_000_000;

/** What a crew of threads is made of. */
export interface ThreadCrewParts {
  readonly memory: SharedRunMemory;
  /** The network whose parameters all move. */
  readonly network: TrainableNetwork;
  /** Whether steps are made in turns. */
  readonly takesTurns: boolean;
  readonly records: readonly WorkerRecord[];
  readonly options: ThreadOptions;
  readonly startThread: StartThread;
  /** What a worker is to do; `starts` tells its random streams from those of the ones that it replaces. */
  taskOf(worker: number, record: WorkerRecord): { readonly method: string; readonly task: A3cTask };
}

/** Workers on threads: starts and stops them, merges what they report, and replaces those that are lost. */
export class ThreadCrew implements Crew {
  readonly network: TrainableNetwork;
  readonly #parts: ThreadCrewParts;
  readonly #run: SharedRun;
  readonly #posts: readonly Post[];
  readonly #watch: HangWatch;
  #updates: CrewUpdate[] = [];
  #lost: LostWorker[] = [];
  /** Whose update was given last; −1 for nobody's. */
  #lastWorker = -1;
  /** Why the run cannot go on. */
  #fatal: Error | undefined;
  #isWorking = false;
  #closed: Promise<void> | undefined;
  /** Called when something has happened that is waited for. */
  #wake = () => {};

  constructor(parts: ThreadCrewParts) {
    const { memory, network, records, options } = parts;
    this.#parts = parts;
    this.network = network;
    this.#run = new SharedRun(memory);
    this.#posts = Array.from({ length: memory.workers }, (_, worker) => new Post(worker, records[worker]));
    this.#watch = new HangWatch(this.#run, options.timeoutMs);
  }

  get step(): number {
    return this.#parts.takesTurns ? this.#run.stepAfter(this.network.optimizerSteps) : this.#run.stepOfAll;
  }

  get isWorking(): boolean {
    return this.#isWorking;
  }

  get gradients(): readonly NamedTensor[] {
    const { network } = this;
    const last = this.#posts[this.#lastWorker]?.network;
    network.backward(0);
    if (last) network.addGradients(last);
    return network.gradients;
  }

  refresh(): void {
    const { lock, workers } = this.#run;
    const owner = ownerOf(workers);
    for (let tries = 0; !lock.tryAcquire(owner); tries++) if (tries > MOST_TRIES) throw keptBy(lock.owner - 1);
    this.network.pull();
    lock.release(owner);
  }

  restore(step: number): void {
    this.#run.setStepAfter(this.#parts.takesTurns ? this.network.optimizerSteps : 0, step);
  }

  async *updates({ goal, horizon, signal }: TrainingLeg): AsyncGenerator<CrewUpdate, void, undefined> {
    if (this.step >= goal || signal?.aborted) return;
    const run = this.#run;
    run.limit(goal, horizon);
    this.#fatal = undefined;
    this.#isWorking = true;
    for (const post of this.#posts) if (!post.thread) this.#start(post);
    this.#watch.start(this.#posts, (post) => this.#end(post, 'hanging'));
    run.go();
    let grace: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      run.paused = true;
      grace ??= setTimeout(() => this.#endWorking(), GRACE_MS);
    };
    signal?.addEventListener('abort', stop);
    try {
      for (;;) {
        const awakened = this.#nextChange();
        this.#drain();
        yield* this.#yieldUpdates();
        if (this.#fatal || signal?.aborted) stop();
        const isOver = grace !== undefined || this.step >= goal;
        if (isOver && this.#isIdle()) break;
        await awakened;
        await nextEventLoopTurn();
      }
      this.#drain();
      yield* this.#yieldUpdates();
    } finally {
      stop();
      while (!this.#isIdle()) await this.#drainAndWait();
      clearTimeout(grace);
      signal?.removeEventListener('abort', stop);
      this.#drain();
      this.#watch.stop();
      for (const { thread } of this.#posts) thread?.hold(false);
      this.#isWorking = false;
    }
    if (this.#fatal) throw this.#fatal;
  }

  rest(): readonly CrewUpdate[] {
    return this.#updates;
  }

  takeRest(): readonly CrewUpdate[] {
    return this.#updates.splice(0);
  }

  async whilePaused<T>(work: () => T): Promise<T> {
    if (!this.#isWorking) return work();
    const run = this.#run;
    const wasPaused = run.paused;
    run.paused = true;
    while (!this.#isIdle()) await this.#drainAndWait();
    this.#drain();
    try {
      return work();
    } finally {
      if (!wasPaused) run.go();
    }
  }

  records(): readonly WorkerRecord[] {
    return this.#posts.map(({ starts, state, stateError }) => {
      if (stateError) throw reviveError(stateError);
      return { starts, state };
    });
  }

  dispose(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#run.close();
    this.#wake();
    const grace = setTimeout(() => this.#posts.forEach((post) => void post.thread?.terminate()), GRACE_MS);
    while (this.#posts.some(({ thread }) => thread)) await this.#nextChange();
    clearTimeout(grace);
    this.network.dispose();
  }

  *#yieldUpdates(): Generator<CrewUpdate, void, undefined> {
    for (let update = this.#updates.shift(); update !== undefined; update = this.#updates.shift()) {
      this.#lastWorker = update.worker;
      yield update;
    }
  }

  /** Whether every worker waits, or has not begun. */
  #isIdle(): boolean {
    const { ticket } = this.#run;
    return this.#posts.every((post) => !post.thread || !post.hasStarted || post.parkedAt === ticket);
  }

  /** Resolves with the next message or end of a thread. Ask for it before looking at what there is. */
  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      const before = this.#wake;
      this.#wake = () => {
        before();
        resolve();
      };
    });
  }

  #changed(): void {
    const wake = this.#wake;
    this.#wake = () => {};
    wake();
  }

  /** Workers that wait for room in the ring could not park. */
  async #drainAndWait(): Promise<void> {
    const awakened = this.#nextChange();
    this.#drain();
    if (!this.#isIdle()) await awakened;
  }

  #drain(): void {
    for (const update of this.#run.reports.drain()) {
      this.#posts[update.worker]!.updates += 1;
      this.#updates.push({ ...update, lost: this.#lost.splice(0) });
    }
  }

  #start(post: Post): void {
    const { options, startThread, taskOf } = this.#parts;
    if (!post.state) post.starts += 1;
    const { method, task } = taskOf(post.worker, post);
    const listener = {
      onMessage: (message: WorkerMessage | { failure: PlainError }) => this.#hear(post, message),
      onEnd: (end: ThreadEnd) => this.#ended(post, end),
    };
    post.begin(startThread({ task: { module: options.module, exportName: options.export, method, task }, heapMb: options.heapMb }, listener));
    post.thread!.hold(this.#isWorking);
  }

  #hear(post: Post, message: WorkerMessage | { readonly failure: PlainError }): void {
    post.hear(message);
    this.#changed();
  }

  /** Ends a thread that does not answer, or that is to stop at once. */
  #end(post: Post, why: 'hanging' | 'stopped'): void {
    post.endedFor = why;
    post.thread?.terminate();
  }

  #endWorking(): void {
    const { ticket } = this.#run;
    for (const post of this.#posts) if (post.hasStarted && post.parkedAt !== ticket) this.#end(post, 'stopped');
  }

  /** Nothing of the thread runs any more: its locks and its memory are free, and another may take its place. */
  #ended(post: Post, end: ThreadEnd): void {
    const { memory, options } = this.#parts;
    const { lock, reports, ticket, closing } = this.#run;
    const owner = ownerOf(post.worker);
    reports.recover(owner);
    if (lock.owner === owner) reports.publishPrepared(this.network.optimizerSteps);
    lock.recover(owner);
    reclaimSharedMemory(memory.memory, { user: owner });
    this.#drain();
    const { worker, hasStarted, failure, endedFor } = post;
    // what it last said is true as long as it has not worked since
    post.bury(post.parkedAt === ticket);
    if (!closing && endedFor !== 'stopped') {
      const error = lossError({ worker, starting: !hasStarted, hanging: endedFor === 'hanging', failure, options, ...end });
      this.#lost.push({ worker, error });
      // a module that cannot be loaded, or exports something else, will not do better the next time
      const isHopeless = !hasStarted && post.updates === 0 && (failure !== undefined || isStray(end.crash));
      if (isHopeless) this.#fatal ??= error;
      else this.#replace(post, error);
    }
    this.#changed();
  }

  #replace(post: Post, error: Error): void {
    const losses = post.countLoss(FORGIVEN_AFTER);
    if (losses >= MOST_LOSSES) this.#fatal ??= tooManyLosses(post.worker, losses, error);
    else if (this.#isWorking) this.#start(post);
  }
}

function keptBy(worker: number): BusyError {
  return new BusyError({
    where: 'learner.policy',
    got: `parameters that worker ${worker} is writing, or was when it died`,
    expected: 'a moment in which no worker writes them',
    remedy: 'Ask again after the next update: by then a worker that died is replaced.',
  });
}
