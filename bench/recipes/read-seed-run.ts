import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readRun } from '@pg/monitor';
import type { SeedRun } from './recipe.js';

/** What an example says at the end of a run. */
interface ExampleResult {
  readonly trainingSeconds?: number;
  readonly cpuSeconds?: number;
  readonly evaluation?: { readonly meanReturn: number };
}

/**
 * Reads the folder of an example's run, also of one that was stopped, killed, or is still running.
 *
 * @throws Error when there is no run, or none that has made an update
 */
export function readSeedRun(folder: string): SeedRun {
  const run = existsSync(join(folder, 'config.json')) ? readRun(folder) : undefined;
  const last = run?.metrics.at(-1);
  if (run === undefined || last === undefined) throw new Error(`${folder} holds no run that has made an update; leave out --report to make it.`);
  const { trainingSeconds = 0, cpuSeconds, evaluation } = run.result as ExampleResult;
  const hasEnded = run.status !== 'running' && run.status !== 'interrupted';
  return {
    status: hasEnded ? run.status : 'unfinished',
    args: without(['--seed', '--name'], run.info.command.slice(2)),
    rows: run.metrics,
    evaluation: evaluation?.meanReturn,
    // what the result says is of the last session, what the rows say of all together
    seconds: Math.max(trainingSeconds, last['time/time_elapsed']!),
    cpuSeconds: run.info.resumed.length > 0 ? undefined : cpuSeconds,
  };
}

/** The arguments but for some options and their values. */
function without(options: readonly string[], args: readonly string[]): string[] {
  return args.filter((arg, i) => !options.includes(arg) && !options.includes(args[i - 1] ?? ''));
}
