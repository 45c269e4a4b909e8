import { type ProgressBar, progressBar } from '@pg/monitor';
import type { SharedSettings } from './example-arguments.js';
import type { Progress } from './run-folder.js';

/** A progress bar over what limits the run: steps, or else updates, or else episodes. */
export function trainingProgress({ steps, updates, episodes }: SharedSettings, before: Progress): ProgressBar {
  const [unit, total] = Number.isFinite(steps)
    ? (['steps', steps] as const)
    : Number.isFinite(updates)
      ? (['updates', updates] as const)
      : (['episodes', episodes] as const);
  const start = unit === 'steps' ? before.step : before[unit];
  return progressBar({ unit, start, total: Number.isFinite(total) ? Math.max(1, total - start) : 1e12 });
}
