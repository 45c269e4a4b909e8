import { existsSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DisposedError } from '@pg/core';
import { openGrowingFile } from '../files/growing-file.js';
import { versionEvent } from './event.js';
import { encodeRecord } from './tf-record.js';

/** A file of events that grows. */
export interface EventFile {
  readonly path: string;
  /** Appends an event, whole or not at all; it has reached the operating system when the call returns. */
  append(event: Uint8Array): void;
  close(): void;
}

/** Begins a new event file in a folder; files of earlier runs and of other processes stay as they are. */
export function openEventFile(where: string, directory: string, wallTime: number): EventFile {
  const path = newPath(directory, wallTime);
  const file = openGrowingFile({ where, path, append: false });
  let closed = false;
  file.append(encodeRecord(versionEvent(wallTime)));
  return {
    path,
    append(event) {
      if (closed) refuse(where, path);
      file.append(encodeRecord(event));
    },
    close() {
      closed = true;
      file.close();
    },
  };
}

/**
 * `events.out.tfevents.<seconds>.<host>.<process>.0`: TensorBoard reads the files of a folder in the order of their names, so the seconds are more than
 * those of the files that are there, even if the clock was set back.
 */
function newPath(directory: string, wallTime: number): string {
  const seconds = Math.max(Math.floor(wallTime), ...secondsAfter(directory));
  return join(directory, `events.out.tfevents.${String(seconds).padStart(10, '0')}.${hostname()}.${process.pid}.0`);
}

/** The second after that of each event file in a folder. */
function secondsAfter(directory: string): number[] {
  const names = existsSync(directory) ? readdirSync(directory) : [];
  return names.flatMap((name) => {
    const seconds = /^events\.out\.tfevents\.(\d+)\./.exec(name)?.[1];
    return seconds === undefined ? [] : [Number(seconds) + 1];
  });
}

function refuse(where: string, path: string): never {
  throw new DisposedError({
    where: `${where}.write`,
    got: `an event for "${path}" after close()`,
    expected: 'an open file',
    remedy: `Write before closing, or begin another file with ${where}(directory, { resumeAt: step }).`,
  });
}
