import { InvalidOptionsError } from '@pg/core';
import type { Pointer } from './kernels.js';

const PAGE = 65536;
const MOST_PAGES = 65536;
/** Below it the kernels keep what the compiler gave them and scratch of their own; pointer 0 stays free to mean none. */
const FIRST_FREE = 8192;

/**
 * Memory that is planned first and taken once: `reserve` hands out addresses, `seal` grows the memory to hold them all, and
 * from then on views can be made and nothing is allocated.
 */
export class Arena {
  /** The memory that the kernels work in. */
  readonly memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES });
  readonly #where: string;
  #next = FIRST_FREE;

  /** `where` names the engine in messages. */
  constructor(where: string) {
    this.#where = where;
  }

  /** The address of a new zeroed block for `count` 4-byte numbers, aligned to 16 bytes. */
  reserve(count: number): Pointer {
    const at = this.#next;
    this.#next += Math.ceil((count * 4) / 16) * 16;
    return at;
  }

  /** Takes the memory for everything reserved so far. */
  seal(): void {
    const pages = Math.ceil(this.#next / PAGE);
    try {
      this.memory.grow(Math.max(0, pages - 1));
    } catch (cause) {
      throw new InvalidOptionsError({
        where: this.#where,
        got: `a network whose rows need ${(this.#next / 2 ** 30).toFixed(1)} GiB`,
        expected: 'at most 4 GiB, and no more than the machine has free',
        remedy: 'Use fewer environments, shorter rollouts or fewer episodes an update.',
        cause,
      });
    }
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
}
