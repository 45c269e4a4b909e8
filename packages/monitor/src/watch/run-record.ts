import type { Metrics } from '../metrics/metrics.js';
import { CurveHistory } from './curve-history.js';
import type { RunStatus } from './page-data.js';

/** Seconds over which steps are counted for the rate. */
const RATE_WINDOW = 0.5;

/** Metrics that are neither a curve nor an axis: steps, which every stretch has, counters, and a rate since the start that would hide what happens now. */
const notDrawn = new Set(['time/total_timesteps', 'time/iterations', 'time/fps', 'train/n_updates']);

/** What a page has to know of the metrics of a run, in bounded memory. */
export class RunRecord {
  readonly history = new CurveHistory();
  readonly #start: number;
  #status: RunStatus;
  #mark: { readonly step: number; readonly elapsed: number } | undefined;

  /** @param start - environment steps before the run */
  constructor(start: number) {
    this.#start = start;
    this.#status = { phase: 'waiting', step: start, episodes: 0, updates: 0, elapsed: 0, rate: null, meanReturn: null, bestReturn: null };
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
    const drawn = Object.entries(metrics).filter(([name, value]) => !notDrawn.has(name) && Number.isFinite(value));
    this.history.add(step, { ...Object.fromEntries(drawn), ...(rate === undefined ? {} : { 'time/steps_per_second': rate }) });
    const [meanReturn = null] = [metrics['rollout/ep_rew_mean']].filter(Number.isFinite);
    const { bestReturn } = this.#status;
    this.#status = {
      phase: 'training',
      step,
      episodes: metrics['time/episodes'] ?? this.#status.episodes,
      updates: metrics['time/iterations'] ?? this.#status.updates,
      elapsed,
      rate: rate ?? this.#status.rate,
      meanReturn,
      bestReturn: meanReturn === null || bestReturn === null ? (meanReturn ?? bestReturn) : Math.max(meanReturn, bestReturn),
    };
  }

  /** Says that no more rows will come; from now on the rate is that of the whole run. */
  end(phase: 'finished' | 'stopped' | 'failed'): void {
    const { step, elapsed } = this.#status;
    this.#status = { ...this.#status, phase, rate: elapsed > 0 ? (step - this.#start) / elapsed : null };
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
