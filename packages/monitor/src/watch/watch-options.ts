import { parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import type { Metrics } from '../metrics/metrics.js';
import type { ReferenceLine } from '../plots/curve-options.js';
import { clockField, startField, streamField } from '../progress/option-fields.js';
import type { ProgressStream } from '../progress/progress-stream.js';
import type { PlayOptions } from './agent-player.js';
import { describeEntries } from './describe-entries.js';

/** What a page says of a run beside its metrics. */
export interface PageDescription {
  /** The heading, for example "A2C on CartPole-v1". Default "Training run". */
  readonly title?: string;
  /** Environment steps that the run takes, for the progress bar and the time to go. Default unknown. */
  readonly total?: number;
  /** Environment steps that were done before; set it when a run resumes. Default 0. */
  readonly start?: number;
  /** Finished episodes that the run takes in all, where it is limited by them. Default unknown. */
  readonly totalEpisodes?: number;
  /** Updates that the run takes in all, where it is limited by them. Default unknown. */
  readonly totalUpdates?: number;
  /** The settings worth knowing: environment, algorithm, seed, options. Default none. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A level to compare the mean return with. Default none. */
  readonly reference?: ReferenceLine;
}

/** How a run is watched. */
export interface WatchOptions extends PageDescription {
  /** The rows of before, when a run resumes: the curves and the clock go on where they ended. Default none. */
  readonly metrics?: Iterable<Metrics>;
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
  totalEpisodes: z.optional(z.number().check(z.gt(0))),
  totalUpdates: z.optional(z.number().check(z.gt(0))),
  settings: z._default(z.record(z.string(), z.unknown()), () => ({})),
  reference: z.optional(z.strictObject({ y: z.number(), label: z.string() })),
};

/** Something to iterate over. */
export const iterable = <T>(what: string) => z.custom<Iterable<T>>((value) => typeof value === 'object' && value !== null && Symbol.iterator in value, what);

const watchSchema = z.strictObject({
  ...describingFields,
  metrics: z._default(iterable<Metrics>('rows of metrics'), () => []),
  port: z._default(z.int().check(z.gte(0), z.lte(65_535)), 0),
  stream: streamField,
  now: clockField,
});

const playSchema = z.strictObject({
  fps: z._default(z.number().check(z.gte(1), z.lte(120)), 30),
  greedy: z._default(z.boolean(), true),
  seed: z._default(z.int(), 0),
});

const captionSchema = z.strictObject({
  episode: z.optional(z.number()),
  step: z.optional(z.number()),
  // Not known before the first step.
  return: z.optional(z.union([z.number(), z.nan()])),
});

/** Checks the caption of a picture. */
export function parseCaption(where: string, caption: unknown): z.infer<typeof captionSchema> {
  return parseOptions(where, captionSchema, caption);
}

/** What describes a run, checked. */
type Described = z.infer<z.ZodMiniObject<typeof describingFields>>;

/** What a page is told of a run before it begins. */
export function descriptionOf({ title, total, start, totalEpisodes, totalUpdates, reference, settings }: Described) {
  const limits = { total: total ?? null, start, totalEpisodes: totalEpisodes ?? null, totalUpdates: totalUpdates ?? null };
  return { title, ...limits, reference: reference ?? null, settings: describeEntries(settings) };
}

/** The options of `watchRun` with their defaults filled in. */
export type WatchSettings = z.infer<typeof watchSchema>;

/** Checks the options of `watchRun`. */
export function parseWatchOptions(options: WatchOptions): WatchSettings {
  return parseOptions('watchRun', watchSchema, options);
}

/** Checks the options of `page.play` and `run.play`. */
export function parsePlayOptions(where: string, options: PlayOptions): Required<PlayOptions> {
  return parseOptions(where, playSchema, options);
}
