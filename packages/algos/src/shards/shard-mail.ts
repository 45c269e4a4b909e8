import { FinishedEpisodes } from '../rollouts/finished-episodes.js';
import { type BatchMoments, mergeMoments } from '../training/batch-moments.js';

/** What a learner and one of its shards tell each other, in memory that threads may share. */
export interface ShardMail<TName extends string> {
  /** Numbers by their names; each is written by one side. */
  readonly numbers: Record<TName | CommonName, number>;
  /** Moments of the shard's part of something, by index. */
  readonly moments: MomentsList;
  /** The episodes of the rollout. */
  readonly episodes: FinishedEpisodes;
}

/**
 * What every shard is told, the number of the update that it is at; and what it says: the steps of its rollout that count, 1 while its
 * copies are in a round, 1 when its last command failed.
 */
export type CommonName = 'attempt' | 'steps' | 'playing' | 'failed';

/** What there is room for. */
export interface MailShape<TName extends string> {
  readonly numbers: readonly TName[];
  /** How many moments. */
  readonly moments: number;
  /** How many episodes of a copy can finish in a rollout. */
  readonly episodes: number;
}

const COMMON: readonly CommonName[] = ['attempt', 'steps', 'playing', 'failed'];

/** How many numbers the mail of a shard needs that has so many copies. */
export function mailLength({ numbers, moments, episodes }: MailShape<string>, numEnvs: number): number {
  return COMMON.length + numbers.length + 3 * moments + FinishedEpisodes.words(episodes * numEnvs);
}

/** Mail over {@link mailLength} numbers. */
export function openMail<TName extends string>({ numbers, moments }: Omit<MailShape<TName>, 'episodes'>, values: Float64Array): ShardMail<TName> {
  const names = [...COMMON, ...numbers];
  const afterMoments = names.length + 3 * moments;
  return {
    numbers: byName(names, values),
    moments: new MomentsList(values.subarray(names.length, afterMoments)),
    episodes: new FinishedEpisodes(values.subarray(afterMoments)),
  };
}

/** Adds up what shards say under a name, in their order. */
export function sumOf<TName extends string>(mails: readonly ShardMail<TName>[], name: TName | CommonName): number {
  return mails.reduce((sum, { numbers }) => sum + numbers[name], 0);
}

/** The moments of the whole, of the parts at an index. */
export function mergedMoments(mails: readonly Pick<ShardMail<never>, 'moments'>[], index: number): BatchMoments {
  return mergeMoments(mails.map(({ moments }) => moments.get(index)));
}

/** Merges the moments of the parts at an index, and tells all shards those of the whole at another. */
export function shareMoments(mails: readonly Pick<ShardMail<never>, 'moments'>[], index: number, whole: number): void {
  const merged = mergedMoments(mails, index);
  for (const { moments } of mails) moments.put(whole, merged);
}

/** Tells all shards some numbers. */
export function tellAll<TName extends string>(mails: readonly ShardMail<TName>[], told: Partial<Record<NoInfer<TName>, number>>): void {
  for (const { numbers } of mails) Object.assign(numbers, told);
}

/** Moments in a row. */
class MomentsList {
  readonly #values: Float64Array;

  constructor(values: Float64Array) {
    this.#values = values;
  }

  put(index: number, { count, mean, squares }: BatchMoments): void {
    this.#values[3 * index] = count;
    this.#values[3 * index + 1] = mean;
    this.#values[3 * index + 2] = squares;
  }

  get(index: number): BatchMoments {
    const [count, mean, squares] = this.#values.subarray(3 * index, 3 * index + 3) as unknown as [number, number, number];
    return { count, mean, squares };
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
