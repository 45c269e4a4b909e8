import { InvalidOptionsError, UnavailableError } from '@pg/core';
import { requireWebAssembly } from '../compile-kernels.js';
import type { Pointer } from '../kernels.js';
import { FIRST_FREE, type MemorySource } from './arena.js';

const PAGE = 65536;
const MOST_PAGES = 65536;
const SMALLER = 'Use fewer environments, shorter rollouts, fewer episodes an update or smaller layers.';

/** A memory for one network. It grows once, when it is sealed, and its arrays are empty once it is released. */
export class OwnMemory implements MemorySource {
  readonly memory: WebAssembly.Memory;
  readonly #where: string;
  readonly #what: () => string;
  #next = FIRST_FREE;

  /**
   * `where` names the engine in messages, `what` the network.
   *
   * @throws UnavailableError when the runtime has no address space for another memory
   */
  constructor(where: string, what: () => string) {
    this.#where = where;
    this.#what = what;
    this.memory = newMemory(where);
  }

  take(bytes: number): Pointer {
    const at = this.#next;
    this.#next += bytes;
    return at;
  }

  seal(): void {
    const pages = Math.ceil(this.#next / PAGE);
    try {
      this.memory.grow(Math.max(0, pages - 1));
    } catch (cause) {
      throw pages > MOST_PAGES ? this.#tooLarge(cause) : this.#refused(cause);
    }
  }

  #tooLarge(cause: unknown): InvalidOptionsError {
    return new InvalidOptionsError({ ...this.#need(), expected: 'at most 4 GiB, and no more than the machine has free', remedy: SMALLER, cause });
  }

  /** The size would do, but the machine, or a limit that it was given, does not. */
  #refused(cause: unknown): UnavailableError {
    const expected = 'a runtime that lets WebAssembly memory grow so far';
    const remedy = `Free memory or raise the limit of the process (ulimit -v, a container, --wasm-max-mem-pages). ${SMALLER}`;
    return new UnavailableError({ ...this.#need(), expected, remedy, cause });
  }

  #need() {
    return { where: this.#where, got: `${this.#what()}, which need ${inWords(this.#next)}` };
  }

  /** Growing detaches the buffer, also by nothing: arrays that anybody still holds have no elements from then on. */
  release(): void {
    this.memory.grow(0);
  }
}

function inWords(bytes: number): string {
  const [unit, name] = bytes < 2 ** 30 ? [2 ** 20, 'MiB'] : [2 ** 30, 'GiB'];
  const count = bytes / unit;
  return `${count < 1e6 ? count.toFixed(1) : count.toPrecision(3)} ${name}`;
}

function newMemory(where: string): WebAssembly.Memory {
  requireWebAssembly(where);
  try {
    return new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES });
  } catch (cause) {
    throw new UnavailableError({
      where,
      got: 'a runtime without address space for the memory of one more network (V8 sets 10 GiB aside for each, enough for about 13,000)',
      expected: 'room for it',
      remedy:
        'Dispose networks and policies that are no longer used, or compile them over one memory: wasmEngine({ memory: createSharedMemory({ megabytes }) }).',
      cause,
    });
  }
}
