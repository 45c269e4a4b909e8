import { Phase, type SharedRun } from './shared-run.js';
import { ownerOf } from './shared-steps.js';
import type { Post } from './worker-post.js';

/** Loading a module takes its time, however soon updates have to follow afterwards. */
export const STARTING_MS = 60_000;

/** Nobody has the lock for longer: a turn takes milliseconds. */
const LOCKED_MS = 5000;

/** Looks now and then whether the workers make updates; time that the main thread itself was busy does not count. */
export class HangWatch {
  readonly #run: SharedRun;
  readonly #timeoutMs: number;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Of each worker the count of updates, and for how long it has been the same. */
  readonly #seen: { beats: number; stillMs: number }[];

  constructor(run: SharedRun, timeoutMs: number) {
    this.#run = run;
    this.#timeoutMs = timeoutMs;
    this.#seen = Array.from({ length: run.workers }, () => ({ beats: -1, stillMs: 0 }));
  }

  /** Calls `onHang` for each worker that lets its deadline pass, until `stop`. */
  start(posts: readonly Post[], onHang: (post: Post) => void): void {
    const period = Math.min(1000, Math.max(20, this.#timeoutMs / 4));
    for (const seen of this.#seen) seen.beats = -1;
    this.#timer = setInterval(() => {
      for (const post of posts) if (post.thread && !post.endedFor && this.#look(post, period)) onHang(post);
    }, period);
    (this.#timer as { unref?(): void }).unref?.();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Whether a worker has let its deadline pass. */
  #look({ worker, hasStarted }: Post, period: number): boolean {
    const run = this.#run;
    const seen = this.#seen[worker]!;
    const beats = run.beatsOf(worker);
    const owns = run.lock.owner === ownerOf(worker);
    const works = !hasStarted || owns || run.phaseOf(worker) === Phase.working;
    if (beats !== seen.beats || !works) {
      seen.beats = beats;
      seen.stillMs = 0;
      return false;
    }
    seen.stillMs += period;
    const deadline = hasStarted ? this.#timeoutMs : Math.max(STARTING_MS, this.#timeoutMs);
    return seen.stillMs > (owns ? Math.min(LOCKED_MS, deadline) : deadline);
  }
}
