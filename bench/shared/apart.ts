import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Benchmark, Effort, NamedRow } from './benchmark.js';

/** The argument that such a process gets. */
const APART = '--apart';

/** What a row's own process is told. */
interface Task {
  readonly name: string;
  readonly effort: Effort;
}

/** Measures a row in a process of its own, so that nothing of the rows before it is left: neither compiled code nor memory. */
export async function measureApart<TRow extends NamedRow, TMeasured>(
  { program }: Benchmark<TRow, TMeasured>,
  { name }: TRow,
  effort: Effort,
): Promise<TMeasured> {
  const child = fork(fileURLToPath(program), [APART], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`Measuring ${name} ended with code ${code}.`)));
  child.send({ name, effort } satisfies Task);
  const [measured] = await Promise.race([once(child, 'message'), ended]);
  return measured;
}

/** Whether this is a process of one row. */
export function isApart(): boolean {
  return process.argv[2] === APART;
}

/** In the process of one row: takes the task, measures, answers. */
export async function serveTask<TRow extends NamedRow, TMeasured>({ rows, measure }: Benchmark<TRow, TMeasured>): Promise<void> {
  const [{ name, effort }] = (await once(process, 'message')) as [Task];
  process.send!(await measure(rows.find((row) => row.name === name)!, effort));
  process.disconnect();
}
