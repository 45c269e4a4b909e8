import { isApart, measureApart, serveTask } from './apart.js';
import type { Benchmark, NamedRow } from './benchmark.js';
import { positiveInteger, runCommand, UsageError } from './command-line.js';
import { thisMachine } from './machine.js';

const OPTIONS = {
  json: { type: 'boolean', default: false },
  only: { type: 'string' },
  repetitions: { type: 'string', default: '7' },
  smoke: { type: 'boolean', default: false },
} as const;

/** Measures the rows that the command line asks for, each in a process of its own, and prints the table. */
export async function runBenchmark<TRow extends NamedRow, TMeasured>(benchmark: Benchmark<TRow, TMeasured>): Promise<void> {
  if (isApart()) return serveTask(benchmark);
  const { usage, rows, seconds } = benchmark;
  await runCommand({ usage, options: OPTIONS }, async (values) => {
    const chosen = rowsNamed(rows, values.only);
    const repetitions = positiveInteger('repetitions', values.repetitions);
    const effort = values.smoke ? { repetitions: 1, seconds: seconds.smoke } : { repetitions, seconds: seconds.full };
    const print = values.json ? () => {} : console.log;
    const machine = thisMachine();
    print(benchmark.heading(machine));
    const results: [TRow, TMeasured][] = [];
    for (const row of chosen) {
      const measured = await measureApart(benchmark, row, effort);
      results.push([row, measured]);
      print(benchmark.tableRow(row, measured));
    }
    if (values.json) console.log(benchmark.toJson(machine, results));
  });
}

/** The rows of a list of names, or all. */
function rowsNamed<TRow extends NamedRow>(rows: readonly TRow[], list: string | undefined): readonly TRow[] {
  if (list === undefined) return rows;
  const names = list.split(',');
  const unknown = names.find((name) => !rows.some((row) => row.name === name));
  if (unknown !== undefined) throw new UsageError(`There is no row "${unknown}".`);
  return rows.filter(({ name }) => names.includes(name));
}
