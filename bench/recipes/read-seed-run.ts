import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Metrics } from '@pg/monitor';
import type { SeedRun } from './recipe.js';

/**
 * Reads the folder of an example's run, also of one that was stopped, killed, or is still running.
 *
 * @throws Error when there is no run, or none that has made an update
 */
export async function readSeedRun(folder: string): Promise<SeedRun> {
  const rows = await readRows(join(folder, 'metrics.jsonl'));
  if (rows.length === 0) throw new Error(`${folder} holds no run that has made an update; leave out --report to make it.`);
  const { resumed, command = [] } = readJson(join(folder, 'config.json'));
  const { status = 'unfinished', result = {} } = readJson(join(folder, 'result.json'));
  return {
    status,
    args: without(['--seed', '--name'], command.slice(2)),
    rows,
    evaluation: result.evaluation?.meanReturn,
    // what the result says is of the last session, what the rows say of all together
    seconds: Math.max(result.trainingSeconds ?? 0, rows.at(-1)!['time/time_elapsed']!),
    cpuSeconds: resumed?.length > 0 ? undefined : result.cpuSeconds,
  };
}

/** The arguments but for some options and their values. */
function without(options: readonly string[], args: readonly string[]): string[] {
  return args.filter((arg, i) => !options.includes(arg) && !options.includes(args[i - 1] ?? ''));
}

/** The rows, line by line: with an update for every 20 steps, a file of hours is too long for a string. */
async function readRows(path: string): Promise<Metrics[]> {
  const rows: Metrics[] = [];
  if (!existsSync(path)) return rows;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    // the last line of a run that goes on may be half written
    if (line.endsWith('}')) rows.push(JSON.parse(line) as Metrics);
  }
  return rows;
}

// biome-ignore lint/suspicious/noExplicitAny: files that the examples write
function readJson(path: string): any {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}
