import type { Metrics } from '../metrics/metrics.js';
import { CurveHistory } from './curve-history.js';
import type { RunStatus } from './page-data.js';

/** Seconds over which steps are counted for the rate. */
const RATE_WINDOW = 0.5;

/** Metrics that are no curve: the axis, counters, and a rate since the start that would hide what happens now. */
const notDrawn = new Set(['time/total_timesteps', 'time/iterations', 'time/episodes', 'time/fps']);

/** What a page has to know of the metrics of a run, in bounded memory. */
export class RunRecord {
  readonly history = new CurveHistory();
  #status: RunStatus;
  #mark: { readonly step: number; readonly elapsed: number } | undefined;

  /** @param start - environment steps before the run */
  constructor(start: number) {
    this.#status = { phase: 'waiting', step: start, episodes: 0, elapsed: 0, rate: null, meanReturn: null, bestReturn: null };
  }

  get status(): RunStatus {
    return this.#status;
  }

  /** Takes a row of metrics, as `toMetrics` names them. */
  add(metrics: Metrics): void {
    const step = metrics['time/total_timesteps'];
    if (step === undefined) return;
    const elapsed = metrics['time/time_elapsed'] ?? this.#status.elapsed;
    const rate = this.#rate(step, elapsed);
    const drawn = Object.entries(metrics).filter(([name]) => !notDrawn.has(name));
    this.history.add(step, { ...Object.fromEntries(drawn), ...(rate === undefined ? {} : { 'time/steps_per_second': rate }) });
    const meanReturn = metrics['rollout/ep_rew_mean'] ?? null;
    const { bestReturn } = this.#status;
    this.#status = {
      phase: 'training',
      step,
      episodes: metrics['time/episodes'] ?? this.#status.episodes,
      elapsed,
      rate: rate ?? this.#status.rate,
      meanReturn,
      bestReturn: meanReturn === null || bestReturn === null ? (meanReturn ?? bestReturn) : Math.max(meanReturn, bestReturn),
    };
  }

  /** Says that no more rows will come. */
  end(phase: 'finished' | 'stopped' | 'failed'): void {
    this.#status = { ...this.#status, phase };
  }

  /** Steps a second since the last mark, which then moves here; nothing while that is too near. */
  #rate(step: number, elapsed: number): number | undefined {
    this.#mark ??= { step, elapsed };
    const seconds = elapsed - this.#mark.elapsed;
    if (seconds < RATE_WINDOW) return undefined;
    const rate = (step - this.#mark.step) / seconds;
    this.#mark = { step, elapsed };
    return rate;
  }
}
