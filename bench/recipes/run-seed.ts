import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { firstAt } from './first-at.js';
import { play } from './play.js';
import { readSeedRun } from './read-seed-run.js';
import type { Goal, Recipe, SeedResult, SeedRun, Variant } from './recipe.js';

/** What to do for a seed. */
export interface Effort {
  readonly seed: number;
  /** Whether a single update will do: its scores say nothing. */
  readonly smoke: boolean;
  /** Whether to look at what is there in place of running it. */
  readonly reportOnly: boolean;
  /** Whether to leave out what the example says of its progress. */
  readonly quiet: boolean;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The folder of a recipe's runs below `runs/`. */
export function folderOf({ name }: Recipe): string {
  return `recipes/${name}`;
}

/** Whether there is a run of a seed, or has been. */
export function isThere(recipe: Recipe, variant: Variant, seed: number): boolean {
  return existsSync(join('runs', nameOf(recipe, variant, seed), 'metrics.jsonl'));
}

function nameOf(recipe: Recipe, { label }: Variant, seed: number): string {
  return `${folderOf(recipe)}/${label.replaceAll(' ', '-')}seed-${seed}`;
}

/**
 * Runs the example of a recipe in a process of its own, as `npm run example` does, and judges what it wrote.
 *
 * @returns what became of the seed, and whether it was stopped: then no other is to be begun
 */
export async function runSeed(recipe: Recipe, variant: Variant, { seed, smoke, reportOnly, quiet }: Effort): Promise<[SeedResult, boolean]> {
  const name = nameOf(recipe, variant, seed);
  const folder = join('runs', name);
  let stopped = false;
  if (!reportOnly) {
    rmSync(folder, { recursive: true, force: true });
    const few = smoke ? ['--updates', '1', '--test-episodes', '1'] : [];
    const program = join(root, 'examples/dist', recipe.example, 'main.js');
    stopped = await play([program, '--seed', `${seed}`, '--name', name, ...recipe.args, ...variant.args, ...few], { quiet });
  }
  return [judge(seed, readSeedRun(folder), recipe.goal), stopped];
}

/** Whether a run did what a goal asks. */
export function judge(seed: number, run: SeedRun, goal: Goal): SeedResult {
  const { metric, level, leastEpisodes, atTheEnd, evaluation = Number.NEGATIVE_INFINITY, withinSteps = Number.POSITIVE_INFINITY } = goal;
  const reachedAt = firstAt(run.rows, goal, level);
  const last = run.rows.findLast((row) => row[metric] !== undefined && row['time/episodes']! >= leastEpisodes);
  const score = last?.[metric] ?? Number.NaN;
  const inTime = reachedAt !== undefined && reachedAt['time/total_timesteps']! <= withinSteps;
  const reached = (atTheEnd ? score >= level : inTime) && (run.evaluation ?? Number.NEGATIVE_INFINITY) >= evaluation;
  return { ...run, seed, score, reached, ...(reachedAt && { reachedAt }) };
}
