import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import type { RunSession } from './run-info.js';

/** Whether the process of a session is still there. Of one on another machine nothing is known: it counts as running. */
export function isRunning({ process: { id, host } }: RunSession): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(id, 0); // signal 0 asks only whether the process is there
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return mayBeNode(id);
}

/** Whether a process is one of Node, as far as the system tells: the numbers of processes that have ended are given to others. */
function mayBeNode(id: number): boolean {
  try {
    return basename(readlinkSync(`/proc/${id}/exe`)).startsWith(basename(process.execPath));
  } catch {
    return true; // not Linux, or not allowed
  }
}
