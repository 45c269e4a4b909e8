import { encodeUtf8 } from '@pg/core';
import { crc32 } from './crc32.js';
import { machineFacts, processExists, processStatus } from './process-facts.js';

/** Names a process among all that write to a folder, from any machine and at any time, as far as the system tells; short enough for a file's name. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Stands for the moment at which it began. Zeros where the system does not say. */
  readonly birth: string;
  /** Stands for the machine, and the container: numbers of processes count within one. */
  readonly place: string;
}

const UNKNOWN = '00000000';

/** This process. */
export function thisProcess(): ProcessIdentity {
  const { host, boot, namespace } = machineFacts();
  return { pid: process.pid, birth: birthOf(boot, processStatus(process.pid)?.start), place: digest(`${host} ${namespace}`) };
}

/** Finds out whether a process is still there; nothing is known of one in another place. */
export function livenessOf({ pid, birth, place }: ProcessIdentity): 'alive' | 'gone' | 'unknown' {
  if (place !== thisProcess().place) return 'unknown';
  if (!processExists(pid)) return 'gone';
  const status = processStatus(pid);
  if (status === undefined || birth === UNKNOWN) return 'alive';
  return status.ended || birthOf(machineFacts().boot, status.start) !== birth ? 'gone' : 'alive';
}

function birthOf(boot: string | undefined, start: string | undefined): string {
  return start === undefined ? UNKNOWN : digest(`${boot} ${start}`);
}

function digest(text: string): string {
  return crc32(encodeUtf8(text)).toString(16).padStart(8, '0');
}
