import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import * as z from 'zod/mini';

/** Names a process among all that run on any machine at any time, as far as the system tells. */
export interface ProcessIdentity {
  /** The number of the process. */
  readonly id: number;
  /** The name of the machine. */
  readonly host: string;
  /** When it was named, ISO 8601. */
  readonly since: string;
  /** The boot of the machine; Linux only. */
  readonly boot?: string | undefined;
  /** The set of processes in which the number counts: each container has its own. Linux only. */
  readonly namespace?: string | undefined;
  /** When the process began, in ticks since the boot: its number is given to another process later. Linux only. */
  readonly start?: string | undefined;
}

/** The schema of `ProcessIdentity`. */
export const processIdentitySchema = z.object({
  id: z.int().check(z.positive()),
  host: z.string(),
  since: z.string(),
  boot: z.optional(z.string()),
  namespace: z.optional(z.string()),
  start: z.optional(z.string()),
});

/** Clocks are set, and the boot is not known to the second. */
const SLACK = 60_000;

/** This process. */
export function thisProcess(): ProcessIdentity {
  return {
    id: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    boot: ask(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    namespace: ask(() => readlinkSync('/proc/self/ns/pid')),
    start: statusOf(process.pid)?.start,
  };
}

/** Finds out whether a process is still there. Of one on another machine, or in another container, nothing is known. */
export function livenessOf(other: ProcessIdentity): 'alive' | 'gone' | 'unknown' {
  const here = thisProcess();
  if (other.host !== here.host) return 'unknown';
  const beforeBoot = Date.parse(other.since) < Date.now() - uptime() * 1000 - SLACK;
  // Another boot of a machine with this name, after this one began, is another machine.
  if (other.boot !== here.boot) return beforeBoot ? 'gone' : 'unknown';
  if (other.boot === undefined && beforeBoot) return 'gone';
  if (other.namespace !== here.namespace) return 'unknown';
  if (!exists(other.id)) return 'gone';
  const status = statusOf(other.id);
  if (status === undefined || other.start === undefined) return 'alive';
  return status.ended || status.start !== other.start ? 'gone' : 'alive';
}

function exists(id: number): boolean {
  try {
    return process.kill(id, 0); // Signal 0 asks only whether the process is there.
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What Linux says of a process: when it began, and whether it has ended and waits for its parent to notice. */
function statusOf(id: number): { readonly start: string | undefined; readonly ended: boolean } | undefined {
  return ask(() => {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8');
    // The second field, the name, may hold spaces and brackets.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { start: fields[19], ended: fields[0] === 'Z' || fields[0] === 'X' };
  });
}

/** What the system says, if it does. */
function ask<T>(question: () => T): T | undefined {
  try {
    return question();
  } catch {
    return undefined;
  }
}
