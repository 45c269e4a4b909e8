import { describeValue, InvalidOptionsError, type Picture, type ProtobufMessage, parseOptions, requirePicture } from '@pg/core';
import * as z from 'zod/mini';
import { requireIterable, requireList, requirePath, requireRecord, requireText, requireThat } from '../checks/require.js';
import type { Metrics } from '../metrics/metrics.js';
import type { MetricsWriter } from '../metrics/metrics-writer.js';
import { requireRow } from '../metrics/require-update.js';
import { clock } from '../progress/option-fields.js';
import { encodePng } from '../recordings/encode-png.js';
import { GifEncoder } from '../recordings/gif-encoder.js';
import { type GifOptions, parseGifOptions } from '../recordings/gif-options.js';
import { histogramValue, imageValue, restartEvent, scalarValue, summaryEvent } from './event.js';
import { openEventFile } from './event-file.js';
import { histogramOf } from './histogram.js';

/** How an event file is begun. */
export interface TensorboardOptions {
  /**
   * The step at which training goes on, when it does: TensorBoard drops what earlier files of the folder say of later steps, which are
   * now made again, and keeps what they say of this one.
   */
  readonly resumeAt?: number;
  /** The present in milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
}

/** Numbers with a name, such as the parameters of a policy. */
export interface NamedValues {
  /** For example `trunk.0.weight`. */
  readonly name: string;
  /** The numbers, of any shape. */
  readonly values: ArrayLike<number>;
}

/** An open event file. */
export interface TensorboardWriter extends MetricsWriter {
  /** The event file. */
  readonly path: string;
  /**
   * Writes the scalars of a row at its `time/total_timesteps`. As with Stable-Baselines3, the counters (`time/total_timesteps`,
   * `time/iterations`, `time/episodes`, `time/time_elapsed`, `train/n_updates`) are no scalars: TensorBoard has steps and time on its axes.
   *
   * @throws InvalidOptionsError for a row without steps; UnavailableError when the file system refuses; DisposedError after `close()`
   */
  write(metrics: Metrics): void;
  /**
   * Writes the distributions of some numbers, each under `<prefix>/<name>`; what is not finite is left out of them.
   *
   * @param step - environment steps
   */
  histograms(prefix: string, values: readonly NamedValues[], step: number): void;
  /** Writes a picture. */
  image(tag: string, picture: Picture, step: number): void;
  /** Writes pictures of one size as an animation, which plays in TensorBoard's image tab. */
  animation(tag: string, pictures: Iterable<Picture>, options: AnimationOptions): void;
}

/** When an animation was made, and how it plays. */
export interface AnimationOptions extends GifOptions {
  /** Environment steps. */
  readonly step: number;
}

const schema = z.strictObject({
  resumeAt: z.optional(z.int().check(z.gte(0))),
  now: z._default(clock, () => () => Date.now()),
});

/** What SB3 keeps out of TensorBoard, too. */
const counters: ReadonlySet<string> = new Set(['time/total_timesteps', 'time/iterations', 'time/episodes', 'time/time_elapsed', 'train/n_updates']);

/**
 * Begins an event file for TensorBoard in a folder, which is made if it is missing: scalars under the names of Stable-Baselines3,
 * histograms, images and animations. Each event is on file, whole, when its call returns. Look at the folder with
 * `tensorboard --logdir runs`.
 *
 * @param directory - the folder of the run; each call begins a new file in it, as resumed runs do
 * @throws InvalidOptionsError for a wrong option; UnavailableError when the file cannot be made
 *
 * @example
 * ```ts
 * const board = tensorboardWriter('runs/cart-pole');
 * board.write({ 'time/total_timesteps': 500, 'rollout/ep_rew_mean': 21.4 });
 * board.histograms('parameters', learner.policy.parameters, 500);
 * await board.close();
 * ```
 */
export function tensorboardWriter(directory: string, options: TensorboardOptions = {}): TensorboardWriter {
  requirePath('tensorboardWriter', directory, 'directory');
  const { resumeAt, now } = parseOptions('tensorboardWriter', schema, options);
  const seconds = () => now() / 1000;
  const file = openEventFile('tensorboardWriter', directory, seconds());
  if (resumeAt !== undefined) file.append(restartEvent({ wallTime: seconds(), step: resumeAt + 1 }));
  const summary = (method: string, step: number, values: readonly ProtobufMessage[]) => {
    requireStep(`tensorboardWriter.${method}`, step);
    if (values.length > 0) file.append(summaryEvent({ wallTime: seconds(), step }, values));
  };
  return {
    path: file.path,
    write(metrics) {
      requireRow('tensorboardWriter.write', metrics);
      summary('write', stepOf(metrics), scalars(metrics));
    },
    histograms(prefix, values, step) {
      requireText('tensorboardWriter.histograms', 'prefix', prefix);
      requireNamedValues('tensorboardWriter.histograms', values);
      const counted = values.map(({ name, values }) => [`${prefix}/${name}`, histogramOf(values)] as const);
      summary(
        'histograms',
        step,
        counted.filter(([, { count }]) => count > 0).map(([tag, histogram]) => histogramValue(tag, histogram)),
      );
    },
    image(tag, picture, step) {
      requireText('tensorboardWriter.image', 'tag', tag);
      const file = encodePng('tensorboardWriter.image', picture);
      summary('image', step, [imageValue(tag, { width: picture.width, height: picture.height, file })]);
    },
    animation(tag, pictures, options) {
      requireText('tensorboardWriter.animation', 'tag', tag);
      requireIterable('tensorboardWriter.animation', 'pictures', pictures);
      const { step, ...gif } = parseAnimation(options);
      summary('animation', step, [imageValue(tag, encodeGif('tensorboardWriter.animation', pictures, gif))]);
    },
    close: async () => file.close(),
  };
}

function parseAnimation(value: unknown): AnimationOptions {
  const remedy = 'Call animation(tag, pictures, { step, fps }).';
  const requirement = { where: 'tensorboardWriter.animation', name: 'options', value, expected: 'the step and how it plays', remedy };
  return requireRecord(requirement) as unknown as AnimationOptions;
}

function requireNamedValues(where: string, list: unknown): void {
  for (const value of requireList(where, 'values', list)) {
    const { name, values } = requireRecord({ where, name: 'values', value, expected: 'numbers with a name, { name, values }' });
    requireText(where, 'name', name);
    const fits = Array.isArray(values) ? values.every((one) => typeof one === 'number') : ArrayBuffer.isView(values) && 'length' in values;
    requireThat(fits, { where, name: 'values', value: values, expected: 'a list of numbers, or a typed array' });
  }
}

function scalars(metrics: Metrics): ProtobufMessage[] {
  const shown = Object.entries(metrics).filter(([name, value]) => !counters.has(name) && Number.isFinite(value));
  return shown.map(([name, value]) => scalarValue(name, value));
}

function stepOf(metrics: Metrics): number {
  const step = metrics['time/total_timesteps'];
  if (step !== undefined && Number.isSafeInteger(step) && step >= 0) return step;
  throw new InvalidOptionsError({
    where: 'tensorboardWriter.write',
    got: `a row with time/total_timesteps: ${step}`,
    expected: 'the environment steps as a whole number',
    remedy: 'Make the row with toMetrics, or put "time/total_timesteps" into it.',
  });
}

/** What a program in JavaScript may get wrong: the third argument of `animation` is an object. */
function requireStep(where: string, step: number): void {
  if (Number.isSafeInteger(step) && step >= 0) return;
  throw new InvalidOptionsError({
    where,
    got: `step: ${describeValue(step)}`,
    expected: 'the environment steps as a whole number',
    remedy: where.endsWith('animation') ? 'Call animation(tag, pictures, { step, fps }).' : 'Pass the step as the last argument.',
  });
}

function encodeGif(where: string, pictures: Iterable<Picture>, options: GifOptions) {
  const encoder = new GifEncoder(where, parseGifOptions(where, options));
  let size = { width: 0, height: 0 };
  for (const picture of pictures) {
    requirePicture(where, picture);
    size = picture;
    encoder.add(picture);
  }
  return { width: size.width, height: size.height, file: encoder.finish() };
}
