import type { Machine } from '../shared/machine.js';
import type { Recipe, SeedResult, Variant } from './recipe.js';

/** What became of a recipe. */
export interface Report {
  readonly recipe: Recipe;
  readonly results: readonly (readonly [Variant, SeedResult])[];
}

const COLUMNS = ['seed', 'reached', 'at step', 'at episode', 'at update', 'after s', 'score', 'evaluation', 'steps', 'seconds', 'cpu s', 'steps/s'];

/** What the recipe is, and the names of the columns. */
export function heading({ name, title, goal, example, args }: Recipe): string {
  return `${name}: ${title}\nnpm run example -- ${[example, ...args].join(' ')}\nGoal: ${goal.text}\n\n${line(COLUMNS)}`;
}

/** A line of the table. */
export function tableRow(variant: Variant, result: SeedResult): string {
  return `${line(cells(result))}${variant.label === '' ? '' : `  ${variant.label}`}`;
}

/** The line below the table. */
export function summary({ results }: Report): string {
  return `\n${results.filter(([, { reached }]) => reached).length} of ${results.length} reached the goal\n`;
}

/** The same as a part of a page, with seeds as columns. */
export function toMarkdown({ recipe, results }: Report): string {
  const { name, title, goal } = recipe;
  const rows = COLUMNS.map((column, i) => `| ${[column, ...results.map(([, result]) => cells(result)[i])].join(' | ')} |`);
  const variants = recipe.variants ? [`| | ${results.map(([{ label }]) => label).join(' | ')} |`] : [];
  const table = [...variants, rows[0]!, `|${'---|'.repeat(results.length + 1)}`, ...rows.slice(1)];
  if (variants.length > 0) table.splice(0, 3, variants[0]!, table[2]!, table[1]!);
  return `#### ${name}: ${title}\n\n\`\`\`sh\nnpm run recipe -- ${name}\n\`\`\`\n\nGoal: ${goal.text}. **${summary({ recipe, results }).trim()}.**\n\n${table.join('\n')}\n\n![${title}](results/${name}.svg)\n`;
}

/** All results for programs. */
export function toJson(machine: Machine, reports: readonly Report[]): string {
  const found = reports.map(({ recipe, results }) => {
    const { name, title, goal, example, args } = recipe;
    const runs = results.map(([variant, { rows, ...result }]) => ({ ...(variant.label !== '' && { variant: variant.label }), ...result, last: rows.at(-1) }));
    return { name, title, example, args, goal, reached: results.filter(([, { reached }]) => reached).length, runs };
  });
  return JSON.stringify({ machine, recipes: found }, null, 2);
}

function cells({ seed, rows, score, reached, reachedAt, evaluation, seconds, cpuSeconds }: SeedResult): string[] {
  const steps = rows.at(-1)!['time/total_timesteps']!;
  const at = (metric: string) => (reachedAt === undefined ? 'never' : Math.round(reachedAt[metric]!).toLocaleString('en-US'));
  return [
    `${seed}`,
    reached ? 'yes' : 'NO',
    at('time/total_timesteps'),
    at('time/episodes'),
    at('time/iterations'),
    at('time/time_elapsed'),
    score.toFixed(2),
    evaluation.toFixed(1),
    steps.toLocaleString('en-US'),
    seconds.toFixed(1),
    cpuSeconds.toFixed(1),
    Math.round(steps / seconds).toLocaleString('en-US'),
  ];
}

function line(texts: readonly string[]): string {
  return texts.map((text, i) => text.padStart(i === 0 ? 5 : 12)).join('');
}
