import { MOST_EPISODES } from './ended-episodes.js';
import { SharedLock } from './shared-lock.js';
import type { WorkerUpdate } from './worker-update.js';

const LOCK = 0;
const HEAD = 1;
const TAIL = 2;
const RUNG = 3;
const PREPARED = 4;
const WORDS = 5;

/** The fewest 64-bit numbers in a ring: about 450 updates in which no episode ends. */
const SMALLEST = 8192;

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

/** How long a worker sleeps before it looks for room again, in milliseconds: it may have been woken just before it fell asleep. */
const PATIENCE_MS = 100;

/** The memory of a {@link ReportRing}. */
export interface ReportMemory {
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly numbers: Float64Array<SharedArrayBuffer>;
}

/** Memory for the reports of a run: half of it is room for one report of each worker, however long. The size is a power of 2. */
export function createReportMemory(workers: number): ReportMemory {
  let size = SMALLEST;
  while (size < 2 * workers * LONGEST) size *= 2;
  return { words: new Int32Array(new SharedArrayBuffer(4 * WORDS)), numbers: new Float64Array(new SharedArrayBuffer(8 * size)) };
}

/**
 * The updates of all workers, in the order in which they are made, from these to the learner's thread without messages. The ring holds all that
 * is unread, so it is also how far workers may be ahead. A report that a dying worker has not written to its end was never there; one that
 * it had prepared can still be published.
 */
export class ReportRing {
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;
  readonly #size: number;
  readonly #lock: SharedLock;
  readonly #record = new Float64Array(LONGEST);

  constructor({ words, numbers }: ReportMemory) {
    this.#words = words;
    this.#numbers = numbers;
    this.#size = numbers.length;
    this.#lock = new SharedLock(words, LOCK);
  }

  /** Whether so many writers have room for a report each. */
  hasRoom(writers: number): boolean {
    return this.#hasRoom(writers, Atomics.load(this.#words, TAIL));
  }

  /** Sleeps until something has been read, or for a moment: the writer may have to do something else by then. */
  awaitReader(writers: number): void {
    const tail = Atomics.load(this.#words, TAIL);
    if (!this.#hasRoom(writers, tail)) Atomics.wait(this.#words, TAIL, tail, PATIENCE_MS);
  }

  /** Wakes the writers that wait for room. */
  wakeWriters(): void {
    Atomics.notify(this.#words, TAIL);
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

  /** Has the next writer wake the reader; to be called before looking for updates. */
  listen(): void {
    Atomics.store(this.#words, RUNG, 0);
  }

  /** Takes the oldest update that is there. */
  take(): WorkerUpdate | undefined {
    const tail = Atomics.load(this.#words, TAIL);
    if (tail === Atomics.load(this.#words, HEAD)) return undefined;
    const length = this.#lengthAt(tail);
    const update = this.#decode(tail, length);
    Atomics.store(this.#words, TAIL, (tail + length) | 0);
    this.wakeWriters();
    return update;
  }

  /** All updates that are there, which stay. */
  unread(): WorkerUpdate[] {
    const head = Atomics.load(this.#words, HEAD);
    const updates: WorkerUpdate[] = [];
    for (let at = Atomics.load(this.#words, TAIL); at !== head; at = (at + this.#lengthAt(at)) | 0) updates.push(this.#decode(at, this.#lengthAt(at)));
    return updates;
  }

  /** Frees the ring of a worker that has died while it wrote. */
  recover(owner: number): void {
    this.#lock.recover(owner);
  }

  #hasRoom(writers: number, tail: number): boolean {
    return this.#size - used(Atomics.load(this.#words, HEAD), tail) >= writers * LONGEST;
  }

  #lengthAt(at: number): number {
    return this.#numbers[at & (this.#size - 1)]!;
  }

  /** Writes a report behind all others; returns where it ends. */
  #write(update: WorkerUpdate): number {
    const length = this.#encode(update);
    const head = Atomics.load(this.#words, HEAD);
    for (let i = 0; i < length; i++) this.#numbers[(head + i) & (this.#size - 1)] = this.#record[i]!;
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
    const at = (i: number) => this.#numbers[(from + i) & (this.#size - 1)]!;
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
