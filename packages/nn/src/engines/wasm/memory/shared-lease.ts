import { DisposedError } from '@pg/core';
import type { SharedBlock } from '../../shared-network.js';
import type { Pointer } from '../kernels.js';
import type { MemorySource } from './arena.js';
import type { SharedPages } from './shared-pages.js';

/** Small arrays are cut from pieces of this many bytes. */
const PIECE = 65536;

/** What one network has of a shared memory: arrays of its own, and blocks that others may use as well. */
export class SharedLease implements MemorySource {
  readonly pages: SharedPages;
  readonly #where: string;
  readonly #pieces: { readonly at: Pointer; readonly bytes: number }[] = [];
  readonly #blocks: SharedBlock[] = [];
  #next = 0;
  #end = 0;

  /** `where` names the engine in messages. */
  constructor(where: string, pages: SharedPages) {
    this.#where = where;
    this.pages = pages;
  }

  get memory(): WebAssembly.Memory {
    return this.pages.memory;
  }

  take(bytes: number): Pointer {
    if (this.#next + bytes > this.#end || this.#end === 0) this.#open(bytes);
    const at = this.#next;
    this.#next += bytes;
    return at;
  }

  /** A new block for `count` 4-byte numbers. */
  create(count: number): SharedBlock {
    const block = this.pages.create(this.#where, Math.max(16, count * 4));
    this.#blocks.push(block);
    return block;
  }

  /**
   * Uses a block of another network as well.
   *
   * @throws DisposedError when nobody uses it any more
   */
  join(block: SharedBlock): SharedBlock {
    if (!this.pages.join(block)) throw this.#gone();
    this.#blocks.push(block);
    return block;
  }

  /** Runs `work` while it uses a block of another network. */
  with(block: SharedBlock, work: (at: Pointer) => void): void {
    if (!this.pages.join(block)) throw this.#gone();
    try {
      work(block.address);
    } finally {
      this.pages.leave(block);
    }
  }

  seal(): void {}

  release(): void {
    for (const { at, bytes } of this.#pieces.splice(0)) this.pages.give(at, bytes);
    for (const block of this.#blocks.splice(0)) this.pages.leave(block);
  }

  /** Goes on in another piece, of at least so many bytes. */
  #open(bytes: number): void {
    const size = Math.max(PIECE, Math.ceil(bytes / PIECE) * PIECE);
    this.#next = this.pages.take(this.#where, size);
    this.#end = this.#next + size;
    this.#pieces.push({ at: this.#next, bytes: size });
  }

  #gone(): DisposedError {
    return new DisposedError({
      where: this.#where,
      got: 'the shared numbers of a network after dispose()',
      expected: 'those of a live network',
      remedy: 'Dispose a network once those that are to use its numbers have been compiled.',
    });
  }
}
