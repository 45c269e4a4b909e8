import type { FinishedEpisodes } from '../rollouts/finished-episodes.js';

/** An update tells no more episodes than means run over. */
export const MOST_EPISODES = 100;

/** The episodes that a rollout has finished: how many, and the returns and lengths of the last hundred, in order. */
export function endedEpisodes(finished: FinishedEpisodes): {
  readonly episodes: number;
  readonly returns: readonly number[];
  readonly lengths: readonly number[];
} {
  const { count } = finished;
  const first = Math.max(0, count - MOST_EPISODES);
  const numbers = Array.from({ length: count - first }, (_, i) => first + i);
  return { episodes: count, returns: numbers.map((i) => finished.returnOf(i)), lengths: numbers.map((i) => finished.lengthOf(i)) };
}
