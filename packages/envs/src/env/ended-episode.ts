import type { EnvSource } from './env-source.js';

/** The last episode that ended in a copy. The object stays the same; its numbers change when the next episode ends. */
export interface EndedEpisode {
  /** The sum of its rewards. */
  readonly return: number;
  /** Its length in steps. */
  readonly length: number;
  /** How many steps the copy had taken in all when it ended, episodes that were given up included. */
  readonly steps: number;
  /** How many episodes had ended, this one included; 0 before the first, when the other numbers are 0 as well. */
  readonly episodes: number;
}

/** The last episode that ended in each of N copies. The arrays stay the same; an entry changes when the copy's next episode ends. */
export interface EndedEpisodes {
  /** `[N]`: the sums of rewards. */
  readonly returns: Float64Array;
  /** `[N]`: the lengths in steps. */
  readonly lengths: Float64Array;
  /** `[N]`: how many steps the copy had taken in all. */
  readonly steps: Float64Array;
  /** `[N]`: how many episodes had ended in the copy; 0 before the first. */
  readonly episodes: Float64Array;
}

/** Room for the last episode of each of N copies, none ended yet; nothing where the copies keep none. */
export function lastEpisodesOf({ layers }: EnvSource, numEnvs: number, zeros = (): Float64Array => new Float64Array(numEnvs)): EndedEpisodes | undefined {
  if (!layers.some((layer) => 'keepsEpisodes' in layer && layer.keepsEpisodes)) return undefined;
  return { returns: zeros(), lengths: zeros(), steps: zeros(), episodes: zeros() };
}

/** Notes the last episode of copy `index`. Hot: no allocation. */
export function noteEpisode(into: EndedEpisodes, index: number, ended: EndedEpisode): void {
  into.returns[index] = ended.return;
  into.lengths[index] = ended.length;
  into.steps[index] = ended.steps;
  into.episodes[index] = ended.episodes;
}

/** The same numbers in arrays of their own. */
export function copyEpisodes({ returns, lengths, steps, episodes }: EndedEpisodes): EndedEpisodes {
  return { returns: returns.slice(), lengths: lengths.slice(), steps: steps.slice(), episodes: episodes.slice() };
}

/** Makes all entries those of a snapshot. */
export function restoreEpisodes(into: EndedEpisodes, snapshot: EndedEpisodes): void {
  into.returns.set(snapshot.returns);
  into.lengths.set(snapshot.lengths);
  into.steps.set(snapshot.steps);
  into.episodes.set(snapshot.episodes);
}
