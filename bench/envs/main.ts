// Measures how many steps a second vectorised environments make on one thread, with random actions.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { thisMachine } from '../engine/machine.js';
import { isApart, measureApart, serveTask } from './apart.js';
import type { Effort, Speed } from './measure.js';
import { heading, tableRow, toJson } from './report.js';
import type { Row } from './row.js';
import { rows } from './rows.js';

const USAGE = `Usage: npm run bench -- envs [--json] [--only NAME,…] [--repetitions 7] [--smoke]

Rows:
${rows.map(({ name, title }) => `  ${name.padEnd(16)} ${title}`).join('\n')}

--smoke plays each row for a moment: its times say nothing.`;

if (isApart()) await serveTask(rows);
else await main();

async function main(): Promise<void> {
  const values = parseCommandLine();
  if (values instanceof Error) return refuse(values.message);
  if (values.help) return console.log(USAGE);
  const only = values.only?.split(',');
  const unknown = only?.find((name) => !rows.some((row) => row.name === name));
  const repetitions = Number(values.repetitions);
  if (unknown !== undefined) return refuse(`There is no row "${unknown}".`);
  if (!Number.isInteger(repetitions) || repetitions < 1) return refuse(`--repetitions: got "${values.repetitions}"; expected a positive whole number.`);
  const effort: Effort = values.smoke ? { repetitions: 1, seconds: 0.2 } : { repetitions, seconds: 0.5 };
  const print = values.json ? () => {} : console.log;
  const machine = thisMachine();
  print(heading(machine));
  const results: [Row, Speed][] = [];
  for (const row of rows.filter(({ name }) => only?.includes(name) ?? true)) {
    const speed = await measureApart(fileURLToPath(import.meta.url), row, effort);
    results.push([row, speed]);
    print(tableRow(row, speed));
  }
  if (values.json) console.log(toJson(machine, results));
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

function refuse(problem: string): void {
  console.error(`${problem}\n\n${USAGE}`);
  process.exitCode = 1;
}
