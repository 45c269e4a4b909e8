import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidOptionsError } from '@pg/core';
import { onFileRead } from '@pg/core/files';
import { timeUnit } from '../../plots/time-unit.js';
import { runFiles } from '../run-files.js';
import { livenessOf, type ProcessIdentity, processIdentitySchema } from './process-identity.js';

/** The folder inside a run folder that names who works on the run. */
export const LOCK = 'run.lock';

/** A process that took a run folder and has not given it back. */
export interface RunOwner {
  /** The file that says so. */
  readonly file: string;
  /** Undefined where the file cannot be understood, because a power cut has emptied it. */
  readonly process: ProcessIdentity | undefined;
  readonly liveness: ReturnType<typeof livenessOf>;
}

/** The owner of a run folder. One that is gone may have left its file behind. */
export function ownerOf(where: string, directory: string): RunOwner | undefined {
  const lock = join(directory, LOCK);
  const names = onFileRead(where, lock, () => (existsSync(lock) ? readdirSync(lock) : []));
  const file = names.filter((name) => name.endsWith('.json')).map((name) => join(lock, name))[0];
  if (file === undefined) return undefined;
  const owner = onFileRead(where, file, () => readOwner(file));
  return { file, process: owner, liveness: owner === undefined ? 'gone' : livenessOf(owner) };
}

/** Describes, as the end of a sentence, an owner of which nothing is known here. */
export function describeUnknown(directory: string, { process: owner }: RunOwner): string {
  return `process ${owner?.id} on "${owner?.host}", of which nothing is known here, and which last wrote ${silence(directory)} ago`;
}

/** How to free a folder whose owner is not there any more, although it seems so. */
export function howToFree(directory: string): string {
  return `remove the folder "${join(directory, LOCK)}"`;
}

/**
 * Refuses a folder in which somebody is, or may be, at work.
 *
 * @returns the file of an owner that is gone
 */
export function requireNobodyElse(where: string, directory: string): string | undefined {
  const owner = ownerOf(where, directory);
  if (owner === undefined || owner.liveness === 'gone') return owner?.file;
  const id = owner.process?.id;
  const own = owner.liveness === 'alive' && id === process.pid;
  const known = own ? 'this process is working on already' : `process ${id} is working on`;
  const end = own ? 'End it first (await run.finish() or run.fail(error)).' : `Wait until it ends, or end it (kill ${id}).`;
  throw new InvalidOptionsError({
    where,
    got: `the run "${directory}", which ${owner.liveness === 'alive' ? known : `belongs to ${describeUnknown(directory, owner)}`}`,
    expected: 'a run that has ended or was interrupted',
    remedy: `${owner.liveness === 'alive' ? end : 'Wait until it ends.'} If nobody works on the run any more, ${howToFree(directory)}.`,
  });
}

/** What a lock says, if it can be understood. */
function readOwner(file: string): ProcessIdentity | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return processIdentitySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') throw error;
    return undefined;
  }
}

/** How long ago a run was written, in words. */
function silence(directory: string): string {
  const times = [LOCK, runFiles.metrics].flatMap((name) => statSync(join(directory, name), { throwIfNoEntry: false })?.mtimeMs ?? []);
  const seconds = Math.max(0, Date.now() - Math.max(...times)) / 1000;
  const unit = timeUnit(seconds);
  return `${Math.round(seconds / unit.seconds)} ${unit.name}`;
}
