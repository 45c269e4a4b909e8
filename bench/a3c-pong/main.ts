// Learns Pong by A3C with an LSTM, for as long as it is given, and goes on from the newest checkpoint of its folder.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { jsonLines, learningCurve, toMetrics } from '@pg/monitor';
import { pongAgent } from './agent.js';
import { LogBook, learningOf } from './log-book.js';

// every worker imports this file for the agent only
export { pongAgent } from './agent.js';

const USAGE = `Usage: npm run bench -- a3c-pong [--workers 2] [--seed 1] [--steps 10000000] [--minutes 60] [--folder runs/a3c-pong]

Learns until the steps or the minutes are over, or until Ctrl-C. The folder gets metrics.jsonl (a line every --every steps, 2,000 by
default), checkpoint.safetensors (every --save-every steps, 100,000 by default, and at the end), policy.safetensors and curve.svg.
With a checkpoint there the run goes on from it.`;

if (isMainThread) await main();

async function main(): Promise<void> {
  const values = parseCommandLine();
  if (values.help) return console.log(USAGE);
  const [workers, seed, steps, minutes] = [values.workers, values.seed, values.steps, values.minutes].map(Number) as [number, number, number, number];
  const folder = path.resolve(values.folder);
  mkdirSync(folder, { recursive: true });
  const inFolder = (name: string) => path.join(folder, name);
  const threads = workers === 0 ? {} : { workers, module: import.meta.url, export: 'pongAgent' };
  const checkpoint = inFolder('checkpoint.safetensors');
  const learner = existsSync(checkpoint) ? await pongAgent.load(checkpoint, threads) : pongAgent.build({ seed, ...threads });
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const timer = setTimeout(() => stop.abort(), minutes * 60_000);
  const metrics = jsonLines(inFolder('metrics.jsonl'), { append: true });
  const [start, startedAt] = [learner.step, performance.now()];
  const secondsSince = () => (performance.now() - startedAt) / 1000;
  const book = new LogBook({ workers: Math.max(1, workers), every: Number(values.every), saveEvery: Number(values['save-every']), start });
  try {
    for await (const update of learner.train({ steps: Math.max(1, steps - start), signal: stop.signal })) {
      for (const { worker, error } of update.lost) console.error(`worker ${worker} was lost and is replaced: ${error.message}`);
      book.take(update, secondsSince());
      if (book.isLineDue()) metrics.write({ ...toMetrics(book.summary(), { elapsedSeconds: secondsSince(), start }) });
      if (book.isLogDue()) console.log(book.line());
      if (book.isSaveDue()) await learner.saveCheckpoint(checkpoint);
    }
  } finally {
    clearTimeout(timer);
    await learner.saveCheckpoint(checkpoint);
    await learner.save(inFolder('policy.safetensors'));
    metrics.close();
    const series = learningOf(inFolder('metrics.jsonl'));
    writeFileSync(inFolder('curve.svg'), learningCurve(series, { title: 'A3C, LSTM of 256, Pong', xLabel: 'agent steps' }));
    await learner[Symbol.asyncDispose]();
  }
  console.log(book.line());
}

function parseCommandLine() {
  return parseArgs({
    options: {
      workers: { type: 'string', default: '2' },
      seed: { type: 'string', default: '1' },
      steps: { type: 'string', default: '10000000' },
      minutes: { type: 'string', default: '60' },
      folder: { type: 'string', default: 'runs/a3c-pong' },
      every: { type: 'string', default: '2000' },
      'save-every': { type: 'string', default: '100000' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
}
