import { basename, join } from 'node:path';
import { DisposedError } from '@pg/core';
import { toJson } from '../files/to-json.js';
import { writeAtomically } from '../files/write-atomically.js';
import type { Metrics } from '../metrics/metrics.js';
import { toMetrics } from '../metrics/to-metrics.js';
import type { TrainingUpdate } from '../metrics/training-update.js';
import type { CurvePoint } from '../plots/curve-series.js';
import { learningCurve } from '../plots/learning-curve.js';
import { metricCurve } from '../plots/metric-curve.js';
import type { TensorboardWriter } from '../tensorboard/tensorboard-writer.js';
import type { PlayOptions, WatchedEnv, WatchedLearner } from '../watch/agent-player.js';
import { attemptAll } from './attempt-all.js';
import { beginRun, type Past, resumeRun } from './begin-run.js';
import { runFiles } from './run-files.js';
import { parseRunOptions, type RunOptions, type RunSettings } from './run-options.js';
import { type PageEnd, RunPage } from './run-page.js';
import { openWriters } from './run-writers.js';

/** How a run came to its end: by itself, by the user's wish before that, or by an error. */
export type RunEnd = 'finished' | 'stopped' | 'failed';

/** An open run folder. */
export interface Run {
  /** The folder's absolute path. */
  readonly directory: string;
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
   * @throws DisposedError when called twice
   * @throws UnavailableError when the file system refused one of the files, after all the others are written; what it refused besides is told to `warn`
   */
  finish(result?: Readonly<Record<string, unknown>>, end?: { readonly status?: 'finished' | 'stopped' }): Promise<void>;
  /**
   * Ends the run like `finish`, with the status "failed" and the error's message. What the file system refuses is told to `warn`: it is not
   * what went wrong.
   *
   * @throws DisposedError after `finish()`
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
  return openRun(settings, settings.resume ? resumeRun(settings) : beginRun(settings));
}

function openRun(settings: RunSettings, past: Past): Run {
  const { directory, now, warn } = settings;
  const began = now();
  const { all, tensorboard } = openWriters(settings, past);
  const points: CurvePoint[] = metricCurve(past.rows);
  const page = new RunPage(settings, past);
  let last: Metrics | null = past.rows.at(-1) ?? null;
  let ended = false;
  // To the millisecond: more digits are noise in the files.
  const elapsed = () => Math.round(now() - began) / 1000;
  const end = async (ending: PageEnd): Promise<Error[]> => {
    ended = true;
    const took = elapsed();
    if (ending.status !== 'failed') await page.film();
    const about = { last, elapsedSeconds: past.elapsedSeconds + took, finishedAt: later(settings.startedAt, took) };
    const result = toJson('run.finish', { ...ending, ...about });
    return attemptAll([
      ...all.map((writer) => () => writer.close()),
      () => writeAtomically('run.finish', join(directory, runFiles.curve), learningCurve([{ label: basename(directory), points }], settings.curve)),
      () => page.write(ending),
      () => writeAtomically('run.finish', join(directory, runFiles.result), result),
    ]);
  };
  return {
    directory,
    tensorboard,
    record(update) {
      if (ended) refuse('record', directory);
      const seconds = elapsed();
      const row = toMetrics(update, { elapsedSeconds: seconds, start: past.start });
      last = { ...row, 'time/time_elapsed': past.elapsedSeconds + seconds };
      for (const writer of all) writer.write(last);
      points.push({ x: update.step, y: update.meanReturn });
      page.add(last);
    },
    play(learner, env, options = {}) {
      if (ended) refuse('play', directory);
      page.play(learner, env, options);
    },
    async finish(result = {}, { status = 'finished' } = {}) {
      if (ended) refuse('finish', directory);
      const [problem, ...others] = await end({ status, result });
      for (const { message } of others) warn(message);
      if (problem !== undefined) throw problem;
    },
    async fail(error) {
      if (ended) refuse('fail', directory);
      const problems = await end({ status: 'failed', result: {}, error: String(error) });
      for (const { message } of problems) warn(message);
    },
  };
}

function later(start: Date, seconds: number): string {
  return new Date(start.getTime() + seconds * 1000).toISOString();
}

function refuse(method: string, directory: string): never {
  throw new DisposedError({
    where: `run.${method}`,
    got: `the finished run "${directory}"`,
    expected: 'an open run',
    remedy: 'Finish once, after the last update; start another run with createRun().',
  });
}
