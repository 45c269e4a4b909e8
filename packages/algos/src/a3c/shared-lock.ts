const FREE = 0;

/**
 * A mutex in shared memory that says who has it, so that it can be freed when its owner has died. Whoever waits sleeps; there is no
 * queue, the first to wake up has it.
 */
export class SharedLock {
  readonly #words: Int32Array;
  readonly #at: number;

  /** The word at `at` is the lock: 0 while it is free. */
  constructor(words: Int32Array, at: number) {
    this.#words = words;
    this.#at = at;
  }

  /** Who has it; 0 for nobody. */
  get owner(): number {
    return Atomics.load(this.#words, this.#at);
  }

  /** Takes it, if it is free. */
  tryAcquire(owner: number): boolean {
    return Atomics.compareExchange(this.#words, this.#at, FREE, owner) === FREE;
  }

  /**
   * Takes it as soon as it is free; on threads that may wait.
   *
   * @param owner - a number other than 0
   * @param timeoutMs - how long to wait for one owner at most
   * @returns false when one has kept it for longer
   */
  acquire(owner: number, timeoutMs = Number.POSITIVE_INFINITY): boolean {
    for (;;) {
      const other = Atomics.compareExchange(this.#words, this.#at, FREE, owner);
      if (other === FREE) return true;
      if (Atomics.wait(this.#words, this.#at, other, timeoutMs) === 'timed-out') return false;
    }
  }

  /** Gives it back. */
  release(owner: number): void {
    this.recover(owner);
  }

  /** Frees it if this owner has it, who may be dead; returns whether it had. */
  recover(owner: number): boolean {
    if (Atomics.compareExchange(this.#words, this.#at, owner, FREE) !== owner) return false;
    Atomics.notify(this.#words, this.#at, 1);
    return true;
  }
}
