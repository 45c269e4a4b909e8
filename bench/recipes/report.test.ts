import { describe, expect, test } from 'vitest';
import { drawRecipe } from './picture.js';
import type { Recipe, SeedRun } from './recipe.js';
import { summary, tableRow, toMarkdown } from './report.js';
import { judge } from './run-seed.js';

const recipe: Recipe = {
  name: 'R9',
  title: 'Learns to walk, one step at a time',
  example: 'walk',
  args: ['--pace', '2'],
  goal: { text: 'mean at least 5', metric: 'mean', level: 5, leastEpisodes: 10, atTheEnd: false, withinSteps: 400 },
  seeds: 1,
  published: {
    label: 'published',
    points: [
      { x: 1000, y: 2 },
      { x: 2000, y: 9 },
    ],
  },
};
const row = (step: number, episodes: number, mean?: number) => ({
  'time/total_timesteps': step,
  'time/time_elapsed': step / 100,
  'time/episodes': episodes,
  'time/iterations': step / 100,
  ...(mean !== undefined && { mean }),
});
/** Nine in its first episodes, by luck; then 2, 6 and 4. */
const rows = [row(0, 0), row(100, 5, 9), row(200, 10, 2), row(300, 20, 6), row(1500, 30, 4)];
const run = { status: 'stopped', args: ['--pace', '3'], rows, evaluation: undefined, seconds: 15, cpuSeconds: undefined } satisfies SeedRun;
const variant = { label: '', args: [] };
const report = { recipe, results: [[variant, judge(3, run, recipe.goal)]] } as const;

describe('judge', () => {
  test('a level counts once enough episodes have ended, and in time', () => {
    expect(judge(3, run, recipe.goal)).toMatchObject({ reached: true, score: 4, reachedAt: rows[3] });
    expect(judge(3, run, { ...recipe.goal, withinSteps: 299 })).toMatchObject({ reached: false, reachedAt: rows[3] });
    expect(judge(3, run, { ...recipe.goal, level: 9 })).not.toHaveProperty('reachedAt');
  });

  test('at the end it is the last row that counts, and an evaluation that is asked for has to be there', () => {
    expect(judge(3, run, { ...recipe.goal, atTheEnd: true }).reached).toBe(false);
    expect(judge(3, run, { ...recipe.goal, atTheEnd: true, level: 4 }).reached).toBe(true);
    expect(judge(3, run, { ...recipe.goal, evaluation: 1 }).reached).toBe(false);
    expect(judge(3, { ...run, evaluation: 1 }, { ...recipe.goal, evaluation: 1 }).reached).toBe(true);
  });
});

describe('report', () => {
  test('says how a run ended, what is not known of it, and what was published', () => {
    expect(
      tableRow(...report.results[0]!)
        .split(/ +/)
        .slice(1),
    ).toEqual(['3', 'yes', '300', '20', '3', '3', '4.00', '-', '1,500', '15.0', '-', '100']);
    expect(summary(report).trim().split('\n')).toEqual([
      '1 of 1 reached the goal.',
      'Seed 3 was run by `npm run example -- walk --pace 3`.',
      'Seed 3 was stopped after 1,500 steps.',
      '',
      ' mean return           seed 3, at step        published, at step',
      '           2                       200                     1,000',
      '           9                     never                     2,000',
    ]);
  });

  test('as a part of a page', () => {
    const page = toMarkdown({ recipe, results: [[variant, judge(3, { ...run, args: recipe.args }, recipe.goal)]] });
    expect(page).toContain(
      'Goal: mean at least 5. **1 of 1 reached the goal.** Seed 3 was stopped after 1,500 steps.\n\n| seed | 3 |\n|---|---|\n| reached | yes |',
    );
    expect(page).toContain('| mean return | seed 3, at step | published, at step |\n|---|---|---|\n| 2 | 200 | 1,000 |\n| 9 | never | 2,000 |\n\n![');
  });

  test('the picture has both curves', () => {
    const picture = drawRecipe(recipe, report.results);
    expect(picture).toContain('>R9: Learns to walk<');
    for (const label of ['seed 3', 'published']) expect(picture).toContain(`>${label}<`);
  });
});
