// Learns tasks from many seeds and says which of them reached the goal.
import { parseArgs } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { suggest } from '@pg/core';
import { thisMachine } from '../shared/machine.js';
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
  const parsed = parseCommandLine();
  if (parsed instanceof Error) return refuse(parsed.message);
  const { values, positionals } = parsed;
  if (values.help || positionals.length === 0) return console.log(USAGE);
  const unknown = positionals.find((name) => name !== 'all' && !tasks.some((task) => task.name === name));
  if (unknown !== undefined) return refuse(`There is no task "${unknown}".${didYouMean(unknown)}`);
  const [count, first] = [Number(values.seeds), Number(values['first-seed'])];
  if (!Number.isInteger(count) || count < 1) return refuse(`--seeds: got "${values.seeds}"; expected a positive whole number.`);
  if (!Number.isSafeInteger(first)) return refuse(`--first-seed: got "${values['first-seed']}"; expected a whole number.`);
  const print = values.json ? () => {} : console.log;
  const reports: Report[] = [];
  for (const task of positionals.includes('all') ? tasks : tasks.filter(({ name }) => positionals.includes(name))) {
    const seeds = Array.from({ length: count }, (_, i) => first + i);
    reports.push(await learn(task, { seeds, smoke: values.smoke, print }));
  }
  if (values.json) console.log(toJson(thisMachine(), reports));
  if (!values.smoke && !reports.every(isLearned)) process.exitCode = 1;
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

function parseCommandLine() {
  const options = {
    seeds: { type: 'string', default: '10' },
    'first-seed': { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return error as Error;
  }
}

function didYouMean(name: string): string {
  const near = suggest(
    name,
    tasks.map((task) => task.name),
  );
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

function refuse(problem: string): void {
  console.error(`${problem}\n\n${USAGE}`);
  process.exitCode = 1;
}
