// Measures how many steps a second vectorised environments make on one thread, with random actions.
import { runBenchmark } from '../shared/run-benchmark.js';
import { measure } from './measure.js';
import { heading, tableRow, toJson } from './report.js';
import { rows } from './rows.js';

const usage = `Usage: npm run bench -- envs [--json] [--only NAME,…] [--repetitions 7] [--smoke]

Rows:
${rows.map(({ name, title }) => `  ${name.padEnd(24)} ${title}`).join('\n')}

--smoke plays each row for a moment: its times say nothing.`;

await runBenchmark({ program: import.meta.url, usage, rows, seconds: { smoke: 0.2, full: 0.5 }, measure, heading, tableRow, toJson });
