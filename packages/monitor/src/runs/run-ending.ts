import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DisposedError, UnavailableError } from '@pg/core';
import { writeFileAtomicallySync } from '@pg/core/files';
import { toJson } from '../files/to-json.js';
import type { Metrics } from '../metrics/metrics.js';
import type { CurvePoint } from '../plots/curve-series.js';
import { learningCurve } from '../plots/learning-curve.js';
import { metricCurve } from '../plots/metric-curve.js';
import { attemptAll } from './attempt-all.js';
import type { Past } from './begin-run.js';
import { runFiles } from './run-files.js';
import type { RunSettings } from './run-options.js';
import type { PageEnd, RunPage } from './run-page.js';
import type { RunWriter } from './run-writers.js';

/** The files that a run ends with. */
interface EndingParts {
  readonly writers: readonly RunWriter[];
  readonly page: RunPage;
}

/** Ends a run: gathers what its last files say, writes them, and gives the folder back. What was refused can be tried again. */
export class RunEnding {
  readonly #settings: RunSettings;
  readonly #past: Past;
  readonly #parts: EndingParts;
  readonly #points: CurvePoint[];
  #last: Metrics | null;
  #phase: 'open' | 'ending' | 'refused' | 'ended' = 'open';
  /** Seconds from the beginning of the session to the first attempt to end it. */
  #took: number | undefined;

  constructor(settings: RunSettings, past: Past, parts: EndingParts) {
    this.#settings = settings;
    this.#past = past;
    this.#parts = parts;
    this.#points = metricCurve(past.rows);
    this.#last = past.rows.at(-1) ?? null;
  }

  /** Whether the run has ended and given its folder back. */
  get isOver(): boolean {
    return this.#phase === 'ended';
  }

  /** Takes a row. */
  add(row: Metrics): void {
    this.#last = row;
    const [x, y] = [row['time/total_timesteps']!, row['rollout/ep_rew_mean'] ?? Number.NaN];
    this.#points.push({ x, y });
  }

  /** @throws DisposedError once the run has ended, or has tried to */
  requireOpen(method: string): void {
    if (this.#phase !== 'open') refuse(method, this.#settings.directory);
  }

  /**
   * Ends the run after so many seconds.
   *
   * @returns what the file system has refused; with something of it, the call can be made again
   * @throws DisposedError when the run has ended, or is about to
   */
  async end(how: PageEnd, seconds: number): Promise<Error[]> {
    const method = how.status === 'failed' ? 'fail' : 'finish';
    if (this.#phase === 'ending' || this.#phase === 'ended') refuse(method, this.#settings.directory);
    toJson('run.finish', how.result); // refused before anything has ended
    this.#phase = 'ending';
    this.#took ??= seconds;
    try {
      if (how.status !== 'failed') await this.#parts.page.film();
      const problems = await attemptAll(this.#past.lock.isHeld ? this.#files(how) : [() => this.#past.lock.requireHeld(`run.${method}`)]);
      if (problems.length === 0) problems.push(...(await attemptAll([() => this.#past.lock.release()])));
      if (problems.length === 0) this.#phase = 'ended';
      return problems;
    } finally {
      if (this.#phase === 'ending') this.#phase = 'refused';
    }
  }

  /** What writes each of the last files. */
  #files(how: PageEnd): (() => void | Promise<void>)[] {
    const { directory, curve, startedAt } = this.#settings;
    const took = this.#took!;
    const write = (name: string, text: () => string) => () => writeFileAtomicallySync('run.finish', join(directory, name), text());
    const about = { last: this.#last, elapsedSeconds: this.#past.elapsedSeconds + took, finishedAt: later(startedAt, took) };
    return [
      ...this.#parts.writers.map((writer) => async () => {
        await writer.close();
        requireFile(writer.path);
      }),
      write(runFiles.curve, () => learningCurve([{ label: basename(directory), points: this.#points }], curve)),
      () => this.#parts.page.write(how),
      write(runFiles.result, () => toJson('run.finish', { ...how, ...about })),
    ];
  }
}

/** Nobody notices by writing that a file was removed after its last row. */
function requireFile(path: string): void {
  if (existsSync(path)) return;
  throw new UnavailableError({
    where: 'run.finish',
    got: `"${path}", which was removed while training`,
    expected: 'the file with its rows',
    remedy: 'Put it back, and finish the run again.',
  });
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
