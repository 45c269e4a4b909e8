import { basename, resolve } from 'node:path';
import { InvalidOptionsError, parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import { type LearningCurveOptions, parseCurveOptions } from '../plots/curve-options.js';
import { clockField } from '../progress/option-fields.js';

/** What a run folder is made from. */
export interface RunOptions {
  /** The folder, for example `runs/cart-pole-a2c-seed-1`; made if it is missing. */
  readonly directory: string;
  /** The settings worth remembering (environment, algorithm, seed, options): what JSON can hold. Default none. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Whether to replace a run that the folder already holds; other files in it stay. Default false. */
  readonly overwrite?: boolean;
  /**
   * Whether to go on with the run that the folder holds, from a checkpoint: its metrics are continued, and so is its clock. Default false.
   */
  readonly resume?: boolean;
  /**
   * Environment steps that were done before; set it when training resumes. With `resume` it is the checkpoint's step: rows of later steps,
   * which are now made again, are dropped. Default 0, and with `resume` the last row's step.
   */
  readonly start?: number;
  /** Whether metrics are also written to event files for TensorBoard, in the folder. Default false. */
  readonly tensorboard?: boolean;
  /** Whether metrics are also written as a table, `metrics.csv`. Default false. */
  readonly csv?: boolean;
  /** How `curve.svg` is drawn. Its title is the folder's name unless given. */
  readonly curve?: LearningCurveOptions;
  /** Told, in a sentence, when a file cannot be written while training goes on. Default `process.emitWarning`. */
  readonly warn?: (message: string) => void;
  /** A clock in milliseconds. Default `performance.now`. */
  readonly now?: () => number;
  /** The date and time at which the run starts. Default the present. */
  readonly startedAt?: Date;
}

const schema = z.strictObject({
  directory: z.string().check(z.minLength(1)),
  config: z._default(z.record(z.string(), z.unknown()), () => ({})),
  overwrite: z._default(z.boolean(), false),
  resume: z._default(z.boolean(), false),
  start: z.optional(z.number().check(z.gte(0))),
  tensorboard: z._default(z.boolean(), false),
  csv: z._default(z.boolean(), false),
  curve: z._default(
    z.custom<LearningCurveOptions>((value) => typeof value === 'object' && value !== null, 'options of learningCurve'),
    () => ({}),
  ),
  warn: z._default(
    z.custom<(message: string) => void>((value) => typeof value === 'function', 'a function that takes a message'),
    () => (message: string) => process.emitWarning(message),
  ),
  now: clockField,
  startedAt: z._default(z.date(), () => new Date()),
});

/** The options of a run with their defaults filled in; `directory` is absolute. */
export type RunSettings = Required<Omit<RunOptions, 'start'>> & { readonly start?: number | undefined };

/** Checks the options of a run and fills in the defaults. */
export function parseRunOptions(options: RunOptions): RunSettings {
  const settings = parseOptions('createRun', schema, options);
  parseCurveOptions('createRun: curve', settings.curve);
  if (settings.overwrite && settings.resume) throw bothWays();
  const directory = resolve(settings.directory);
  return { ...settings, directory, curve: { title: basename(directory), ...settings.curve } };
}

function bothWays(): InvalidOptionsError {
  return new InvalidOptionsError({
    where: 'createRun',
    got: 'both overwrite: true and resume: true',
    expected: 'one of them at most',
    remedy: 'Pass resume: true to go on with the run, overwrite: true to replace it.',
  });
}
