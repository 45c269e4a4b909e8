import { parseArgs } from 'node:util';
import { isApart, measureApart, serveTask } from './apart.js';
import type { Benchmark, Effort, NamedRow } from './benchmark.js';
import { readCommandLine, wholeNumber } from './command-line.js';
import { thisMachine } from './machine.js';

/** Measures the rows that the command line asks for, each in a process of its own, and prints the table. */
export async function runBenchmark<TRow extends NamedRow, TMeasured>(benchmark: Benchmark<TRow, TMeasured>): Promise<void> {
  if (isApart()) return serveTask(benchmark);
  const asked = readCommandLine(benchmark.usage, (args) => parseCommand(benchmark, args));
  if (asked === undefined) return;
  const print = asked.json ? () => {} : console.log;
  const machine = thisMachine();
  print(benchmark.heading(machine));
  const results: [TRow, TMeasured][] = [];
  for (const row of asked.rows) {
    const measured = await measureApart(benchmark, row, asked.effort);
    results.push([row, measured]);
    print(benchmark.tableRow(row, measured));
  }
  if (asked.json) console.log(benchmark.toJson(machine, results));
}

/** What is asked for. */
interface Asked<TRow> {
  readonly rows: readonly TRow[];
  readonly effort: Effort;
  /** Whether for programs, which get the results alone. */
  readonly json: boolean;
}

function parseCommand<TRow extends NamedRow>({ rows, seconds }: Pick<Benchmark<TRow, unknown>, 'rows' | 'seconds'>, args: string[]): Asked<TRow> {
  const options = {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    repetitions: { type: 'string', default: '7' },
    smoke: { type: 'boolean', default: false },
  } as const;
  const { json, only, smoke, repetitions: count } = parseArgs({ args, options }).values;
  const names = only?.split(',') ?? rows.map(({ name }) => name);
  const unknown = names.find((name) => !rows.some((row) => row.name === name));
  if (unknown !== undefined) throw new Error(`There is no row "${unknown}".`);
  const repetitions = wholeNumber('repetitions', count);
  const effort = smoke ? { repetitions: 1, seconds: seconds.smoke } : { repetitions, seconds: seconds.full };
  return { rows: rows.filter(({ name }) => names.includes(name)), effort, json };
}
