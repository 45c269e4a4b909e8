import { type CurvePoint, type CurveSeries, learningCurve, medianCurve } from '@pg/monitor';
import type { Recipe, SeedResult, Variant } from './recipe.js';

const AXES = {
  steps: { metric: 'time/total_timesteps', label: 'environment steps' },
  seconds: { metric: 'time/time_elapsed', label: 'seconds' },
  episodes: { metric: 'time/episodes', label: 'episodes' },
} as const;

/** Points of a run: more are not seen, and make the file large. */
const MOST_POINTS = 120;

/** The seeds of each variant as median and band, in one picture. */
export function drawRecipe(recipe: Recipe, results: readonly (readonly [Variant, SeedResult])[]): string {
  const { name, title, goal, over = 'steps', published } = recipe;
  const variants = [...new Set(results.map(([variant]) => variant))];
  const series = variants.map((variant): CurveSeries => {
    const runs = results.flatMap(([other, result]) => (other === variant ? [pointsOf(recipe, result)] : []));
    return medianCurve(variant.label || describeSeeds(results), runs, { noun: 'seeds', ended: 'hold' });
  });
  const yLabel = goal.metric === 'rollout/ep_rew_mean' ? 'mean return of 100 episodes' : 'mean return of the epoch';
  return learningCurve(published === undefined ? series : [...series, published], {
    title: `${name}: ${title.split(/[,:]/)[0]}`,
    xLabel: AXES[over].label,
    yLabel,
    reference: { y: goal.level, label: `${goal.level}` },
  });
}

function describeSeeds(results: readonly (readonly [Variant, SeedResult])[]): string {
  return results.length === 1 ? `seed ${results[0]![1].seed}` : `${results.length} seeds`;
}

function pointsOf({ goal, over = 'steps' }: Recipe, { rows }: SeedResult): CurvePoint[] {
  const points = rows.filter((row) => row[goal.metric] !== undefined).map((row) => ({ x: row[AXES[over].metric] ?? 0, y: row[goal.metric]! }));
  const stride = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, i) => i % stride === 0 || i === points.length - 1);
}
