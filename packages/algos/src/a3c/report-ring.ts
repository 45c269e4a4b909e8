import { MOST_EPISODES } from './ended-episodes.js';
import { SharedLock } from './shared-lock.js';
import type { WorkerUpdate } from './worker-update.js';

const LOCK = 0;
const HEAD = 1;
const TAIL = 2;
const RUNG = 3;
const PREPARED = 4;
const WORDS = 5;

/** 64-bit numbers in the ring, a power of 2: at least 150 updates. */
const SIZE = 32_768;

/** What an update reports beside its episodes, in this order. */
const NUMBERS = [
  'worker',
  'step',
  'updates',
  'gradientLag',
  'steps',
  'workerSteps',
  'policyLoss',
  'entropy',
  'valueLoss',
  'explainedVariance',
  'gradientNorm',
  'learningRate',
  'entropyCoef',
  'episodes',
  'std',
] as const satisfies readonly (keyof WorkerUpdate)[];

/** Of one report, its length included. */
const LONGEST = 1 + NUMBERS.length + 2 * MOST_EPISODES;

/** How long a worker sleeps before it looks for room again, in milliseconds: a wake-up may be lost to one that has died. */
const PATIENCE_MS = 100;

/** The memory of a {@link ReportRing}. */
export interface ReportMemory {
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly numbers: Float64Array<SharedArrayBuffer>;
}

/** Memory for the reports of a run. */
export function createReportMemory(): ReportMemory {
  return { words: new Int32Array(new SharedArrayBuffer(4 * WORDS)), numbers: new Float64Array(new SharedArrayBuffer(8 * SIZE)) };
}

/**
 * Where all workers write their updates, in the order in which they are made, and the learner's thread reads them: no messages. What
 * a worker has not written to its end when it dies was never there; what it had prepared can still be published.
 */
export class ReportRing {
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;
  readonly #lock: SharedLock;
  readonly #record = new Float64Array(LONGEST);

  constructor({ words, numbers }: ReportMemory) {
    this.#words = words;
    this.#numbers = numbers;
    this.#lock = new SharedLock(words, LOCK);
  }

  /** Sleeps until as many writers as there can be have room for a report each. */
  awaitRoom(writers: number): void {
    for (;;) {
      const tail = Atomics.load(this.#words, TAIL);
      if (SIZE - used(Atomics.load(this.#words, HEAD), tail) >= Math.min(SIZE, writers * LONGEST)) return;
      Atomics.wait(this.#words, TAIL, tail, PATIENCE_MS);
    }
  }

  /**
   * Writes an update that is about to be made where nobody reads it yet, so that it is known even if the worker dies as soon as it is
   * made. Whoever prepares has to be alone until they {@link push}; there has to be room.
   */
  prepare(update: WorkerUpdate): void {
    Atomics.store(this.#words, PREPARED, this.#write(update));
  }

  /** Publishes what a worker that has died since had prepared, if that is update number `updates`: the last that was made. */
  publishPrepared(updates: number): void {
    const [head, end] = [Atomics.load(this.#words, HEAD), Atomics.load(this.#words, PREPARED)];
    if (end === head || this.#decode(head, (end - head) | 0).updates !== updates) return;
    Atomics.store(this.#words, HEAD, end);
  }

  /**
   * Writes an update; there has to be room.
   *
   * @param owner - of the ring's lock, a number other than 0
   * @returns whether the reader is to be woken: it has taken everything that came before
   */
  push(update: WorkerUpdate, owner: number): boolean {
    this.#lock.acquire(owner);
    Atomics.store(this.#words, HEAD, this.#write(update));
    this.#lock.release(owner);
    return Atomics.exchange(this.#words, RUNG, 1) === 0;
  }

  /** Takes all updates that are there. */
  drain(): WorkerUpdate[] {
    // first: what comes from now on rings again
    Atomics.store(this.#words, RUNG, 0);
    const head = Atomics.load(this.#words, HEAD);
    const updates: WorkerUpdate[] = [];
    let tail = Atomics.load(this.#words, TAIL);
    while (tail !== head) {
      const length = this.#numbers[tail & (SIZE - 1)]!;
      updates.push(this.#decode(tail, length));
      tail = (tail + length) | 0;
    }
    Atomics.store(this.#words, TAIL, tail);
    Atomics.notify(this.#words, TAIL);
    return updates;
  }

  /** Frees the ring of a worker that has died while it wrote. */
  recover(owner: number): void {
    this.#lock.recover(owner);
  }

  /** Writes a report behind all others; returns where it ends. */
  #write(update: WorkerUpdate): number {
    const length = this.#encode(update);
    const head = Atomics.load(this.#words, HEAD);
    for (let i = 0; i < length; i++) this.#numbers[(head + i) & (SIZE - 1)] = this.#record[i]!;
    return (head + length) | 0;
  }

  #encode(update: WorkerUpdate): number {
    const record = this.#record;
    const { returns, lengths } = update;
    const count = returns.length;
    let at = 1;
    for (const name of NUMBERS) record[at++] = update[name];
    for (let i = 0; i < count; i++) record[at++] = returns[i]!;
    for (let i = 0; i < count; i++) record[at++] = lengths[i]!;
    record[0] = at;
    return at;
  }

  #decode(from: number, length: number): WorkerUpdate {
    const at = (i: number) => this.#numbers[(from + i) & (SIZE - 1)]!;
    const numbers = Object.fromEntries(NUMBERS.map((name, i) => [name, at(1 + i)])) as Record<(typeof NUMBERS)[number], number>;
    const first = 1 + NUMBERS.length;
    const count = (length - first) / 2;
    const list = (start: number) => Array.from({ length: count }, (_, i) => at(start + i));
    return { ...numbers, returns: list(first), lengths: list(first + count) };
  }
}

function used(head: number, tail: number): number {
  return (head - tail) >>> 0;
}
