import { basename, resolve } from 'node:path';
import { parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import { type LearningCurveOptions, parseCurveOptions } from '../plots/curve-options.js';

/** What a run folder is made from. */
export interface RunOptions {
  /** The folder, for example `runs/cart-pole-a2c-seed-1`; made if it is missing. */
  readonly directory: string;
  /** The settings worth remembering (environment, algorithm, seed, options): what JSON can hold. Default none. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Whether to replace a run that the folder already holds; other files in it stay. Default false. */
  readonly overwrite?: boolean;
  /**
   * Whether to go on with the run that the folder holds: its `config.json` stays, and so do the metrics up to `start`; later ones, which a
   * killed run wrote after the checkpoint that training goes on from, are dropped. Default false.
   */
  readonly resume?: boolean;
  /** Environment steps that were done before this run; set it when training resumes, so that `time/fps` is right. Default 0. */
  readonly start?: number;
  /** How `curve.svg` is drawn. Its title is the folder's name unless given. */
  readonly curve?: LearningCurveOptions;
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
  start: z._default(z.number().check(z.gte(0)), 0),
  curve: z._default(
    z.custom<LearningCurveOptions>((value) => typeof value === 'object' && value !== null, 'options of learningCurve'),
    () => ({}),
  ),
  now: z._default(
    z.custom<() => number>((value) => typeof value === 'function', 'a function that returns milliseconds'),
    () => () => performance.now(),
  ),
  startedAt: z._default(z.date(), () => new Date()),
});

/** The options of a run with their defaults filled in; `directory` is absolute. */
export type RunSettings = Required<RunOptions>;

/** Checks the options of a run and fills in the defaults. */
export function parseRunOptions(options: RunOptions): RunSettings {
  const settings = parseOptions('createRun', schema, options);
  parseCurveOptions('createRun: curve', settings.curve);
  const directory = resolve(settings.directory);
  return { ...settings, directory, curve: { title: basename(directory), ...settings.curve } };
}
