import { FinishedEpisodes } from '../rollouts/finished-episodes.js';
import type { BatchMoments } from '../statistics/batch-moments.js';
import type { Answer, AskKind, Request } from '../update/ask.js';

/** Scalars that a learner and one of its shards exchange. */
const HEADER = [
  // told: the number of the update; whether a round that has ended is followed by a new one; progress; whether the last ask made a step
  'attempt',
  'begins',
  'progress',
  'stepped',
  // said: the last command failed; the copies are in a round; a rollout was played, with so many steps that count; metrics have new names
  'failed',
  'playing',
  'collected',
  'steps',
  'renamed',
  // asked: the kind, a hash of the label, the lengths of both lists, and how a step is made
  'kind',
  'label',
  'numberCount',
  'momentCount',
  'accumulate',
  'sums',
  'learningRate',
] as const;

type HeaderName = (typeof HEADER)[number];

/** The most numbers in one ask. */
export const MOST_NUMBERS = 64;

const KINDS: readonly (AskKind | 'return')[] = ['return', 'collect', 'total', 'descend'];

/** The room that a shard's mail needs. */
export interface MailShape {
  /** How many options are schedules. */
  readonly schedules: number;
  /** The most moments in one ask. */
  readonly moments: number;
  /** The most episodes of a copy that finish in a rollout. */
  readonly episodes: number;
}

/** The number of float64 numbers that the mail of a shard with so many copies needs. */
export function mailLength({ schedules, moments, episodes }: MailShape, numEnvs: number): number {
  return HEADER.length + schedules + MOST_NUMBERS + 3 * moments + FinishedEpisodes.words(episodes * numEnvs);
}

/** Everything that a learner and one of its shards tell each other, in memory that threads may share. */
export class ShardMail {
  /** Scalars by their names; each is written by one side. */
  readonly header: Record<HeaderName, number>;
  /** The values of schedules, in the order of the options. */
  readonly schedules: Float64Array;
  /** The episodes of the last rollout. */
  readonly episodes: FinishedEpisodes;
  readonly #numbers: Float64Array;
  readonly #moments: Float64Array;

  /** @param values - {@link mailLength} numbers */
  constructor({ schedules, moments }: MailShape, values: Float64Array) {
    let from = 0;
    const take = (length: number) => {
      from += length;
      return values.subarray(from - length, from);
    };
    this.header = byName(HEADER, take(HEADER.length));
    this.schedules = take(schedules);
    this.#numbers = take(MOST_NUMBERS);
    this.#moments = take(3 * moments);
    this.episodes = new FinishedEpisodes(values.subarray(from));
  }

  /** The most moments in one ask. */
  get mostMoments(): number {
    return this.#moments.length / 3;
  }

  /** Asks for something. */
  ask({ '~ask': kind, label, numbers, moments, step }: Request): void {
    const { header } = this;
    header.kind = KINDS.indexOf(kind);
    header.label = label;
    this.#put(numbers, moments);
    if (step === undefined) return;
    header.accumulate = step.accumulate;
    header.sums = step.reduction === 'sum' ? 1 : 0;
    header.learningRate = step.learningRate ?? Number.NaN;
  }

  /** Says that the update has ended, with the values of its metrics. */
  finish(metrics: readonly number[]): void {
    this.header.kind = 0;
    this.header.label = 0;
    this.#put(metrics, []);
  }

  /** The kind of the ask. */
  get kind(): AskKind | 'return' {
    return KINDS[this.header.kind]!;
  }

  /** The numbers and moments of the ask. */
  get asked(): { readonly numbers: readonly number[]; readonly moments: readonly BatchMoments[] } {
    return { numbers: Array.from(this.#numbers.subarray(0, this.header.numberCount)), moments: this.#readMoments() };
  }

  /** A number of the ask, or a metric at the end. */
  numberAt(index: number): number {
    return this.#numbers[index]!;
  }

  /** How the step is made that was asked for. */
  get step() {
    const { accumulate, sums, learningRate } = this.header;
    return { accumulate, reduction: sums === 1 ? 'sum' : 'mean', learningRate: Number.isNaN(learningRate) ? undefined : learningRate } as const;
  }

  /** Answers with the whole. */
  answer({ numbers, moments, stepped }: Pick<Request, 'numbers' | 'moments'> & Pick<Answer, 'stepped'>): void {
    this.#put(numbers, moments);
    this.header.stepped = stepped ? 1 : 0;
  }

  /** Answers with the numbers and moments that were asked with: the whole of a batch that has one part. */
  answerItself(stepped: boolean): void {
    this.header.stepped = stepped ? 1 : 0;
  }

  /** The answer. */
  get answered(): Answer {
    return { numbers: this.#numbers, moments: this.#readMoments(), stepped: this.header.stepped === 1 };
  }

  #put(numbers: ArrayLike<number>, moments: readonly BatchMoments[], count = numbers.length): void {
    this.header.numberCount = count;
    this.header.momentCount = moments.length;
    // as a sum has it: −0 becomes 0
    for (let i = 0; i < count; i++) this.#numbers[i] = 0 + numbers[i]!;
    for (let i = 0; i < moments.length; i++) {
      const { count, mean, squares } = moments[i]!;
      this.#moments[3 * i] = count;
      this.#moments[3 * i + 1] = mean;
      this.#moments[3 * i + 2] = squares;
    }
  }

  #readMoments(): BatchMoments[] {
    const moments: BatchMoments[] = [];
    for (let i = 0; i < this.header.momentCount; i++) {
      moments.push({ count: this.#moments[3 * i]!, mean: this.#moments[3 * i + 1]!, squares: this.#moments[3 * i + 2]! });
    }
    return moments;
  }
}

/** An object whose properties are the elements of an array. */
function byName<TName extends string>(names: readonly TName[], values: Float64Array): Record<TName, number> {
  const numbers = {};
  names.forEach((name, i) => {
    Object.defineProperty(numbers, name, {
      enumerable: true,
      get: () => values[i],
      set: (value: number) => {
        values[i] = value;
      },
    });
  });
  return Object.seal(numbers) as Record<TName, number>;
}
