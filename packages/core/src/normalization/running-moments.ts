import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError, InvalidShapeError } from '../errors/kinds.js';
import { requireArgument, requireIndex } from '../options/require-argument.js';
import { allocate } from '../runtime/allocate.js';

/** What {@link RunningMoments} has seen so far. Plain JSON. */
export interface RunningMomentsState {
  readonly count: number;
  readonly mean: readonly number[];
  readonly sumOfSquares: readonly number[];
}

/** Mean and variance of vectors that arrive one by one, by Welford's recursion (1962), in float64. */
export class RunningMoments {
  #count = 0;
  readonly #mean: Float64Array;
  readonly #sumOfSquares: Float64Array;

  /**
   * @param size - the vectors' length
   * @throws InvalidOptionsError when it is not a positive whole number
   */
  constructor(size: number) {
    if (!Number.isInteger(size) || size < 1) {
      const got = `size: ${describeValue(size)}`;
      throw new InvalidOptionsError({ where: 'RunningMoments', got, expected: 'a positive whole number', remedy: "Give the vectors' length." });
    }
    this.#mean = allocate(Float64Array, size, `the moments of ${size} numbers`);
    this.#sumOfSquares = allocate(Float64Array, size, `the moments of ${size} numbers`);
  }

  /** How many vectors were seen. */
  get count(): number {
    return this.#count;
  }

  /**
   * Takes in one vector: the elements of `values` from `offset` on. Hot: no allocation.
   *
   * @throws InvalidShapeError when there are not as many
   */
  push(values: ArrayLike<number>, offset = 0): void {
    if (typeof offset !== 'number' || !(values?.length >= offset + this.#mean.length && offset >= 0) || typeof values[offset] !== 'number')
      throw this.#noVector(values, offset);
    this.#count += 1;
    for (let i = 0; i < this.#mean.length; i++) {
      const difference = values[offset + i]! - this.#mean[i]!;
      this.#mean[i]! += difference / this.#count;
      this.#sumOfSquares[i]! += difference * (values[offset + i]! - this.#mean[i]!);
    }
  }

  /**
   * The mean of element `i`; 0 before anything was seen.
   *
   * @throws InvalidOptionsError when there is no such element
   */
  mean(i = 0): number {
    requireIndex('RunningMoments.mean', { name: 'i', value: i, to: this.#mean.length - 1 });
    return this.#mean[i]!;
  }

  /**
   * The population variance of element `i`; 0 before anything was seen.
   *
   * @throws InvalidOptionsError when there is no such element
   */
  variance(i = 0): number {
    requireIndex('RunningMoments.variance', { name: 'i', value: i, to: this.#mean.length - 1 });
    return this.#count === 0 ? 0 : this.#sumOfSquares[i]! / this.#count;
  }

  /** What is needed to go on later. */
  state(): RunningMomentsState {
    return { count: this.#count, mean: [...this.#mean], sumOfSquares: [...this.#sumOfSquares] };
  }

  /**
   * Goes back to a state taken from moments of the same size.
   *
   * @throws InvalidShapeError when it is of another size
   */
  restore(state: RunningMomentsState): void {
    requireState(state);
    if (state.mean.length !== this.#mean.length || state.sumOfSquares.length !== this.#mean.length) {
      throw new InvalidShapeError({
        where: 'RunningMoments.restore',
        got: `a state of ${state.mean.length} means and ${state.sumOfSquares.length} sums of squares`,
        expected: `${this.#mean.length} of each`,
        remedy: 'Restore into moments of the same size.',
      });
    }
    this.#count = state.count;
    this.#mean.set(state.mean);
    this.#sumOfSquares.set(state.sumOfSquares);
  }

  #noVector(values: unknown, offset: number): InvalidShapeError {
    const length = (values as ArrayLike<number> | null | undefined)?.length;
    return new InvalidShapeError({
      where: 'RunningMoments.push',
      got:
        typeof length === 'number' && typeof offset === 'number' && offset >= 0
          ? `${Math.max(0, length - offset)} numbers`
          : `${describeValue(values)} from ${describeValue(offset)} on`,
      expected: `${this.#mean.length}`,
      remedy: 'Pass vectors of the size given to the constructor.',
    });
  }
}

/** For JavaScript callers, and for JSON that is of something else. */
function requireState(state: RunningMomentsState): void {
  const { count, mean, sumOfSquares } = state ?? {};
  const lists = [mean, sumOfSquares].every((list) => Array.isArray(list) && list.every(Number.isFinite));
  const fits = lists && Number.isFinite(count) && count >= 0;
  requireArgument(fits, 'RunningMoments.restore', { name: 'state', value: state, expected: 'a state made by state()' });
}
