import { type xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError } from '../errors/kinds.js';
import { log } from '../math/log.js';
import { requireFinite, requireIndex, requireTypedArray } from '../options/require-argument.js';
import { childKey, type StreamKey, seedKey } from './stream-key.js';

/** Everything a stream is: its place in the tree of streams and how far it has been read. Plain JSON. */
export interface RngState {
  /** Names the stream; children are derived from it. */
  readonly key: readonly number[];
  /** The generator's 128 bits. */
  readonly generator: readonly number[];
}

/**
 * A seeded stream of random numbers that can be split into independent named streams.
 *
 * The generator is xoroshiro128+ (Blackman and Vigna 2018) from `pure-rand`, of which the upper bits are used. A child's
 * stream depends on the parent's *key* and the child's name, never on how much was drawn, so adding a draw in one place
 * changes nothing elsewhere. All draws give the same bits in every JavaScript engine.
 *
 * @example
 * ```ts
 * const rng = Rng.fromSeed(7);
 * const weights = rng.stream('init');
 * const thirdEnvironment = rng.stream('env', 2);
 * ```
 */
export class Rng {
  #key: StreamKey;
  #generator: ReturnType<typeof xoroshiro128plus>;

  private constructor(key: StreamKey, generator: readonly number[]) {
    this.#key = key;
    this.#generator = xoroshiro128plusFromState(generator);
  }

  /**
   * The root stream of a seed. 0 is a seed like any other.
   *
   * @throws InvalidOptionsError when `seed` is not a safe integer
   */
  static fromSeed(seed: number): Rng {
    if (!Number.isSafeInteger(seed)) {
      throw new InvalidOptionsError({
        where: 'Rng.fromSeed',
        got: `seed: ${describeValue(seed)}`,
        expected: 'a safe integer',
        remedy: 'Pass a whole number, for example seed: 0.',
      });
    }
    return Rng.#fromKey(seedKey(seed));
  }

  /**
   * A stream exactly as {@link Rng.state} found it.
   *
   * @throws InvalidOptionsError when `state` is not what `state()` returns
   */
  static fromState(state: RngState): Rng {
    if (!isFourWords(state?.key) || !isFourWords(state.generator) || state.generator.every((word) => word === 0)) {
      throw new InvalidOptionsError({
        where: 'Rng.fromState',
        got: describeValue(state),
        expected: 'a state made by rng.state()',
        remedy: 'Pass what state() returned, unchanged.',
      });
    }
    return new Rng(state.key, state.generator);
  }

  static #fromKey(key: StreamKey): Rng {
    const generator = childKey(key, 'generator', 0);
    return new Rng(key, generator.some((word) => word !== 0) ? generator : [1, 0, 0, 0]);
  }

  /**
   * The independent stream that a name and an index pick; the same every time, however much was drawn before.
   *
   * @throws InvalidOptionsError when `name` is no string or `index` not a safe integer
   */
  stream(name: string, index = 0): Rng {
    if (typeof name !== 'string') {
      throw new InvalidOptionsError({
        where: 'rng.stream',
        got: `name: ${describeValue(name)}`,
        expected: 'a string',
        remedy: 'Name the stream, for example stream("env", 2).',
      });
    }
    if (!Number.isSafeInteger(index)) {
      throw new InvalidOptionsError({
        where: 'rng.stream',
        got: `index: ${describeValue(index)}`,
        expected: 'a safe integer',
        remedy: 'Pass a whole number, for example stream("env", 2).',
      });
    }
    return Rng.#fromKey(childKey(this.#key, name, index));
  }

  /** What is needed to go on from here later, in this process or another. */
  state(): RngState {
    return { key: [...this.#key], generator: [...this.#generator.getState()] };
  }

  /** Becomes the stream that a state was taken from, this or another, children included. */
  restore(state: RngState): void {
    const restored = Rng.fromState(state);
    this.#key = restored.#key;
    this.#generator = restored.#generator;
  }

  /** A whole number in [0, 2^32). Its lowest bits are the generator's weakest: for few values use {@link Rng.integer}. */
  uint32(): number {
    return this.#generator.next() >>> 0;
  }

  /**
   * A float64 in [low, high) with 53 random bits; [0, 1) by default. Other bounds can round up to `high` itself.
   *
   * @throws InvalidOptionsError when a bound is no finite number
   */
  uniform(low = 0, high = 1): number {
    requireFinite('rng.uniform', 'low', low);
    requireFinite('rng.uniform', 'high', high);
    const upper = this.#generator.next() >>> 5;
    const lower = this.#generator.next() >>> 6;
    return low + (high - low) * ((upper * 67108864 + lower) * 1.1102230246251565e-16);
  }

  /** Fills an array with float32 numbers in [0, 1), multiples of 2^−24. Hot: no allocation. */
  fillUniform(out: Float32Array, from = 0, to = out?.length): void {
    requireTypedArray('rng.fillUniform', 'out', out);
    requireIndex('rng.fillUniform', { name: 'from', value: from, to: out.length });
    requireIndex('rng.fillUniform', { name: 'to', value: to, to: out.length });
    const generator = this.#generator;
    for (let i = from; i < to; i++) out[i] = (generator.next() >>> 8) * 5.960464477539063e-8;
  }

  /** A draw from the standard normal distribution, by Marsaglia's polar method (the second value of a pair is not kept). */
  normal(): number {
    for (;;) {
      const u = this.uniform(-1, 1);
      const v = this.uniform(-1, 1);
      const s = u * u + v * v;
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * log(s)) / s);
    }
  }

  /** A draw from the exponential distribution with mean 1. */
  exponential(): number {
    return -log(1 - this.uniform());
  }

  /**
   * A whole number in [0, bound), every value alike.
   *
   * @throws InvalidOptionsError when `bound` is not a whole number from 1 to 2^32
   */
  integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 4294967296) {
      throw new InvalidOptionsError({
        where: 'rng.integer',
        got: `bound: ${describeValue(bound)}`,
        expected: 'a whole number from 1 to 2^32',
        remedy: 'Pass how many values there are.',
      });
    }
    if (bound === 1) return 0;
    // as many upper bits as bound − 1 has, drawn again when they exceed it: at most every second time
    const unused = Math.clz32(bound - 1);
    for (;;) {
      const value = this.uint32() >>> unused;
      if (value < bound) return value;
    }
  }

  /** Puts the elements in an order in which every one of the possible orders is alike (Fisher and Yates), in place. Hot: no allocation. */
  shuffle(list: Int32Array | Float32Array | Uint8Array): void {
    requireTypedArray('rng.shuffle', 'list', list);
    for (let i = list.length - 1; i > 0; i--) {
      const other = this.integer(i + 1);
      const kept = list[i]!;
      list[i] = list[other]!;
      list[other] = kept;
    }
  }
}

/** Whether `value` is 128 bits as four signed 32-bit words. */
function isFourWords(value: unknown): value is StreamKey {
  return Array.isArray(value) && value.length === 4 && Array.from(value).every((word) => word === (word | 0));
}
