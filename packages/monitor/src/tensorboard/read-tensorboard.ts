import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InvalidFileError, InvalidOptionsError } from '@pg/core';
import { onFileRead, requireRegularFile } from '@pg/core/files';
import { requirePath } from '../checks/require.js';
import { type DecodedEvent, decodeEvent } from './decode-event.js';
import { readRecords } from './read-records.js';
import { ScalarCollector } from './scalar-collector.js';

/** A scalar at one step. */
export interface ScalarPoint {
  /** Environment steps. */
  readonly step: number;
  /** Seconds since 1970. */
  readonly wallTime: number;
  /** A float of 32 bits, or what the file holds of a tensor; NaN and infinities among them. */
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
 * Reads the scalars of event files: of this package, of Stable-Baselines3, and of anything else that writes them as PyTorch or TensorFlow 2 does.
 * Where training was resumed, the later steps of before are left out, as TensorBoard does. Pictures, histograms, audio and texts are passed over in
 * silence; a warning names what else is not read.
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
  requirePath('readTensorboard', path);
  const collector = new ScalarCollector();
  const warnings: string[] = [];
  for (const file of eventFiles(path)) {
    const { records, truncated } = readRecords(
      'readTensorboard',
      file,
      onFileRead('readTensorboard', file, () => {
        requireRegularFile('readTensorboard', file);
        return readFileSync(file);
      }),
    );
    if (truncated) warnings.push(`${basename(file)} ends within a record, which is left out.`);
    for (const record of records) collector.add(decode(file, record));
  }
  return { scalars: collector.scalars, warnings: [...warnings, ...collector.warnings] };
}

function eventFiles(path: string): string[] {
  const entry = onFileRead('readTensorboard', path, () => statSync(path, { throwIfNoEntry: false }));
  if (entry !== undefined && !entry.isDirectory()) return [path];
  const inside = entry === undefined ? [] : onFileRead('readTensorboard', path, () => readdirSync(path)).filter((name) => name.includes('tfevents'));
  if (inside.length > 0) return inside.sort().map((name) => join(path, name));
  throw new InvalidOptionsError({
    where: 'readTensorboard',
    got: entry === undefined ? `"${path}", which does not exist` : `the folder "${path}" without an event file`,
    expected: 'an event file or the folder of some',
    remedy: 'Name the folder in which the events.out.tfevents files are.',
  });
}

function decode(path: string, record: Uint8Array): DecodedEvent {
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
