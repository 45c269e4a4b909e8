import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidFileError, UnavailableError } from '@pg/core';
import type { Run } from '@pg/monitor';

/** How many checkpoints of a run are kept. */
const KEPT = 2;

/** Something that can be saved. */
interface Savable {
  readonly step: number;
  saveCheckpoint(path: string): Promise<void>;
}

/** Something that goes on from a file. */
interface Loadable<TLearner> {
  load(path: string): Promise<TLearner>;
}

/**
 * Saves a checkpoint, named after its step, and removes old ones. A run can be killed at any moment: files are there whole or not at all. On a full disk
 * the older of two makes room for the new one; the newer stays until that is whole.
 *
 * @throws UnavailableError when the file system refuses, or the folder is not the run's any more
 */
export async function saveCheckpoint(run: Pick<Run, 'path'>, learner: Savable): Promise<void> {
  const folder = run.path();
  const path = join(folder, 'checkpoints', `step-${String(learner.step).padStart(12, '0')}.safetensors`);
  await learner.saveCheckpoint(path).catch((error) => {
    if (!isFull(error) || checkpointsOf(folder).length < KEPT) throw error;
    keepNewest(folder, 1);
    return learner.saveCheckpoint(path);
  });
  keepNewest(folder, KEPT);
}

function keepNewest(folder: string, count: number): void {
  for (const path of checkpointsOf(folder).slice(count)) rmSync(path, { force: true });
}

/** Whether it is for want of room that something was refused. */
function isFull(error: unknown): boolean {
  return UnavailableError.isInstance(error) && ['ENOSPC', 'EDQUOT'].includes((error.cause as NodeJS.ErrnoException | undefined)?.code ?? '');
}

/**
 * Goes on from the newest checkpoint of a run folder; from the one before, with a warning, where that is damaged.
 *
 * @throws InvalidFileError when there is none that can be read
 * @throws IncompatibleCheckpointError when it is of another composition
 */
export async function loadNewestCheckpoint<TLearner>(folder: string, algorithm: Loadable<TLearner>): Promise<TLearner> {
  let damage: unknown;
  for (const path of checkpointsOf(folder)) {
    try {
      return await algorithm.load(path);
    } catch (error) {
      if (!InvalidFileError.isInstance(error)) throw error;
      console.error(`${path} is left out: ${error.message}`);
      damage = error;
    }
  }
  throw new InvalidFileError({
    where: 'resume',
    got: `${join(folder, 'checkpoints')} ${damage === undefined ? 'without a checkpoint' : 'with damaged checkpoints only'}`,
    expected: 'at least one that is whole',
    remedy: 'Start the run anew: without --resume, under another --name.',
    cause: damage,
  });
}

/** The checkpoints of a run folder, the newest first. */
function checkpointsOf(folder: string): string[] {
  const parent = join(folder, 'checkpoints');
  const names = existsSync(parent) ? readdirSync(parent) : [];
  return names
    .filter((name) => /^step-\d+\.safetensors$/.test(name))
    .sort()
    .reverse()
    .map((name) => join(parent, name));
}
