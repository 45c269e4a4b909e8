// Measures recipe R2, Pong from pixels, and A2C on many CartPoles end to end, beside PyTorch and a program in C.
import { isMainThread } from 'node:worker_threads';
import { measure } from '../shared/contest/measure.js';
import { heading, tableRow, toJson } from '../shared/contest/report.js';
import { runBenchmark } from '../shared/run-benchmark.js';
import { rows } from './rows.js';

export { cartPoles, r2InShards } from './learners.js';

const usage = `Usage: npm run bench -- pong [--json] [--only NAME,…] [--repetitions 7] [--smoke]

Rows:
${rows.map(({ name, title, peer }) => `  ${name.padEnd(16)} ${title}${peer === undefined ? '' : `, against ${peer}`}`).join('\n')}

The peers are looked for in shared/peers beside the project, or where PEERS says; PYTHON names the Python with PyTorch, CC the
compiler.
--smoke does everything for a moment: its numbers say nothing.`;

// worker threads import this file for the agents only
if (isMainThread) await runBenchmark({ program: import.meta.url, usage, rows, seconds: { smoke: 0.1, full: 1.5 }, measure, heading, tableRow, toJson });
