import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metrics } from '@pg/monitor';
import type { FinishedRun, Goal, Recipe, SeedResult, Variant } from './recipe.js';

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

/** Runs the example of a recipe in a process of its own, as `npm run example` does, and judges what it wrote. */
export async function runSeed(recipe: Recipe, variant: Variant, { seed, smoke, reportOnly, quiet }: Effort): Promise<SeedResult> {
  const name = `${folderOf(recipe)}/${variant.label.replaceAll(' ', '-')}seed-${seed}`;
  const folder = join('runs', name);
  if (!reportOnly) {
    rmSync(folder, { recursive: true, force: true });
    const few = smoke ? ['--updates', '1', '--test-episodes', '1'] : [];
    const program = join(root, 'examples/dist', recipe.example, 'main.js');
    await play([program, '--seed', `${seed}`, '--name', name, ...recipe.args, ...variant.args, ...few], quiet);
  }
  if (!existsSync(join(folder, 'result.json'))) throw new Error(`${folder} holds no finished run; leave out --report to make it.`);
  return judge(seed, readRun(folder), recipe.goal);
}

function play(args: readonly string[], quiet: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', quiet ? 'ignore' : 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${args.join(' ')} ended with code ${code}.`))));
  });
}

function readRun(folder: string): FinishedRun {
  const rows = readFileSync(join(folder, 'metrics.jsonl'), 'utf8').trim().split('\n');
  const { result } = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'));
  return {
    rows: rows.map((row) => JSON.parse(row) as Metrics),
    evaluation: result.evaluation.meanReturn,
    seconds: result.trainingSeconds,
    cpuSeconds: result.cpuSeconds,
  };
}

function judge(seed: number, run: FinishedRun, { metric, level, leastEpisodes, atTheEnd, evaluation = Number.NEGATIVE_INFINITY }: Goal): SeedResult {
  const known = run.rows.filter((row) => row[metric] !== undefined && row['time/episodes']! >= leastEpisodes);
  const reachedAt = known.find((row) => row[metric]! >= level);
  const score = known.at(-1)?.[metric] ?? Number.NaN;
  const reached = (atTheEnd ? score >= level : reachedAt !== undefined) && run.evaluation >= evaluation;
  return { ...run, seed, score, reached, ...(reachedAt && { reachedAt }) };
}
