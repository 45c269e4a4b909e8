import type { Pointer } from '../kernels.js';

/** Below it the kernels keep what the compiler gave them and scratch of their own; pointer 0 stays free to mean none. */
export const FIRST_FREE = 8192;

/** Where an arena's blocks come from. */
export interface MemorySource {
  readonly memory: WebAssembly.Memory;
  /** The address of a new zeroed block of a multiple of 16 bytes, aligned to 16. */
  take(bytes: number): Pointer;
  /** Makes sure that all that was taken is there. */
  seal(): void;
  /** Gives all that was taken back. */
  release(): void;
}

/**
 * Memory that is planned first and taken once: `reserve` hands out addresses, `seal` makes sure of the memory behind them, and
 * from then on views can be made and nothing is allocated.
 */
export class Arena {
  readonly #source: MemorySource;

  constructor(source: MemorySource) {
    this.#source = source;
  }

  /** The memory that the kernels work in. */
  get memory(): WebAssembly.Memory {
    return this.#source.memory;
  }

  /** The address of a new zeroed block for `count` 4-byte numbers, aligned to 16 bytes. */
  reserve(count: number): Pointer {
    return this.#source.take(Math.ceil((count * 4) / 16) * 16);
  }

  /** Takes the memory for everything reserved so far. */
  seal(): void {
    this.#source.seal();
  }

  /** Gives everything back; no view of it may be used again. */
  release(): void {
    this.#source.release();
  }

  /** A view of `count` floats; only after `seal`. */
  floats(at: Pointer, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, at, count);
  }

  /** A view of `count` bytes; only after `seal`. */
  bytes(at: Pointer, count: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, at, count);
  }

  /** A view of `count` 32-bit integers; only after `seal`. */
  integers(at: Pointer, count: number): Int32Array {
    return new Int32Array(this.memory.buffer, at, count);
  }

  /** A view of one 64-bit integer; only after `seal`. */
  counter(at: Pointer): BigInt64Array {
    return new BigInt64Array(this.memory.buffer, at, 1);
  }
}
