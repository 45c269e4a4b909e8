import { BusyError, nextEventLoopTurn } from '@pg/core';
import { isStray, type PlainError, reviveError, type ThreadOptions } from '@pg/core/threads';
import { type NamedTensor, reclaimSharedMemory, type TrainableNetwork } from '@pg/nn';
import type { TrainingLeg } from '../training/training-loop.js';
import type { StartedWorker } from '../workers/worker-options.js';
import type { Crew, CrewUpdate, WorkerRecord } from './crew.js';
import { HangWatch } from './hang-watch.js';
import { type LostWorker, lossError, tooManyLosses } from './lost-worker.js';
import { SharedRun, type SharedRunMemory } from './shared-run.js';
import { ownerOf } from './shared-steps.js';
import type { StartThread, ThreadEnd } from './start-thread.js';
import { Post } from './worker-post.js';
import type { A3cTask, WorkerMessage } from './worker-thread.js';
import type { WorkerUpdate } from './worker-update.js';

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
  readonly startWorker: (() => StartedWorker) | undefined;
  readonly startThread: StartThread;
  /** What a worker is to do; `starts` tells its random streams from those of the ones that it replaces. */
  taskOf(worker: number, record: WorkerRecord): { readonly method: string; readonly task: A3cTask };
}

/** A timer that only keeps the program running. */
const HOLD_MS = 2 ** 30;

