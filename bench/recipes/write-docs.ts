import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { drawRecipe } from './picture.js';
import { type Report, toMarkdown } from './report.js';

const PAGE = 'docs/results.md';

/** Puts a report into the page of results, between the marks of its recipe, and its picture beside the page. */
export function writeDocs(report: Report): void {
  const { recipe, results } = report;
  const page = readFileSync(PAGE, 'utf8');
  const [from, to] = [`<!-- recipe ${recipe.name} -->\n`, `<!-- end of ${recipe.name} -->\n`];
  const [start, end] = [page.indexOf(from), page.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`${PAGE} has no place for ${recipe.name}: put the lines ${from.trim()} and ${to.trim()} there.`);
  writeFileSync(PAGE, `${page.slice(0, start + from.length)}\n${toMarkdown(report)}\n${page.slice(end)}`);
  const picture = `docs/results/${recipe.name}.svg`;
  mkdirSync(dirname(picture), { recursive: true });
  writeFileSync(picture, drawRecipe(recipe, results));
}
