import { type CurveSeries, learningCurve } from '@pg/monitor';
import type { Recipe, SeedResult, Variant } from './recipe.js';

const AXES = {
  steps: { metric: 'time/total_timesteps', label: 'environment steps' },
  seconds: { metric: 'time/time_elapsed', label: 'seconds' },
  episodes: { metric: 'time/episodes', label: 'episodes' },
} as const;

/** Points a curve: more are not seen, and make the file large. */
const MOST_POINTS = 150;

/** The curves of all seeds in one picture. */
export function drawRecipe({ title, goal, over = 'steps' }: Recipe, results: readonly (readonly [Variant, SeedResult])[]): string {
  const { metric, label } = AXES[over];
  const series = results.map(([variant, { seed, rows }]): CurveSeries => {
    const points = rows.filter((row) => row[goal.metric] !== undefined).map((row) => ({ x: row[metric] ?? 0, y: row[goal.metric]! }));
    const stride = Math.ceil(points.length / MOST_POINTS);
    return { label: variant.label === '' ? `seed ${seed}` : variant.label, points: points.filter((_, i) => i % stride === 0 || i === points.length - 1) };
  });
  const yLabel = goal.metric === 'rollout/ep_rew_mean' ? 'mean return of 100 episodes' : 'mean return of the epoch';
  return learningCurve(series, { title, xLabel: label, yLabel, reference: { y: goal.level, label: `${goal.level}` } });
}