/** Workers on threads: starts and stops them, hands out what they report, and replaces those that are lost. */
export class ThreadCrew implements Crew {
  readonly network: TrainableNetwork;
  readonly #parts: ThreadCrewParts;
  readonly #run: SharedRun;
  readonly #posts: readonly Post[];
  readonly #watch: HangWatch;
  /** Of the update that was handed out last, where nobody takes turns. */
  #given = { updates: 0, step: 0 };
  #lost: LostWorker[] = [];
  /** Whose update was given last; −1 for nobody's. */
  #lastWorker = -1;
  /** Why the run cannot go on. */
  #fatal: Error | undefined;
  #isWorking = false;
  /** Ends the workers that do not stop by themselves. */
  #grace: ReturnType<typeof setTimeout> | undefined;
  #stepAtEnd: number | undefined;
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
    if (this.#stepAtEnd !== undefined) return this.#stepAtEnd;
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

  async *updates({ goal, horizon, signal, assertAlive }: TrainingLeg): AsyncGenerator<CrewUpdate, void, undefined> {
    if (this.step >= goal || signal?.aborted) return;
    const stop = () => this.#stop();
    signal?.addEventListener('abort', stop);
    try {
      this.#begin(goal, horizon);
      for (let isOver = false; !isOver; ) {
        const awakened = this.#nextChange();
        this.#run.reports.listen();
        if (this.#fatal) stop();
        // asked before reading: what is made after this wakes the loop
        isOver = this.#isOver(goal) && this.#isIdle();
        for (let update = this.#take(); update !== undefined; update = this.#take()) {
          yield update;
          assertAlive();
          if (signal?.aborted) return;
        }
        if (isOver) break;
        await this.#hold(awakened);
        await nextEventLoopTurn();
        assertAlive();
      }
    } finally {
      signal?.removeEventListener('abort', stop);
      await this.#end();
    }
    if (this.#fatal) throw this.#fatal;
  }

  rest(): readonly WorkerUpdate[] {
    return this.#run.reports.unread();
  }

  takeRest(): readonly WorkerUpdate[] {
    const rest = this.rest();
    while (this.#run.reports.take());
    return rest;
  }

  async whilePaused<T>(work: () => T): Promise<T> {
    if (!this.#isWorking) return work();
    const run = this.#run;
    const wasPaused = run.paused;
    run.paused = true;
    await this.#awaitIdle();
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
    this.#watch.stop();
    this.#changed();
    const grace = setTimeout(() => this.#posts.forEach((post) => void post.thread?.terminate()), GRACE_MS);
    while (this.#posts.some(({ thread }) => thread)) await this.#hold(this.#nextChange());
    clearTimeout(grace);
    this.#stepAtEnd = this.step;
    this.network.dispose();
  }

  #begin(goal: number, horizon: number): void {
    const run = this.#run;
    run.limit(goal, horizon);
    this.#fatal = undefined;
    this.#isWorking = true;
    // workers wait and everything was read: these are the numbers of the last update
    this.#given = { updates: this.network.optimizerSteps, step: this.step };
    for (const post of this.#posts) if (!post.thread) this.#start(post);
    this.#watch.start(this.#posts, (post) => this.#terminate(post, 'hanging'));
    run.go();
  }

  /** Has the workers stop at the end of their rollouts, and ends those whose rollouts take too long. */
  #stop(): void {
    this.#run.paused = true;
    this.#grace ??= setTimeout(() => this.#endWorking(), GRACE_MS);
    // threads that have not begun have nothing to say
    this.#changed();
  }

  /** Resolves when no worker works. */
  async #end(): Promise<void> {
    this.#stop();
    await this.#awaitIdle();
    clearTimeout(this.#grace);
    this.#grace = undefined;
    this.#watch.stop();
    this.#isWorking = false;
  }

  #isOver(goal: number): boolean {
    return this.#grace !== undefined || this.step >= goal;
  }

  async #awaitIdle(): Promise<void> {
    for (;;) {
      const awakened = this.#nextChange();
      if (this.#isIdle()) return;
      await this.#hold(awakened);
    }
  }

  /** Waits, and keeps the program running meanwhile: threads do not, lest a loop that nobody goes on with keep it for ever. */
  async #hold(awaited: Promise<void>): Promise<void> {
    const timer = setInterval(() => {}, HOLD_MS);
    await awaited;
    clearInterval(timer);
  }

  /** The next update. Without turns workers count before they report: they are numbered in the order in which they are handed out. */
  #take(): CrewUpdate | undefined {
    const update = this.#run.reports.take();
    if (update === undefined) return undefined;
    this.#lastWorker = update.worker;
    const lost = this.#lost.splice(0);
    if (this.#parts.takesTurns) return { ...update, lost };
    this.#given = { updates: this.#given.updates + 1, step: this.#given.step + update.steps };
    return { ...update, ...this.#given, lost };
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

  #start(post: Post): void {
    const { options, startThread, startWorker, taskOf } = this.#parts;
    if (!post.state) post.starts += 1;
    const { method, task } = taskOf(post.worker, post);
    const listener = {
      onMessage: (message: WorkerMessage | { failure: PlainError }) => this.#hear(post, message),
      onEnd: (end: ThreadEnd) => this.#ended(post, end),
    };
    post.begin(startThread({ task: { module: options.module, exportName: options.export, method, task }, heapMb: options.heapMb, startWorker }, listener));
  }

  #hear(post: Post, message: WorkerMessage | { readonly failure: PlainError }): void {
    post.hear(message);
    this.#changed();
  }

  /** Ends a thread that does not answer, or that is to stop at once. */
  #terminate(post: Post, why: 'hanging' | 'stopped'): void {
    post.endedFor = why;
    post.thread?.terminate();
  }

  #endWorking(): void {
    const { ticket } = this.#run;
    for (const post of this.#posts) if (post.hasStarted && post.parkedAt !== ticket) this.#terminate(post, 'stopped');
  }

  /** Nothing of the thread runs any more: its locks and its memory are free, and another may take its place. */
  #ended(post: Post, end: ThreadEnd): void {
    const { memory, options, startWorker } = this.#parts;
    const { lock, reports, ticket, closing } = this.#run;
    const owner = ownerOf(post.worker);
    reports.recover(owner);
    if (lock.owner === owner) reports.publishPrepared(this.network.optimizerSteps);
    lock.recover(owner);
    reclaimSharedMemory(memory.memory, { user: owner });
    const { worker, hasStarted, failure, endedFor } = post;
    // what it last said is true as long as it has not worked since
    post.bury(post.parkedAt === ticket);
    if (!closing && endedFor !== 'stopped') {
      const error = lossError({
        worker,
        starting: !hasStarted,
        hanging: endedFor === 'hanging',
        failure,
        options,
        ownWorker: startWorker !== undefined,
        ...end,
      });
      this.#lost.push({ worker, error });
      // a module that cannot be loaded, or exports something else, will not do better the next time
      const isHopeless = !hasStarted && this.#run.beatsOf(worker) === 0 && (failure !== undefined || startWorker !== undefined || isStray(end.crash));
      if (isHopeless) this.#fatal ??= error;
      else this.#replace(post, error);
    }
    this.#changed();
  }

  #replace(post: Post, error: Error): void {
    const losses = post.countLoss(this.#run.beatsOf(post.worker), FORGIVEN_AFTER);
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
