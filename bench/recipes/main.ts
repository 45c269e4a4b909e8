// Runs the recipes over their seeds and says which of them reached what is asked.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { thisMachine } from '../shared/machine.js';
import { seedCommand } from '../shared/seed-command.js';
import { drawRecipe } from './picture.js';
import type { Recipe, SeedResult, Variant } from './recipe.js';
import { recipes } from './recipes.js';
import { heading, type Report, summary, tableRow, toJson } from './report.js';
import { folderOf, isThere, runSeed } from './run-seed.js';
import { writeDocs } from './write-docs.js';

const long = recipes.filter(({ onlyByName }) => onlyByName);
const USAGE = `Usage: npm run recipe -- NAME… [--seeds 5] [--first-seed 0] [--json] [--docs] [--report] [--smoke]

Recipes:
${recipes.map(({ name, title }) => `  ${name.padEnd(18)} ${title}`).join('\n')}
  ${'all'.padEnd(18)} one after the other, but for the long ones: ${long.map(({ name }) => name).join(', ')}

Runs are in runs/recipes/NAME/, with their picture; --docs puts table and picture into docs/results.md too. Ctrl-C stops the run that is going
and reports what there is. --report shows what is there, also of runs that have not ended, and runs nothing. --smoke makes a single update of
each: its scores say nothing. Ends with code 1 when a run did not reach its goal.`;

await main();

async function main(): Promise<void> {
  const all = recipes.filter((recipe) => !long.includes(recipe));
  const command = seedCommand({ usage: USAGE, noun: 'recipe', entries: recipes, all, flags: ['json', 'docs', 'report', 'smoke'] });
  if (command === undefined) return;
  const { json, docs, report: reportOnly, smoke } = command.flags;
  const print = json ? () => {} : console.log;
  const reports: Report[] = [];
  for (const recipe of command.entries) {
    const { stopped, ...report } = await run(recipe, command.seeds(recipe.seeds), { smoke, reportOnly, quiet: json, print });
    if (report.results.length === 0) {
      console.error(`There is no run of ${recipe.name} in runs/${folderOf(recipe)}/; leave out --report to make one.`);
      process.exitCode = 1;
      continue;
    }
    reports.push(report);
    writeFileSync(join('runs', folderOf(recipe), 'picture.svg'), drawRecipe(recipe, report.results));
    if (docs) writeDocs(report);
    if (stopped) break;
  }
  if (json) console.log(toJson(thisMachine(), reports));
  if (!smoke && reports.some(({ results }) => results.some(([, { reached }]) => !reached))) process.exitCode = 1;
}

interface Effort {
  readonly smoke: boolean;
  readonly reportOnly: boolean;
  readonly quiet: boolean;
  readonly print: (line: string) => void;
}

async function run(recipe: Recipe, seeds: readonly number[], { print, ...effort }: Effort): Promise<Report & { readonly stopped: boolean }> {
  print(heading(recipe));
  const results: [Variant, SeedResult][] = [];
  let stopped = false;
  for (const variant of recipe.variants ?? [{ label: '', args: [] }]) {
    for (const seed of seeds) {
      if (stopped) break;
      if (effort.reportOnly && !isThere(recipe, variant, seed)) {
        print(`${String(seed).padStart(5)}  no run  ${variant.label}`.trimEnd());
        continue;
      }
      const [result, wasStopped] = await runSeed(recipe, variant, { seed, ...effort });
      results.push([variant, result]);
      print(tableRow(variant, result));
      stopped = wasStopped;
    }
  }
  print(summary({ recipe, results }));
  return { recipe, results, stopped };
}
