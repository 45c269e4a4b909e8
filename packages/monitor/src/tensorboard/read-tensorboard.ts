import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InvalidFileError, InvalidOptionsError } from '@pg/core';
import { onFileRead } from '../files/file-system.js';
import { decodeEvent, type ScalarEvent } from './decode-event.js';
import { readRecords } from './read-records.js';

/** A scalar at one step. */
export interface ScalarPoint {
  /** Environment steps. */
  readonly step: number;
  /** Seconds since 1970. */
  readonly wallTime: number;
  /** A float of 32 bits. */
  readonly value: number;
}

/** What event files say in numbers. */
export interface TensorboardScalars {
  /** The points of each tag in the order in which they were written. */
  readonly scalars: Readonly<Record<string, readonly ScalarPoint[]>>;
  /** What is wrong with the files, in sentences; none of it keeps the rest from being read. */
  readonly warnings: readonly string[];
}

/**
 * Reads the scalars of event files: of this package, of Stable-Baselines3, or of anything else that writes them as PyTorch does. Where training
 * was resumed, the later steps of before are left out, as TensorBoard does.
 *
 * @param path - an event file, or the folder that holds some
 * @throws InvalidOptionsError when there is none; InvalidFileError naming the byte where a file is damaged; UnavailableError when the file
 * system refuses
 *
 * @example
 * ```ts
 * const { scalars } = readTensorboard('logs/PPO_1');
 * const points = scalars['rollout/ep_rew_mean'].map(({ step, value }) => ({ x: step, y: value }));
 * ```
 */
export function readTensorboard(path: string): TensorboardScalars {
  const scalars = new Map<string, ScalarPoint[]>();
  const warnings: string[] = [];
  for (const file of eventFiles(path)) {
    const { records, truncated } = readRecords(
      'readTensorboard',
      file,
      onFileRead('readTensorboard', file, () => readFileSync(file)),
    );
    if (truncated) warnings.push(`${basename(file)} ends within a record, which is left out.`);
    for (const record of records) takeIn(scalars, decode(file, record));
  }
  return { scalars: Object.fromEntries(scalars), warnings };
}

function takeIn(scalars: Map<string, ScalarPoint[]>, { step, wallTime, restart, scalars: added }: ScalarEvent): void {
  if (restart) {
    for (const [tag, points] of scalars) {
      const kept = points.filter((point) => point.step < step);
      scalars.set(tag, kept);
    }
  }
  for (const { tag, value } of added) {
    const points = scalars.get(tag);
    if (points === undefined) scalars.set(tag, [{ step, wallTime, value }]);
    else points.push({ step, wallTime, value });
  }
}

function eventFiles(path: string): string[] {
  const entry = onFileRead('readTensorboard', path, () => statSync(path, { throwIfNoEntry: false }));
  if (entry?.isFile()) return [path];
  const inside = entry === undefined ? [] : onFileRead('readTensorboard', path, () => readdirSync(path)).filter((name) => name.includes('tfevents'));
  if (inside.length > 0) return inside.sort().map((name) => join(path, name));
  throw new InvalidOptionsError({
    where: 'readTensorboard',
    got: entry === undefined ? `"${path}", which does not exist` : `the folder "${path}" without an event file`,
    expected: 'an event file or the folder of some',
    remedy: 'Name the folder in which the events.out.tfevents files are.',
  });
}

function decode(path: string, record: Uint8Array): ScalarEvent {
  try {
    return decodeEvent(record);
  } catch (cause) {
    throw new InvalidFileError({
      where: 'readTensorboard',
      got: `"${path}" with a record that is no event`,
      expected: 'an event file',
      remedy: 'Name a file that TensorBoard reads, too.',
      cause,
    });
  }
}
