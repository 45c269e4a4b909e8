import type { SharedMemory, SharedNetwork } from '@pg/nn';
import { createReportMemory, type ReportMemory, ReportRing } from './report-ring.js';
import { SharedLock } from './shared-lock.js';

const LOCK = 0;
const TICKET = 1;
const PAUSED = 2;
const CLOSING = 3;
const COMMON_WORDS = 4;
const WORKER_WORDS = 2;

const GOAL = 0;
const HORIZON = 1;

/** What a worker is doing. */
export const Phase = { starting: 0, working: 1, waiting: 2, parked: 3 } as const;

/** Everything that the threads of a run share; a value to post to workers. */
export interface SharedRunMemory {
  /** Where all networks lie. */
  readonly memory: SharedMemory;
  /** The parameters and moments that all move. */
  readonly parameters: SharedNetwork;
  readonly workers: number;
  readonly words: Int32Array<SharedArrayBuffer>;
  /** `[2]`: environment steps after an even and after an odd number of updates; where nobody takes turns, the first is all. */
  readonly counts: BigInt64Array<SharedArrayBuffer>;
  /** `[2]`: the step where training ends, and where schedules end. */
  readonly limits: Float64Array<SharedArrayBuffer>;
  readonly reports: ReportMemory;
}

/** Memory for a run of so many workers. */
export function createSharedRun(memory: SharedMemory, parameters: SharedNetwork, workers: number): SharedRunMemory {
  return {
    memory,
    parameters,
    workers,
    words: new Int32Array(new SharedArrayBuffer(4 * (COMMON_WORDS + WORKER_WORDS * workers))),
    counts: new BigInt64Array(new SharedArrayBuffer(16)),
    limits: new Float64Array(new SharedArrayBuffer(16)),
    reports: createReportMemory(workers),
  };
}

/** A run as one of its threads sees it. */
export class SharedRun {
  readonly workers: number;
  /** Whose turn it is to step. */
  readonly lock: SharedLock;
  readonly reports: ReportRing;
  readonly #words: Int32Array;
  readonly #counts: BigInt64Array;
  readonly #limits: Float64Array;

  constructor({ words, counts, limits, reports, workers }: SharedRunMemory) {
    this.workers = workers;
    this.lock = new SharedLock(words, LOCK);
    this.reports = new ReportRing(reports);
    this.#words = words;
    this.#counts = counts;
    this.#limits = limits;
  }

  /** Goes up whenever workers are to run on; those that are parked sleep on it. */
  get ticket(): number {
    return Atomics.load(this.#words, TICKET);
  }

  /** Whether workers are to park after their update. */
  get paused(): boolean {
    return Atomics.load(this.#words, PAUSED) === 1;
  }

  set paused(paused: boolean) {
    Atomics.store(this.#words, PAUSED, paused ? 1 : 0);
    if (paused) this.reports.wakeWriters();
  }

  /** The step where training ends. */
  get goal(): number {
    return this.#limits[GOAL]!;
  }

  /** The step where schedules end. */
  get horizon(): number {
    return this.#limits[HORIZON]!;
  }

  /** Where training and schedules end; to be called while nobody works. */
  limit(goal: number, horizon: number): void {
    this.#limits[GOAL] = goal;
    this.#limits[HORIZON] = horizon;
  }

  /** Whether workers are to end. */
  get closing(): boolean {
    return Atomics.load(this.#words, CLOSING) === 1;
  }

  /** Has all workers end, at the latest after their update. */
  close(): void {
    Atomics.store(this.#words, CLOSING, 1);
    this.paused = true;
    Atomics.notify(this.#words, TICKET);
  }

  /** Lets parked workers go on. */
  go(): void {
    this.paused = false;
    Atomics.add(this.#words, TICKET, 1);
    Atomics.notify(this.#words, TICKET);
  }

  /** Sleeps until workers are to go on or to end, `timeoutMs` at most. */
  awaitTicket(seen: number, timeoutMs: number): void {
    if (!this.closing) Atomics.wait(this.#words, TICKET, seen, timeoutMs);
  }

  /** Environment steps after so many updates, made in turns. */
  stepAfter(updates: number): number {
    return Number(Atomics.load(this.#counts, updates & 1));
  }

  /** Says how many environment steps there are after so many updates; they count once the last of these is made. */
  setStepAfter(updates: number, step: number): void {
    Atomics.store(this.#counts, updates & 1, BigInt(step));
  }

  /** Environment steps where nobody takes turns. */
  get stepOfAll(): number {
    return Number(Atomics.load(this.#counts, 0));
  }

  /** Counts steps where nobody takes turns; returns how many there are now. */
  addSteps(steps: number): number {
    return Number(Atomics.add(this.#counts, 0, BigInt(steps))) + steps;
  }

  phaseOf(worker: number): number {
    return Atomics.load(this.#words, wordOf(worker));
  }

  setPhase(worker: number, phase: number): void {
    Atomics.store(this.#words, wordOf(worker), phase);
  }

  /** Goes up with each of a worker's updates. */
  beatsOf(worker: number): number {
    return Atomics.load(this.#words, wordOf(worker) + 1);
  }

  beat(worker: number): void {
    Atomics.add(this.#words, wordOf(worker) + 1, 1);
  }
}

const wordOf = (worker: number) => COMMON_WORDS + worker * WORKER_WORDS;
