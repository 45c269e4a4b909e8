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

/** N copies in which no episode has ended. */
export function createEndedEpisodes(numEnvs: number): EndedEpisodes {
  const zeros = () => new Float64Array(numEnvs);
  return { returns: zeros(), lengths: zeros(), steps: zeros(), episodes: zeros() };
}

/** Notes the last episode of copy `index`. Hot: no allocation. */
export function noteEpisode(into: EndedEpisodes, index: number, ended: EndedEpisode): void {
  into.returns[index] = ended.return;
  into.lengths[index] = ended.length;
  into.steps[index] = ended.steps;
  into.episodes[index] = ended.episodes;
}
