import { basename, join } from 'node:path';
import { DisposedError } from '@pg/core';
import { toJson } from '../files/to-json.js';
import { writeAtomically } from '../files/write-atomically.js';
import { jsonLines } from '../metrics/json-lines.js';
import type { Metrics } from '../metrics/metrics.js';
import { toMetrics } from '../metrics/to-metrics.js';
import type { TrainingUpdate } from '../metrics/training-update.js';
import type { CurvePoint } from '../plots/curve-series.js';
import { learningCurve } from '../plots/learning-curve.js';
import { readRows } from './read-rows.js';
import { claimDirectory, reopenDirectory, runFiles } from './run-files.js';
import { parseRunOptions, type RunOptions, type RunSettings } from './run-options.js';

/** An open run folder. */
export interface Run {
  /** The folder's absolute path. */
  readonly directory: string;
  /**
   * Appends an update to `metrics.jsonl`, as `toMetrics` names its fields; it is on file when the call returns.
   *
   * @throws DisposedError after `finish()`
   */
  record(update: TrainingUpdate): void;
  /**
   * Closes `metrics.jsonl`, draws `curve.svg`, and writes `result.json`: `{ result, last, elapsedSeconds, finishedAt }`, where
   * `last` is the last row of metrics, or null. It is written last: a folder with a `result.json` is a finished run.
   *
   * @param result - what is worth keeping: an evaluation's mean return, the path of the saved policy. Default `{}`
   * @throws DisposedError when called twice
   */
  finish(result?: Readonly<Record<string, unknown>>): Promise<void>;
}

/**
 * Opens a folder for one training run and writes `config.json`: `{ config, node, platform, startedAt }`.
 *
 * While training, `metrics.jsonl` grows by one line an update, whole lines only, so a killed run is readable up to its last
 * update. The other files are written to a temporary file and renamed: they are there as a whole or not at all.
 *
 * @throws InvalidOptionsError for a wrong option, a `config` that JSON cannot hold, a folder that holds a run already, or with `resume` none
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
  const config = describeConfig(settings);
  if (settings.resume) {
    reopenDirectory(settings.directory);
    return openRun(settings);
  }
  claimDirectory(settings.directory, settings.overwrite);
  writeAtomically('createRun', join(settings.directory, runFiles.config), config);
  return openRun(settings);
}

function describeConfig({ config, startedAt }: RunSettings): string {
  const platform = `${process.platform} ${process.arch}`;
  return toJson('createRun: config', { config, node: process.version, platform, startedAt: startedAt.toISOString() });
}

function openRun({ directory, resume, start, now, startedAt, curve }: RunSettings): Run {
  const began = now();
  const path = join(directory, runFiles.metrics);
  const kept = resume ? readRows(path, start) : [];
  if (resume) writeAtomically('createRun', path, kept.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const metrics = jsonLines(path, { append: resume });
  const points: CurvePoint[] = kept.map((row) => ({ x: row['time/total_timesteps']!, y: row['rollout/ep_rew_mean'] ?? Number.NaN }));
  let last: Metrics | null = kept.at(-1) ?? null;
  const before = last?.['time/time_elapsed'] ?? 0;
  let finished = false;
  // To the millisecond: more digits are noise in the files.
  const elapsed = () => Math.round(now() - began) / 1000;
  return {
    directory,
    record(update) {
      if (finished) refuse('record', directory);
      const row = toMetrics(update, { elapsedSeconds: elapsed(), start });
      last = before > 0 ? { ...row, 'time/time_elapsed': Math.round(1000 * (before + elapsed())) / 1000 } : row;
      metrics.write(last);
      points.push({ x: update.step, y: update.meanReturn });
    },
    async finish(result = {}) {
      if (finished) refuse('finish', directory);
      finished = true;
      const elapsedSeconds = elapsed();
      await metrics.close();
      writeAtomically('run.finish', join(directory, runFiles.curve), learningCurve([{ label: basename(directory), points }], curve));
      const finishedAt = new Date(startedAt.getTime() + elapsedSeconds * 1000).toISOString();
      writeAtomically('run.finish', join(directory, runFiles.result), toJson('run.finish', { result, last, elapsedSeconds, finishedAt }));
    },
  };
}

function refuse(method: string, directory: string): never {
  throw new DisposedError({
    where: `run.${method}`,
    got: `the finished run "${directory}"`,
    expected: 'an open run',
    remedy: 'Finish once, after the last update; start another run with createRun().',
  });
}
