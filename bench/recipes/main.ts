// Runs the recipes over their seeds and says which of them reached what is asked.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { suggest } from '@pg/core';
import { thisMachine } from '../shared/machine.js';
import { drawRecipe } from './picture.js';
import type { Recipe, SeedResult, Variant } from './recipe.js';
import { recipes } from './recipes.js';
import { heading, type Report, summary, tableRow, toJson } from './report.js';
import { folderOf, runSeed } from './run-seed.js';
import { writeDocs } from './write-docs.js';

const USAGE = `Usage: npm run recipe -- NAME… [--seeds 5] [--first-seed 0] [--json] [--docs] [--report] [--smoke]

Recipes:
${recipes.map(({ name, title }) => `  ${name.padEnd(18)} ${title}`).join('\n')}
  ${'all'.padEnd(18)} one after the other

Runs are in runs/recipes/NAME/, with their picture; --docs puts table and picture into docs/results.md too.
--report shows what is there and runs nothing. --smoke makes a single update of each: its scores say nothing.
Ends with code 1 when a run did not reach its goal.`;

await main();

async function main(): Promise<void> {
  const parsed = parseCommandLine();
  if (parsed instanceof Error) return refuse(parsed.message);
  const { values, positionals } = parsed;
  if (values.help || positionals.length === 0) return console.log(USAGE);
  const unknown = positionals.find((name) => name !== 'all' && !recipes.some((recipe) => recipe.name === name));
  if (unknown !== undefined) return refuse(`There is no recipe "${unknown}".${didYouMean(unknown)}`);
  const [count, first] = [Number(values.seeds ?? 1), Number(values['first-seed'])];
  if (!Number.isInteger(count) || count < 1) return refuse(`--seeds: got "${values.seeds}"; expected a positive whole number.`);
  if (!Number.isSafeInteger(first)) return refuse(`--first-seed: got "${values['first-seed']}"; expected a whole number.`);
  const print = values.json ? () => {} : console.log;
  const reports: Report[] = [];
  for (const recipe of positionals.includes('all') ? recipes : recipes.filter(({ name }) => positionals.includes(name))) {
    const seeds = Array.from({ length: values.seeds === undefined ? recipe.seeds : count }, (_, i) => first + i);
    const report = await run(recipe, seeds, { smoke: values.smoke, reportOnly: values.report, quiet: values.json, print });
    reports.push(report);
    writeFileSync(join('runs', folderOf(recipe), 'picture.svg'), drawRecipe(recipe, report.results));
    if (values.docs) writeDocs(report);
  }
  if (values.json) console.log(toJson(thisMachine(), reports));
  if (!values.smoke && reports.some(({ results }) => results.some(([, { reached }]) => !reached))) process.exitCode = 1;
}

interface Run {
  readonly smoke: boolean;
  readonly reportOnly: boolean;
  readonly quiet: boolean;
  readonly print: (line: string) => void;
}

async function run(recipe: Recipe, seeds: readonly number[], { print, ...effort }: Run): Promise<Report> {
  print(heading(recipe));
  const results: [Variant, SeedResult][] = [];
  for (const variant of recipe.variants ?? [{ label: '', args: [] }]) {
    for (const seed of seeds) {
      const result = await runSeed(recipe, variant, { seed, ...effort });
      results.push([variant, result]);
      print(tableRow(variant, result));
    }
  }
  const report = { recipe, results };
  print(summary(report));
  return report;
}

function parseCommandLine() {
  const options = {
    seeds: { type: 'string' },
    'first-seed': { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
    docs: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return error as Error;
  }
}

function didYouMean(name: string): string {
  const near = suggest(
    name,
    recipes.map((recipe) => recipe.name),
  );
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

function refuse(problem: string): void {
  console.error(`${problem}\n\n${USAGE}`);
  process.exitCode = 1;
}
