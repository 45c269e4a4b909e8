import { parseArgs } from 'node:util';
import { isApart, measureApart, serveTask } from './apart.js';
import type { Benchmark, NamedRow } from './benchmark.js';
import { thisMachine } from './machine.js';

/** Measures the rows that the command line asks for, each in a process of its own, and prints the table. */
export async function runBenchmark<TRow extends NamedRow, TMeasured>(benchmark: Benchmark<TRow, TMeasured>): Promise<void> {
  if (isApart()) return serveTask(benchmark);
  const { usage, rows, seconds } = benchmark;
  const values = parseCommandLine();
  if (values instanceof Error) return refuse(values.message, usage);
  if (values.help) return console.log(usage);
  const only = values.only?.split(',');
  const unknown = only?.find((name) => !rows.some((row) => row.name === name));
  const repetitions = Number(values.repetitions);
  if (unknown !== undefined) return refuse(`There is no row "${unknown}".`, usage);
  if (!Number.isInteger(repetitions) || repetitions < 1) {
    return refuse(`--repetitions: got "${values.repetitions}"; expected a positive whole number.`, usage);
  }
  const effort = values.smoke ? { repetitions: 1, seconds: seconds.smoke } : { repetitions, seconds: seconds.full };
  const print = values.json ? () => {} : console.log;
  const machine = thisMachine();
  print(benchmark.heading(machine));
  const results: [TRow, TMeasured][] = [];
  for (const row of rows.filter(({ name }) => only?.includes(name) ?? true)) {
    const measured = await measureApart(benchmark, row, effort);
    results.push([row, measured]);
    print(benchmark.tableRow(row, measured));
  }
  if (values.json) console.log(benchmark.toJson(machine, results));
}

function parseCommandLine() {
  const options = {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    repetitions: { type: 'string', default: '7' },
    smoke: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return error as Error;
  }
}

function refuse(problem: string, usage: string): void {
  console.error(`${problem}\n\n${usage}`);
  process.exitCode = 1;
}
