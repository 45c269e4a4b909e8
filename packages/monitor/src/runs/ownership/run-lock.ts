import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnavailableError } from '@pg/core';
import { onFile } from '@pg/core/files';
import { thisProcess } from './process-identity.js';
import { forget, releaseAtExit } from './release-at-exit.js';
import { LOCK, requireNobodyElse } from './run-owner.js';

/** How often a lock is tried to be taken while others come and go. */
const ATTEMPTS = 100;

/**
 * The right of one run object to write a folder, from its beginning to its end.
 *
 * A lock is a folder that holds one file, whose name is never used again. Removing the file of an owner that is gone can therefore remove
 * nobody else's, and a prepared lock can be renamed into its place only while no other is there.
 */
export class RunLock {
  readonly #directory: string;
  readonly #file: string;

  /**
   * Takes a folder that exists. Of several that ask at the same moment, in any process or thread, one gets it. The lock of a process that is gone
   * is replaced.
   *
   * @throws InvalidOptionsError when somebody else is, or may be, at work in the folder; UnavailableError when the file system refuses
   */
  static take(where: string, directory: string): RunLock {
    const name = `${randomUUID()}.json`;
    const prepared = join(directory, `${LOCK}.${name}.tmp`);
    try {
      onFile(where, directory, () => {
        mkdirSync(prepared);
        writeFileSync(join(prepared, name), `${JSON.stringify(thisProcess(), null, 2)}\n`);
      });
      for (let attempt = 1, taken = false; !taken; attempt++) {
        const left = requireNobodyElse(where, directory);
        taken = onFile(where, directory, () => replaceLock({ directory, prepared, left, insist: attempt === ATTEMPTS }));
      }
    } catch (error) {
      rmSync(prepared, { recursive: true, force: true });
      throw error;
    }
    removeLeftovers(directory);
    return new RunLock(directory, name);
  }

  private constructor(directory: string, name: string) {
    this.#directory = directory;
    this.#file = join(directory, LOCK, name);
    releaseAtExit(this);
  }

  /** Whether the folder is there, and still this run's. */
  get isHeld(): boolean {
    return existsSync(this.#file);
  }

  /** @throws UnavailableError when the folder is not this run's any more */
  requireHeld(where: string): void {
    if (this.isHeld) return;
    throw new UnavailableError({
      where,
      got: `the folder "${this.#directory}", which was ${existsSync(this.#directory) ? 'replaced, or taken by another run' : 'removed or renamed'}`,
      expected: 'the folder in which the run began',
      remedy: 'Put it back, or save what was learned elsewhere.',
    });
  }

  /** Gives the folder back; a second call does nothing. */
  release(): void {
    forget(this);
    onFile('run.finish', this.#file, () => {
      rmSync(this.#file, { force: true });
      removeIfEmpty(join(this.#directory, LOCK));
    });
  }
}

interface Replacement {
  readonly directory: string;
  readonly prepared: string;
  /** The file of an owner that is gone. */
  readonly left: string | undefined;
  /** Whether a refusal is an error. */
  readonly insist: boolean;
}

/** Puts a prepared lock into its place; false if somebody else was faster. */
function replaceLock({ directory, prepared, left, insist }: Replacement): boolean {
  const lock = join(directory, LOCK);
  if (left !== undefined) rmSync(left, { force: true });
  removeIfEmpty(lock);
  try {
    renameSync(prepared, lock);
    return true;
  } catch (error) {
    if (existsSync(lock) && !insist) return false;
    throw error;
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It is gone, or not empty.
  }
}

/** Removes what processes that were killed while they took the folder have left: to take it is a matter of milliseconds. */
function removeLeftovers(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (!name.startsWith(`${LOCK}.`) || !name.endsWith('.tmp')) continue;
    const path = join(directory, name);
    const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN;
    if (Date.now() - made > 60_000) rmSync(path, { recursive: true, force: true });
  }
}
