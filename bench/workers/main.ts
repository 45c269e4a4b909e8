// Measures when worker threads pay for environments: the same copies on one thread and on several, side by side.
import { parseArgs } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { readCommandLine, wholeNumber } from '../shared/command-line.js';
import { busyEnv } from './busy-env.js';
import { measure } from './measure.js';

/** How much a step computes, from next to nothing to about ten milliseconds; the threads import this very list. */
const ROUNDS = [0, 1000, 10_000, 100_000, 1_000_000];
export const [busy0, busy1, busy2, busy3, busy4] = ROUNDS.map(busyEnv);

const usage = 'Usage: npm run bench -- workers [--threads 1,2,4] [--repetitions 5]';
const options = { repetitions: { type: 'string', default: '5' }, threads: { type: 'string', default: '1,2,4' } } as const;

// worker threads import this file for its environments only
if (isMainThread) {
  const asked = readCommandLine(usage, (args) => {
    const { threads, repetitions } = parseArgs({ args, options }).values;
    return { counts: threads.split(',').map((count) => wholeNumber('threads', count)), repetitions: wholeNumber('repetitions', repetitions) };
  });
  const envs = Object.entries({ busy0: busy0!, busy1: busy1!, busy2: busy2!, busy3: busy3!, busy4: busy4! });
  if (asked !== undefined) measure({ envs, module: import.meta.url }, asked.counts, asked.repetitions);
}
