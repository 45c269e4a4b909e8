import { hostname, uptime } from 'node:os';
import { machineFacts, processExists, processStatus } from '@pg/core/files';
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
  const { boot, namespace } = machineFacts();
  return {
    id: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    boot,
    namespace,
    start: processStatus(process.pid)?.start,
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
  if (!processExists(other.id)) return 'gone';
  const status = processStatus(other.id);
  if (status === undefined || other.start === undefined) return 'alive';
  return status.ended || status.start !== other.start ? 'gone' : 'alive';
}
