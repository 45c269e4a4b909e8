import { readFileSync } from 'node:fs';
import type { A3cUpdate } from '@pg/algos';
import type { CurveSeries } from '@pg/monitor';

/** A minute, as the original's log has it. */
const LOG_SECONDS = 60;

/** When to write what. */
interface LogSettings {
  readonly workers: number;
  /** Steps between two lines of metrics. */
  readonly every: number;
  /** Steps between two checkpoints. */
  readonly saveEvery: number;
  /** The first step. */
  readonly start: number;
}

/** Means over the updates since the last line, and when the next line, log and checkpoint are due. */
export class LogBook {
  readonly #settings: LogSettings;
  /** Steps of each worker now, and when the last line was logged. */
  readonly #steps: number[];
  readonly #loggedSteps: (number | undefined)[];
  #last: A3cUpdate | undefined;
  #lag = 0;
  #loss = 0;
  #count = 0;
  #lineAt: number;
  #saveAt: number;
  #seconds = 0;
  #loggedAt = 0;

  constructor(settings: LogSettings) {
    const { workers, start, every, saveEvery } = settings;
    this.#settings = settings;
    this.#steps = Array.from({ length: workers }, () => 0);
    this.#loggedSteps = Array.from({ length: workers });
    this.#lineAt = start + every;
    this.#saveAt = start + saveEvery;
  }

  take(update: A3cUpdate, seconds: number): void {
    this.#last = update;
    this.#seconds = seconds;
    this.#steps[update.worker] = update.workerSteps;
    this.#loggedSteps[update.worker] ??= update.workerSteps;
    this.#lag += update.gradientLag;
    this.#loss += update.valueLoss;
    this.#count += 1;
  }

  isLineDue(): boolean {
    if (this.#last!.step < this.#lineAt) return false;
    this.#lineAt = this.#last!.step + this.#settings.every;
    return true;
  }

  isSaveDue(): boolean {
    if (this.#last!.step < this.#saveAt) return false;
    this.#saveAt = this.#last!.step + this.#settings.saveEvery;
    return true;
  }

  isLogDue(): boolean {
    return this.#seconds - this.#loggedAt >= LOG_SECONDS;
  }

  /** The last update, with mean lag and loss since the summary before. */
  summary(): A3cUpdate {
    const means = { gradientLag: this.#lag / this.#count, valueLoss: this.#loss / this.#count };
    this.#lag = 0;
    this.#loss = 0;
    this.#count = 0;
    return { ...this.#last!, ...means };
  }

  /** Time, steps, episodes, returns, and the steps a second of each worker since the line before. */
  line(): string {
    if (this.#last === undefined) return 'nothing was to be done';
    const { step, episodes, meanReturn, runningReturn } = this.#last;
    const seconds = this.#seconds - this.#loggedAt;
    const rates = this.#steps.map((steps, worker) => ((steps - (this.#loggedSteps[worker] ?? steps)) / seconds).toFixed(0));
    this.#loggedAt = this.#seconds;
    for (const [worker, steps] of this.#steps.entries()) this.#loggedSteps[worker] = steps;
    const minutes = (this.#seconds / 60).toFixed(1);
    return `${minutes} min  ${step} steps  ${episodes} episodes  mean of 100: ${meanReturn.toFixed(2)}  running: ${runningReturn.toFixed(2)}  steps/s: ${rates.join(' + ')}`;
  }
}

/** The learning curve that a file of metrics holds. */
export function learningOf(file: string): CurveSeries[] {
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, number>);
  const points = rows.flatMap((row) => {
    const [x, y] = [row['time/total_timesteps'], row['rollout/ep_rew_mean']];
    return x === undefined || y === undefined ? [] : [{ x, y }];
  });
  return [{ label: 'mean of 100 episodes', points }];
}
