import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type Effort, measure, type Speed } from './measure.js';
import type { Row } from './row.js';

/** The argument that such a process gets. */
const APART = '--apart';

/** What a row's own process is told. */
interface Task {
  readonly name: string;
  readonly effort: Effort;
}

/**
 * Measures a row in a process of its own, so that the engine has compiled nothing for the rows before it.
 *
 * @param program - the benchmark's main file, which calls {@link serveTask} in that process
 */
export async function measureApart(program: string, { name }: Row, effort: Effort): Promise<Speed> {
  const child = fork(program, [APART], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`Measuring ${name} ended with code ${code}.`)));
  child.send({ name, effort } satisfies Task);
  const [speed] = await Promise.race([once(child, 'message'), ended]);
  return speed;
}

/** Whether this is a process of one row. */
export function isApart(): boolean {
  return process.argv[2] === APART;
}

/** In the process of one row: takes the task, measures, answers. */
export async function serveTask(rows: readonly Row[]): Promise<void> {
  const [{ name, effort }] = (await once(process, 'message')) as [Task];
  process.send!(measure(rows.find((row) => row.name === name)!, effort));
  process.disconnect();
}
