import type { PlainError } from '@pg/core/threads';
import type { SharedNetwork } from '@pg/nn';
import type { WorkerRecord } from './crew.js';
import type { WorkerThread } from './start-thread.js';
import type { WorkerState } from './worker-state.js';
import type { WorkerMessage } from './worker-thread.js';

/** A worker's place: the thread that fills it, and what is known of those before. */
export class Post {
  readonly worker: number;
  /** How often a worker began here anew. */
  starts: number;
  /** What the next one goes on from. */
  state: WorkerState | undefined;
  /** Why its state cannot be written down. */
  stateError: PlainError | undefined;
  thread: WorkerThread | undefined;
  /** Whether the thread has begun to work. */
  hasStarted = false;
  /** Where its network's numbers lie. */
  network: SharedNetwork | undefined;
  /** The ticket after which it waits; −1 for none. */
  parkedAt = -1;
  /** What it said before it ended. */
  failure: PlainError | undefined;
  /** Why it was ended, if it was. */
  endedFor: 'hanging' | 'stopped' | undefined;
  #losses = 0;
  #updatesAtLoss = 0;

  constructor(worker: number, { starts, state }: WorkerRecord = { starts: 0, state: undefined }) {
    this.worker = worker;
    this.starts = starts;
    this.state = state;
  }

  /** A thread takes the place. */
  begin(thread: WorkerThread): void {
    this.thread = thread;
    this.hasStarted = false;
    this.parkedAt = -1;
    this.failure = undefined;
    this.endedFor = undefined;
  }

  hear(message: WorkerMessage | { readonly failure: PlainError }): void {
    if ('failure' in message) this.failure = message.failure;
    else if (message.kind === 'started') {
      this.hasStarted = true;
      this.network = message.network;
    } else if (message.kind === 'parked') {
      this.parkedAt = message.ticket;
      this.state = message.state;
      this.stateError = message.stateError;
    }
  }

  /** The thread is gone. */
  bury(keepsState: boolean): void {
    this.thread = undefined;
    this.network = undefined;
    // one that never began was to go on from the same
    if (!this.hasStarted || keepsState) return;
    this.state = undefined;
    this.stateError = undefined;
  }

  /** One more loss, after so many updates here; returns how many there were with fewer updates than `forgiven` between. */
  countLoss(updates: number, forgiven: number): number {
    this.#losses = updates - this.#updatesAtLoss < forgiven ? this.#losses + 1 : 1;
    this.#updatesAtLoss = updates;
    return this.#losses;
  }
}
