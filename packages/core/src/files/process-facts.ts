import { nodeFiles } from './node-files.js';

/** What the system says of a process. */
export interface ProcessStatus {
  /** When it began, in ticks since the boot: its number is given to another process later. */
  readonly start: string | undefined;
  /** Whether it has ended and waits for its parent to notice. */
  readonly ended: boolean;
}

/** What tells machines and containers apart, as far as the system says; boot and namespace on Linux only. */
export function machineFacts(): { readonly host: string | undefined; readonly boot: string | undefined; readonly namespace: string | undefined } {
  const { fs, os } = nodeFiles('machineFacts');
  return {
    host: ask(() => os.hostname()),
    boot: ask(() => fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    namespace: ask(() => fs.readlinkSync('/proc/self/ns/pid')),
  };
}

/** Whether there is a process with a number, here. */
export function processExists(pid: number): boolean {
  try {
    return process.kill(pid, 0); // signal 0 asks only whether the process is there
  } catch (error) {
    return (error as { code?: unknown }).code !== 'ESRCH';
  }
}

/** What Linux says of a process; undefined where it says nothing, as of one that is not there, or on another system. */
export function processStatus(pid: number): ProcessStatus | undefined {
  const { fs } = nodeFiles('processStatus');
  return ask(() => {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the second field, the name, may hold spaces and brackets
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
