// Measures A3C with recipe R3's network on Pong: one worker against PyTorch without an environment, and two workers against one.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { thisMachine } from '../shared/machine.js';
import { workersRate } from './ours.js';
import { peerRate } from './peer.js';
import { heading, type Round, summarize, tableRow } from './report.js';

// every worker imports this file for the agent only
export { pongAgent } from './agent.js';

const USAGE = `Usage: npm run bench -- a3c [--json] [--repetitions 5] [--seconds 10] [--peers ../shared/peers] [--smoke]

Steps a second of A3C on Pong (four convolutions, LSTM of 256, rollouts of 20 steps), the environment included: with one worker, with two,
and of a program in PyTorch that does one worker's network work on one thread, if it is there (PYTHON names the interpreter). All three
take turns; beside each rate stands the time of processors that a thousand steps took, which a busy machine disturbs less.`;

if (isMainThread) await main();

async function main(): Promise<void> {
  const values = parseCommandLine();
  if (values.help) return console.log(USAGE);
  const program = path.resolve(values.peers, 'torch_a3c_conv_lstm.py');
  const repetitions = values.smoke ? 1 : Number(values.repetitions);
  const seconds = values.smoke ? 1 : Number(values.seconds);
  const print = values.json ? () => {} : console.log;
  print(heading(thisMachine()));
  const rounds: Round[] = [];
  for (let i = 0; i < repetitions; i++) {
    const one = await workersRate(1, seconds);
    const peer = existsSync(program) ? await peerRate(program, seconds) : undefined;
    const two = await workersRate(2, seconds);
    rounds.push({ one, two, peer });
    print(tableRow(rounds.at(-1)!));
  }
  const summary = summarize(rounds);
  if (values.json) console.log(JSON.stringify({ machine: thisMachine(), rounds, ...summary }, null, 2));
  else console.log(`\nMedians of the ratios: one worker ${text(summary.againstPeer)} PyTorch's rate; two workers ${text(summary.twoAgainstOne)} one's.`);
}

function text(ratio: number | undefined): string {
  return ratio === undefined ? '(no peer)' : `${ratio.toFixed(2)}×`;
}

function parseCommandLine() {
  return parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      repetitions: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '10' },
      peers: { type: 'string', default: '../shared/peers' },
      smoke: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
}
