import { parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import type { ReferenceLine } from '../plots/curve-options.js';
import { clockField, startField, streamField } from '../progress/option-fields.js';
import type { ProgressStream } from '../progress/progress-stream.js';
import type { PlayOptions } from './agent-player.js';

/** What a page says of a run beside its metrics. */
export interface PageDescription {
  /** The heading, for example "A2C on CartPole-v1". Default "Training run". */
  readonly title?: string;
  /** Environment steps that the run takes, for the progress bar and the time to go. Default unknown. */
  readonly total?: number;
  /** Environment steps that were done before; set it when a run resumes. Default 0. */
  readonly start?: number;
  /** The settings worth knowing: environment, algorithm, seed, options. Default none. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A level to compare the mean return with. Default none. */
  readonly reference?: ReferenceLine;
}

/** How a run is watched. */
export interface WatchOptions extends PageDescription {
  /** The port on 127.0.0.1. Default 0: any free one. */
  readonly port?: number;
  /** Where the address is printed. Default `process.stderr`. */
  readonly stream?: ProgressStream;
  /** A clock in milliseconds. Default `performance.now`. */
  readonly now?: () => number;
}

/** The fields of a schema for `PageDescription`. */
export const describingFields = {
  title: z._default(z.string(), 'Training run'),
  total: z.optional(z.number().check(z.gt(0))),
  start: startField,
  settings: z._default(z.record(z.string(), z.unknown()), () => ({})),
  reference: z.optional(z.strictObject({ y: z.number(), label: z.string() })),
};

const watchSchema = z.strictObject({
  ...describingFields,
  port: z._default(z.int().check(z.gte(0), z.lte(65_535)), 0),
  stream: streamField,
  now: clockField,
});

const playSchema = z.strictObject({
  fps: z._default(z.number().check(z.gte(1), z.lte(120)), 30),
  greedy: z._default(z.boolean(), true),
  seed: z._default(z.int(), 0),
});

/** The options of `watchRun` with their defaults filled in. */
export type WatchSettings = z.infer<typeof watchSchema>;

/** Checks the options of `watchRun`. */
export function parseWatchOptions(options: WatchOptions): WatchSettings {
  return parseOptions('watchRun', watchSchema, options);
}

/** Checks the options of `page.play`. */
export function parsePlayOptions(options: PlayOptions): Required<PlayOptions> {
  return parseOptions('page.play', playSchema, options);
}
