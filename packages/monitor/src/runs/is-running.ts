import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import type { RunSession } from './run-info.js';

/** Whether the process of a session is still there. Of one on another machine nothing is known: it counts as running. */
export function isRunning({ process: { id, host }, command }: RunSession): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(id, 0); // signal 0 asks only whether the process is there
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return id === process.pid || runsProgram(id, command[1]);
}

/** Whether a process runs a program, as far as the system tells: numbers of processes that have ended are given out again. */
function runsProgram(id: number, program: string | undefined): boolean {
  if (program === undefined) return true;
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(basename(program));
  } catch {
    return true; // not Linux
  }
}
