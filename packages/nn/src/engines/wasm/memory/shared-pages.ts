import { brandOf, describeValue, InvalidOptionsError } from '@pg/core';
import type { SharedBlock, SharedMemory } from '../../shared-network.js';
import type { Pointer } from '../kernels.js';
import { FIRST_FREE } from './arena.js';

/** What is handed out: whole pages of this many bytes. */
const PAGE = 4096;
/** Where the mark and the name of a shared memory lie: three 32-bit numbers. */
const HEADER = 64;
/** `pgsh`: a shared memory that was prepared. */
const MARK = 0x70677368;
/** A page's word in `users` is generation · MOST_USERS + users. */
const MOST_USERS = 65536;
/** Marks pages that were taken without a name, and those of the tables. */
const NOBODY = 255;

/**
 * The allocator of a shared memory; it lies in the memory, so that every thread has the same. A byte for each page says whether it
 * is taken, and a page becomes a thread's by compare-exchange. There is no lock, so a thread that is terminated at any moment costs
 * the others no more than the pages that it had, and these can be reclaimed when it took them under a name. What is free is zero.
 */
export class SharedPages {
  readonly memory: WebAssembly.Memory;
  /** Tells this memory from others, in all threads. */
  readonly name: string;
  /** [pages]: whose a page is, 0 for nobody's. */
  readonly #taken: Uint8Array;
  /** What marks the pages that are taken here, 1 to 255. */
  readonly #user: number;
  /** [pages]: for a page that begins a block with users, how many, and how many blocks began there. */
  readonly #users: Uint32Array;

  /** @throws InvalidOptionsError when the memory is not one of `createSharedMemory` */
  constructor(where: string, shared: SharedMemory, user = NOBODY) {
    const memory = shared as unknown as WebAssembly.Memory;
    const header = brandOf(memory) === 'WebAssembly.Memory' && memory.buffer.byteLength > HEADER ? new Uint32Array(memory.buffer, HEADER, 3) : [];
    if (header[0] !== MARK) {
      const got = `memory: ${describeValue(shared)}`;
      throw new InvalidOptionsError({ where, got, expected: 'what createSharedMemory gives', remedy: 'Make it once and post it to the workers.' });
    }
    this.memory = memory;
    this.#user = user;
    this.name = `${header[1]!.toString(16)}-${header[2]!.toString(16)}`;
    const pages = memory.buffer.byteLength / PAGE;
    this.#users = new Uint32Array(memory.buffer, FIRST_FREE, pages);
    this.#taken = new Uint8Array(memory.buffer, FIRST_FREE + 4 * pages, pages);
  }

  /** Prepares a fresh memory, before any thread has it. */
  static prepare(memory: WebAssembly.Memory): void {
    // biome-ignore lint/style/noRestrictedGlobals: a name alone, on which no result depends; browsers refuse to draw into shared memory
    const [first, second] = crypto.getRandomValues(new Uint32Array(2));
    new Uint32Array(memory.buffer, HEADER, 3).set([MARK, first!, second!]);
    const pages = memory.buffer.byteLength / PAGE;
    const tables = FIRST_FREE + 5 * pages;
    new Uint8Array(memory.buffer, FIRST_FREE + 4 * pages, Math.ceil(tables / PAGE)).fill(NOBODY);
  }

  /**
   * The address of zeroed pages for so many bytes.
   *
   * @throws InvalidOptionsError when no such run of pages is free
   */
  take(where: string, bytes: number): Pointer {
    const count = Math.ceil(bytes / PAGE);
    for (let first = 0; first + count <= this.#taken.length; ) {
      const obstacle = this.#claim(first, first + count);
      if (obstacle === undefined) return first * PAGE;
      first = obstacle + 1;
    }
    throw this.#exhausted(where, bytes);
  }

  /** Gives pages back. */
  give(at: Pointer, bytes: number): void {
    new Uint8Array(this.memory.buffer, at, bytes).fill(0);
    const end = at / PAGE + Math.ceil(bytes / PAGE);
    for (let page = at / PAGE; page < end; page++) Atomics.store(this.#taken, page, 0);
  }

  /** Gives back what a thread left behind that has ended: all pages that it took under its name. */
  reclaim(): void {
    for (let page = 0; page < this.#taken.length; page++) {
      if (this.#taken[page] !== this.#user) continue;
      const word = this.#users[page]!;
      Atomics.store(this.#users, page, word - (word % MOST_USERS));
      this.give(page * PAGE, PAGE);
    }
  }

  /** A new block with one user, zeroed. */
  create(where: string, bytes: number): SharedBlock {
    const address = this.take(where, bytes);
    const page = address / PAGE;
    const generation = Math.floor(this.#users[page]! / MOST_USERS) + 1;
    Atomics.store(this.#users, page, generation * MOST_USERS + 1);
    return { address, bytes, generation: Math.floor(this.#users[page]! / MOST_USERS) };
  }

  /** Counts one more user of a block; false when it has been given back. */
  join({ address, generation }: SharedBlock): boolean {
    const page = address / PAGE;
    for (;;) {
      const word = Atomics.load(this.#users, page);
      if (Math.floor(word / MOST_USERS) !== generation || word % MOST_USERS === 0) return false;
      if (Atomics.compareExchange(this.#users, page, word, word + 1) === word) return true;
    }
  }

  /** Counts one user less; the last one gives the block back. */
  leave({ address, bytes }: SharedBlock): void {
    if (Atomics.sub(this.#users, address / PAGE, 1) % MOST_USERS === 1) this.give(address, bytes);
  }

  /** Bytes in all, bytes that are free, and the most of them in a row. */
  room(): { readonly bytes: number; readonly free: number; readonly longest: number } {
    let free = 0;
    let longest = 0;
    let run = 0;
    for (const taken of this.#taken) {
      run = taken ? 0 : run + 1;
      free += taken ? 0 : 1;
      longest = Math.max(longest, run);
    }
    return { bytes: this.memory.buffer.byteLength, free: free * PAGE, longest: longest * PAGE };
  }

  /** Takes all pages of a run, or none: then it returns the page that was in the way. */
  #claim(first: number, end: number): number | undefined {
    for (let page = first; page < end; page++) {
      if (this.#taken[page] === 0 && Atomics.compareExchange(this.#taken, page, 0, this.#user) === 0) continue;
      for (let back = first; back < page; back++) Atomics.store(this.#taken, back, 0);
      return page;
    }
    return undefined;
  }

  #exhausted(where: string, bytes: number): InvalidOptionsError {
    const { bytes: all, free, longest } = this.room();
    return new InvalidOptionsError({
      where,
      got: `a block of ${mebibytes(bytes)} for a shared memory of ${mebibytes(all)}, of which ${mebibytes(free)} are free, ${mebibytes(longest)} in a row`,
      expected: 'a block that fits',
      remedy: 'Dispose networks that are no longer used, compile for fewer rows, or give createSharedMemory more megabytes.',
    });
  }
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
