import { type BatchMoments, mergeMoments } from '../statistics/batch-moments.js';
import { type Answer, collective, type Request, type YieldStar } from './ask.js';
import { combine, hashOf } from './label.js';

/** A quantity of a whole batch that is put together from moments of its parts. */
export interface Statistic<T> {
  /** The type of the whole. */
  readonly '~whole': T;
}

/** What a part of a batch can give: a number, or a statistic. */
export type Part = number | Statistic<unknown>;

/** The whole of what parts give: numbers stay numbers, statistics become their values. */
export type Whole<T> = T extends number ? number : T extends Statistic<infer TWhole> ? TWhole : { readonly [K in keyof T]: Whole<T[K]> };

/** A statistic as it is made: its moments, and its value once these are merged over all parts. */
class MomentStatistic<T> implements Statistic<T> {
  declare readonly '~whole': T;
  readonly moments: readonly BatchMoments[];
  readonly make: (merged: readonly BatchMoments[]) => T;

  constructor(moments: readonly BatchMoments[], make: (merged: readonly BatchMoments[]) => T) {
    this.moments = moments;
    this.make = make;
  }
}

/** A statistic of moments. */
export function statistic<T>(moments: readonly BatchMoments[], value: (merged: readonly BatchMoments[]) => T): Statistic<T> {
  return new MomentStatistic(moments, value);
}

/** One statistic of several batches, such as the rollouts of an update. */
export function pooled<T>(statistics: readonly Statistic<T>[]): Statistic<T> {
  const all = statistics as readonly MomentStatistic<T>[];
  const moments = all[0]!.moments.map((_, i) => mergeMoments(all.map((each) => each.moments[i]!)));
  return statistic(moments, all[0]!.make);
}

/** Records of parts, taken apart into what can be merged. */
export interface Parts<T> {
  /** A hash of the names. */
  readonly label: number;
  readonly numbers: readonly number[];
  readonly moments: readonly BatchMoments[];
  /** The whole, of merged numbers and moments. */
  whole(answer: Pick<Answer, 'numbers' | 'moments'>): Whole<T>;
}

/** Takes a record of numbers and statistics apart; fields that are undefined are left out. */
export function takeApart<T extends object>(parts: T): Parts<T> {
  let label = 0;
  const numbers: number[] = [];
  const moments: BatchMoments[] = [];
  for (const name in parts) {
    const part = parts[name] as Part | undefined;
    if (part === undefined) continue;
    label = combine(label, hashOf(name));
    if (typeof part === 'number') numbers.push(part);
    else for (const each of (part as MomentStatistic<unknown>).moments) moments.push(each);
  }
  return { label, numbers, moments, whole: (answer) => putTogether(parts, answer) };
}

/** The whole of a record, of the merged numbers and moments of its parts. */
function putTogether<T extends object>(parts: T, { numbers, moments }: Pick<Answer, 'numbers' | 'moments'>): Whole<T> {
  const whole: Record<string, unknown> = {};
  let [number, moment] = [0, 0];
  for (const name in parts) {
    const part = parts[name] as Part | undefined;
    if (part === undefined) continue;
    if (typeof part === 'number') whole[name] = numbers[number++];
    else {
      const { moments: own, make } = part as MomentStatistic<unknown>;
      whole[name] = make(moments.slice(moment, moment + own.length));
      moment += own.length;
    }
  }
  return whole as Whole<T>;
}

/**
 * The whole of what each part of the batch gives: numbers are added, statistics merged (Chan, Golub & LeVeque 1983), in the
 * order of the parts.
 *
 * @example
 * ```ts
 * const { wins } = yield* total({ wins: countOf(rollout) });
 * ```
 */
export function total<const T extends Part | Readonly<Record<string, Part>>>(part: T): YieldStar<Whole<T>> {
  const isOne = typeof part === 'number' || part instanceof MomentStatistic;
  const parts = takeApart(isOne ? { it: part } : (part as object)) as Parts<{ it: T }>;
  return collective('total', function* () {
    const { label, numbers, moments } = parts;
    const answer = (yield { '~ask': 'total', label, numbers, moments } satisfies Request as Request) as Answer;
    const whole = parts.whole(answer);
    return (isOne ? whole.it : whole) as Whole<T>;
  });
}

/** The moments of all parts, merged one by one. */
export function* totalMoments(moments: readonly BatchMoments[]): Generator<Request, readonly BatchMoments[], unknown> {
  const answer = (yield { '~ask': 'total', label: hashOf('moments'), numbers: [], moments }) as Answer;
  return answer.moments;
}

/** Merges what all parts ask for: numbers are added, moments merged, in the order of the parts. */
export function mergeRequests(requests: readonly Pick<Request, 'numbers' | 'moments'>[]): Pick<Request, 'numbers' | 'moments'> {
  const [first] = requests as readonly [Request];
  const numbers = first.numbers.map((_, i) => {
    let sum = 0;
    for (const { numbers } of requests) sum += numbers[i]!;
    return sum;
  });
  if (requests.length === 1) return { numbers, moments: first.moments };
  return { numbers, moments: first.moments.map((_, i) => mergeMoments(requests.map(({ moments }) => moments[i]!))) };
}
