import type { Machine } from '../shared/machine.js';
import { firstAt } from './first-at.js';
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

/** The lines below the table. */
export function summary(report: Report): string {
  const comparison = comparisonTable(report).map((texts) => texts.map((text, i) => text.padStart(i === 0 ? 12 : 26)).join(''));
  const lines = [`${countReached(report.results)}.`, ...remarks(report), ...(comparison.length > 0 ? ['', ...comparison] : [])];
  return `\n${lines.join('\n')}\n`;
}

function countReached(results: Report['results']): string {
  return `${results.filter(([, { reached }]) => reached).length} of ${results.length} reached the goal`;
}

/** Which seeds were not run as the recipe says, and which did not come to their own end. */
function remarks({ recipe, results }: Report): string[] {
  const ends = { stopped: 'was stopped', failed: 'failed', unfinished: 'has not ended yet, or was killed,' };
  return results.flatMap(([variant, { seed, status, rows, args }]) => {
    const [given, asked] = [args, [...recipe.args, ...variant.args]].map((words) => words.join(' '));
    const other = given === asked ? [] : [`Seed ${seed} was run by \`npm run example -- ${recipe.example} ${given}\`.`];
    const steps = rows.at(-1)!['time/total_timesteps']!.toLocaleString('en-US');
    return status === 'finished' ? other : [...other, `Seed ${seed} ${ends[status]} after ${steps} steps.`];
  });
}

/** The steps at which the levels of the published curve were first reached, there and by each seed; nothing without such a curve. */
function comparisonTable({ recipe: { goal, published }, results }: Report): string[][] {
  if (published === undefined) return [];
  const reached = ({ rows }: SeedResult, level: number) => firstAt(rows, goal, level)?.['time/total_timesteps'];
  const text = (step: number | undefined) => step?.toLocaleString('en-US') ?? 'never';
  const levels = published.points.map(({ x, y }) => [`${y}`, ...results.map(([, result]) => text(reached(result, y))), text(x)]);
  return [['mean return', ...results.map(([, { seed }]) => `seed ${seed}, at step`), `${published.label}, at step`], ...levels];
}

/** The same as a part of a page, with seeds as columns. */
export function toMarkdown({ recipe, results }: Report): string {
  const { name, title, goal } = recipe;
  const rows = COLUMNS.map((column, i) => `| ${[column, ...results.map(([, result]) => cells(result)[i])].join(' | ')} |`);
  const variants = recipe.variants ? [`| | ${results.map(([{ label }]) => label).join(' | ')} |`] : [];
  const table = [...variants, rows[0]!, `|${'---|'.repeat(results.length + 1)}`, ...rows.slice(1)];
  if (variants.length > 0) table.splice(0, 3, variants[0]!, table[2]!, table[1]!);
  const verdict = [`Goal: ${goal.text}. **${countReached(results)}.**`, ...remarks({ recipe, results })].join(' ');
  const parts = [`#### ${name}: ${title}`, `\`\`\`sh\nnpm run recipe -- ${name}\n\`\`\``, verdict, table.join('\n')];
  const comparison = comparisonTable({ recipe, results }).map((texts) => `| ${texts.join(' | ')} |`);
  if (comparison.length > 0) parts.push([comparison[0]!, `|${'---|'.repeat(results.length + 2)}`, ...comparison.slice(1)].join('\n'));
  return `${[...parts, `![${title}](results/${name}.svg)`].join('\n\n')}\n`;
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
    Number.isNaN(score) ? '-' : score.toFixed(2),
    evaluation?.toFixed(1) ?? '-',
    steps.toLocaleString('en-US'),
    seconds.toFixed(1),
    cpuSeconds?.toFixed(1) ?? '-',
    Math.round(steps / seconds).toLocaleString('en-US'),
  ];
}

function line(texts: readonly string[]): string {
  return texts.map((text, i) => text.padStart(i === 0 ? 5 : 12)).join('');
}
