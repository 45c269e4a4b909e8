import { parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import { requireText } from '../checks/require.js';
import { requireUpdate } from '../metrics/require-update.js';
import type { TrainingUpdate } from '../metrics/training-update.js';
import { clockField, startField, streamField } from './option-fields.js';
import { outliveStream } from './outlive-stream.js';
import { plainDisplay } from './plain-display.js';
import { isInteractive, type ProgressStream } from './progress-stream.js';
import { terminalDisplay } from './terminal-display.js';
import { type ProgressUnit, trackProgress } from './track-progress.js';

/** What is watched, and where it is shown. */
export interface ProgressBarOptions {
  /** Environment steps that this run takes: the `steps` given to `train`. */
  readonly total: number;
  /** Environment steps that were done before it; set it when a run resumes. Default 0. */
  readonly start?: number;
  /** What `total` and `start` count, where a run takes a number of episodes or updates. Default "steps". */
  readonly unit?: ProgressUnit;
  /** Where to write. Default `process.stderr`, so that a program's own output can be piped. */
  readonly stream?: ProgressStream;
  /** A clock in milliseconds. Default `performance.now`. */
  readonly now?: () => number;
  /** The widest line in characters. Default the terminal's width, which it never exceeds. */
  readonly width?: number;
}

/** A progress bar on the screen. */
export interface ProgressBar {
  /** Shows where training stands; cheap enough for every update, since redraws are limited to ten a second. */
  update(update: TrainingUpdate): void;
  /** Writes a line above the bar, where it stays: a warning, for example. */
  log(text: string): void;
  /** Shows the last update once more and leaves it on the screen. Later calls do nothing. */
  stop(): void;
}

const schema = z.strictObject({
  total: z.number().check(z.gt(0)),
  start: startField,
  unit: z._default(z.enum(['steps', 'episodes', 'updates']), 'steps'),
  stream: streamField,
  now: clockField,
  width: z.optional(z.int().check(z.gte(1))),
});

/**
 * Shows how far training is: bar, percent, steps, steps a second, time to go, mean return and its course; and how the last update
 * learned: losses, entropy, and what else is known of it.
 *
 * On a terminal these are two lines, redrawn in place and never wider than the window; on narrow windows the less important parts are
 * left out. Colours are left out where `NO_COLOR` is set. Elsewhere (a file, a pipe, `CI` set, `TERM=dumb`) it is a plain line every tenth of the run and every minute. The clock starts with
 * this call. When the reader of a pipe or the terminal is gone, the program goes on without it. Print nothing to the same terminal before `stop()` but
 * through `log`: the next redraw would erase it.
 *
 * @throws InvalidOptionsError for a wrong option
 *
 * @example
 * ```ts
 * const bar = progressBar({ total: 100_000 });
 * for await (const update of learner.train({ steps: 100_000 })) bar.update(update);
 * bar.stop();
 * ```
 */
export function progressBar(options: ProgressBarOptions): ProgressBar {
  const { total, start, unit, stream, now, width } = parseOptions('progressBar', schema, options);
  outliveStream(stream);
  const track = trackProgress({ total, start, unit, now });
  const display = isInteractive(stream) ? terminalDisplay(stream, width) : plainDisplay(stream);
  let latest: TrainingUpdate | undefined;
  let stopped = false;
  return {
    update(update) {
      if (stopped) return;
      requireUpdate('bar.update', update);
      latest = update;
      display.show(track(update));
    },
    log(text) {
      requireText('bar.log', 'text', text);
      display.log(text);
    },
    stop() {
      if (latest !== undefined && !stopped) display.finish(track(latest));
      stopped = true;
    },
  };
}
