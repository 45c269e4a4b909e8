import { spawn } from 'node:child_process';

/** How a program is run. */
export interface Playing {
  /** Whether to leave out what it says of its progress. */
  readonly quiet: boolean;
}

/**
 * Runs a program of Node to its end.
 *
 * It has a process group of its own, so that Ctrl-C comes from here, and once: the first asks it to stop and save what it has, the second
 * ends it.
 *
 * @returns whether it was asked to stop
 * @throws Error when it ends with another code than 0
 */
export async function play(args: readonly string[], { quiet }: Playing): Promise<boolean> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', quiet ? 'ignore' : 'inherit'], detached: true });
  let stopped = false;
  const pass = (signal: NodeJS.Signals) => {
    stopped = true;
    child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, pass);
  try {
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', (exit, signal) => resolve(exit ?? signal)));
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}.`);
    return stopped;
  } finally {
    for (const signal of signals) process.off(signal, pass);
  }
}
