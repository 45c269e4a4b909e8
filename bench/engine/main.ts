// Measures the engine against TensorFlow.js (WebAssembly) and PyTorch, on one thread, side by side.
import { runBenchmark } from '../shared/run-benchmark.js';
import { measure } from './measure.js';
import { heading, tableRow, toJson } from './report.js';
import { rows } from './rows.js';

const usage = `Usage: npm run bench -- engine [--json] [--only NAME,…] [--repetitions 7] [--smoke]

Rows:
${rows.map(({ name, title, peer }) => `  ${name.padEnd(20)} ${title}, against ${peer}`).join('\n')}

--smoke does everything once: it shows that both sides compute the same, its times say nothing.`;

await runBenchmark({ program: import.meta.url, usage, rows, seconds: { smoke: 0, full: 0.3 }, measure, heading, tableRow, toJson });
