import { crc32 } from './crc32.js';
import { nodeFiles } from './node-files.js';

/** Names a process among all that write to a folder, from any machine and at any time, as far as the system tells. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Stands for the moment at which it began: a number is given to another process later. Zeros where the system does not say. */
  readonly birth: string;
  /** Stands for the machine, and the container: numbers of processes count within one. */
  readonly place: string;
}

const UNKNOWN = '00000000';

/** This process. */
export function thisProcess(): ProcessIdentity {
  const { fs, os } = nodeFiles('thisProcess');
  const host = ask(() => os.hostname());
  const namespace = ask(() => fs.readlinkSync('/proc/self/ns/pid'));
  return { pid: process.pid, birth: statusOf(process.pid)?.birth ?? UNKNOWN, place: digest(`${host} ${namespace}`) };
}

/** Finds out whether a process is still there; nothing is known of one in another place. */
export function livenessOf({ pid, birth, place }: ProcessIdentity): 'alive' | 'gone' | 'unknown' {
  if (place !== thisProcess().place) return 'unknown';
  if (!exists(pid)) return 'gone';
  const status = statusOf(pid);
  if (status === undefined || birth === UNKNOWN) return 'alive';
  return status.ended || status.birth !== birth ? 'gone' : 'alive';
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0); // signal 0 asks only whether the process is there
  } catch (error) {
    return (error as { code?: unknown }).code !== 'ESRCH';
  }
}

/** What Linux says of a process: when it began, and whether it has ended and waits for its parent to notice. */
function statusOf(pid: number): { readonly birth: string; readonly ended: boolean } | undefined {
  const { fs } = nodeFiles('statusOf');
  return ask(() => {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the second field, the name, may hold spaces and brackets
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return { birth: digest(`${boot} ${fields[19]}`), ended: fields[0] === 'Z' || fields[0] === 'X' };
  });
}

function digest(text: string): string {
  return crc32(new TextEncoder().encode(text)).toString(16).padStart(8, '0');
}

/** What the system says, if it does. */
function ask<T>(question: () => T): T | undefined {
  try {
    return question();
  } catch {
    return undefined;
  }
}
