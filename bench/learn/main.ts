// Learns tasks from many seeds and says which of them reached the goal.
import { isMainThread } from 'node:worker_threads';
import { thisMachine } from '../shared/machine.js';
import { seedCommand } from '../shared/seed-command.js';
import type { LearningTask } from './learning-task.js';
import { heading, isLearned, type Report, type Row, summary, tableRow, toJson } from './report.js';
import { tasks } from './tasks.js';

const USAGE = `Usage: npm run learn -- NAME… [--seeds 10] [--first-seed 0] [--json] [--smoke]

Tasks:
${tasks.map(({ name, title }) => `  ${name.padEnd(20)} ${title}`).join('\n')}
  ${'all'.padEnd(20)} one after the other

--json is for programs. --smoke makes a single update for each seed: its scores say nothing.
Ends with code 1 when fewer seeds reached a goal than have to.`;

// workers import this file for their agents only
export { a3cCartPoleAgent } from './tasks/a3c-cartpole.js';
export { a3cLstmCartPoleAgent } from './tasks/a3c-lstm-cartpole.js';

if (isMainThread) await main();

async function main(): Promise<void> {
  const command = seedCommand({ usage: USAGE, noun: 'task', entries: tasks, all: tasks, flags: ['json', 'smoke'] });
  if (command === undefined) return;
  const { json, smoke } = command.flags;
  const print = json ? () => {} : console.log;
  const reports: Report[] = [];
  for (const task of command.entries) reports.push(await learn(task, { seeds: command.seeds(10), smoke, print }));
  if (json) console.log(toJson(thisMachine(), reports));
  if (!smoke && !reports.every(isLearned)) process.exitCode = 1;
}

async function learn(
  task: LearningTask,
  { seeds, smoke, print }: { seeds: readonly number[]; smoke: boolean; print: (line: string) => void },
): Promise<Report> {
  print(heading(task));
  const rows: Row[] = [];
  for (const seed of seeds) {
    const row: Row = [seed, await task.learn({ seed, smoke })];
    rows.push(row);
    print(tableRow(row));
  }
  const report = { task, rows };
  print(summary(report));
  return report;
}
