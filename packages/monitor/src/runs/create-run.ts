import { join } from 'node:path';
import { requireText } from '../checks/require.js';
import { requireUpdate } from '../metrics/require-update.js';
import { toMetrics } from '../metrics/to-metrics.js';
import type { TrainingUpdate } from '../metrics/training-update.js';
import type { TensorboardWriter } from '../tensorboard/tensorboard-writer.js';
import type { PlayOptions, WatchedEnv, WatchedLearner } from '../watch/agent-player.js';
import { parseEnd } from '../watch/parse-end.js';
import { type Past, takeRun } from './begin-run.js';
import { RunEnding } from './run-ending.js';
import { parseRunOptions, type RunOptions, type RunSettings } from './run-options.js';
import { RunPage } from './run-page.js';
import { openWriters } from './run-writers.js';

/** How a run came to its end: by itself, by the user's wish before that, or by an error. */
export type RunEnd = 'finished' | 'stopped' | 'failed';

/** An open run folder. */
export interface Run {
  /** The folder's absolute path. */
  readonly directory: string;
  /**
   * The path of something of your own in the folder, such as `run.path('checkpoints', 'step-500.safetensors')`. Nothing is made.
   *
   * @throws UnavailableError when the folder of an open run was removed, replaced or taken by another run: what is saved there would bring back half of it
   */
  path(...names: readonly string[]): string;
  /** The event file, when the run has one, for histograms and pictures; its scalars are those of `record`. */
  readonly tensorboard: TensorboardWriter | undefined;
  /**
   * Appends an update to `metrics.jsonl`, as `toMetrics` names its fields; it is on file when the call returns. Where the file system refuses,
   * because the disk is full, training goes on: `warn` is told once, and the rows are kept and written as soon as that works again.
   *
   * @throws DisposedError after `finish()`
   */
  record(update: TrainingUpdate): void;
  /**
   * Plays an episode as fast as it goes, no longer than three seconds, for the page of the run, `run.html`, when the run ends by `finish`. Nothing that
   * training depends on is touched. Without this call the page has the curves alone; a second one replaces the agent.
   *
   * @param learner - of `@pg/algos`, or `{ policy }`; not yet disposed when the run ends
   * @param env - a running environment that is used for nothing else; the observations as the policy takes them, before normalisation
   * @throws InvalidOptionsError for an environment that normalises, or a wrong option
   */
  play<TObs, TAction>(learner: WatchedLearner<NoInfer<TObs>, NoInfer<TAction>>, env: WatchedEnv<TObs, TAction>, options?: PlayOptions): void;
  /**
   * Closes `metrics.jsonl`, draws `curve.svg`, writes the page `run.html`, and `result.json`: `{ status, result, last, elapsedSeconds, finishedAt }`, where
   * `last` is the last row of metrics, or null. It is written last: a folder with a `result.json` is a run that has ended.
   *
   * @param result - what is worth keeping: an evaluation's mean return, the path of the saved policy. Default `{}`
   * @param end - whether training came to its end or was stopped before. Default finished
   * @throws InvalidOptionsError for a result that JSON cannot hold, or another status; the run is then still open
   * @throws UnavailableError when the file system refused one of the files, after all the others are written; what it refused besides is told to `warn`.
   * The call can be made again once there is room, and loses nothing
   * @throws DisposedError after a call that succeeded, or while one is under way
   */
  finish(result?: Readonly<Record<string, unknown>>, end?: { readonly status?: 'finished' | 'stopped' }): Promise<void>;
  /**
   * Ends the run like `finish`, with the status "failed" and the error's message. What the file system refuses is told to `warn`, as it is not
   * what went wrong; the call can be made again then.
   *
   * @throws DisposedError after a call of `fail` or `finish` that succeeded
   */
  fail(error: unknown): Promise<void>;
}

/**
 * Opens a folder for one training run and writes `config.json`: the settings, and what they were run with (program and arguments, versions of
 * the packages and of Node, platform, git commit, time of the start). `readRun` reads it all back.
 *
 * While training, `metrics.jsonl` grows by one line an update, whole lines only, so a killed run is readable up to its last
 * update. The other files are written to a temporary file and renamed: they are there as a whole or not at all. What goes wrong before
 * training, here, is thrown; what goes wrong during it is warned of, and thrown by `finish`.
 *
 * @throws InvalidOptionsError for a wrong option, a `config` that JSON cannot hold, a folder that holds a run already, or with `resume` none
 * @throws InvalidFileError with `resume`, when the run is broken, or of another version
 * @throws UnavailableError when the file system refuses
 *
 * @example
 * ```ts
 * const run = createRun({ directory: 'runs/cart-pole', config: { environment: 'CartPole-v1', seed: 1 } });
 * for await (const update of learner.train({ steps: 100_000 })) run.record(update);
 * await run.finish({ solved: true });
 * ```
 */
export function createRun(options: RunOptions): Run {
  const settings = parseRunOptions(options);
  const past = takeRun(settings);
  try {
    return openRun(settings, past);
  } catch (error) {
    past.lock.release();
    throw error;
  }
}

function openRun(settings: RunSettings, past: Past): Run {
  const { directory, now, warn } = settings;
  const began = now();
  const { all, tensorboard } = openWriters(settings, past);
  const page = new RunPage(settings, past);
  const ending = new RunEnding(settings, past, { writers: all, page });
  // To the millisecond: more digits are noise in the files.
  const elapsed = () => Math.round(now() - began) / 1000;
  return {
    directory,
    tensorboard,
    path(...names) {
      for (const name of names) requireText('run.path', 'name', name);
      if (!ending.isOver) past.lock.requireHeld('run.path');
      return join(directory, ...names);
    },
    record(update) {
      ending.requireOpen('record');
      requireUpdate('run.record', update);
      const seconds = elapsed();
      const row = toMetrics(update, { elapsedSeconds: seconds, start: past.start });
      const last = { ...row, 'time/time_elapsed': past.elapsedSeconds + seconds };
      for (const writer of all) writer.write(last);
      ending.add(last);
      page.add(last);
    },
    play(learner, env, options = {}) {
      ending.requireOpen('play');
      page.play(learner, env, options);
    },
    async finish(result = {}, options = {}) {
      const [problem, ...others] = await ending.end(parseEnd('run.finish', result, options), elapsed());
      for (const { message } of others) warn(message);
      if (problem !== undefined) throw problem;
    },
    async fail(error) {
      for (const { message } of await ending.end({ status: 'failed', result: {}, error: String(error) }, elapsed())) warn(message);
    },
  };
}
