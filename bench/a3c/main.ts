// Measures A3C with recipe R3's network on Pong: one worker against PyTorch without an environment, and two workers against one.
import { isMainThread } from 'node:worker_threads';
import { heading, toJson } from '../shared/contest/report.js';
import { runBenchmark } from '../shared/run-benchmark.js';
import { measure } from './measure.js';
import { tableRow } from './report.js';
import { rows } from './rows.js';

export { pongAgent } from './agent.js';

const usage = `Usage: npm run bench -- a3c [--json] [--only NAME,…] [--repetitions 7] [--smoke]

Rows, of A3C on Pong with four convolutions and an LSTM of 256, the environment included:
${rows.map(({ name, title, peer }) => `  ${name.padEnd(12)} ${title}, against ${peer}`).join('\n')}

Below the steps a second stands the time of processors that a thousand steps took, which a busy machine disturbs less.
The peer is looked for in shared/peers beside the project, or where PEERS says; PYTHON names the Python with PyTorch.
--smoke does everything for a moment: its numbers say nothing.`;

// worker threads import this file for the agent only
if (isMainThread) await runBenchmark({ program: import.meta.url, usage, rows, seconds: { smoke: 1, full: 8 }, measure, heading, tableRow, toJson });
