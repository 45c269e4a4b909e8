// Measures A2C on CartPole end to end beside PyTorch, on one thread and on all cores. Its workers import this very file.
import { isMainThread } from 'node:worker_threads';
import { measure } from '../shared/contest/measure.js';
import { heading, tableRow, toJson } from '../shared/contest/report.js';
import { runBenchmark } from '../shared/run-benchmark.js';
import { learnCartPoles } from './learners.js';
import { rowsOf } from './rows.js';

export const envs32 = learnCartPoles(32);
export const envs256 = learnCartPoles(256);
export const envs2048 = learnCartPoles(2048);

const rows = rowsOf({ module: import.meta.url, byName: { envs32, envs256, envs2048 } });

const usage = `Usage: npm run bench -- a2c [--json] [--only NAME,…] [--repetitions 7] [--smoke]

Rows, of A2C with two 4-64-64 tanh networks and rollouts of 20 steps:
${rows.map(({ name, title, peer }) => `  ${name.padEnd(10)} ${title}, against ${peer}`).join('\n')}

The peer is looked for in shared/peers beside the project, or where PEERS says; PYTHON names the Python with PyTorch.
--smoke does everything for a moment: its numbers say nothing.`;

if (isMainThread) await runBenchmark({ program: import.meta.url, usage, rows, seconds: { smoke: 0.1, full: 1.5 }, measure, heading, tableRow, toJson });
