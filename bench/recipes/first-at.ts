import type { Metrics } from '@pg/monitor';
import type { Goal } from './recipe.js';

/** The first row in which a goal's metric is at a level and stands on enough episodes. */
export function firstAt(rows: readonly Metrics[], { metric, leastEpisodes }: Goal, level: number): Metrics | undefined {
  return rows.find((row) => row['time/episodes']! >= leastEpisodes && row[metric] !== undefined && row[metric]! >= level);
}
