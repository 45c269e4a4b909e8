import type { Update } from '@pg/algos';
import { type ProgressBar, progressBar } from '@pg/monitor';
import type { SharedSettings } from './example-arguments.js';

/** A progress bar over what limits the run: steps, or else updates, or else episodes. */
export function trainingProgress({ steps, updates, episodes }: SharedSettings, start: number): ProgressBar {
  if (Number.isFinite(steps)) return progressBar({ total: Math.max(1, steps - start), start });
  const [total, count] = Number.isFinite(updates) ? [updates, (update: Update) => update.updates] : [episodes, (update: Update) => update.episodes];
  const bar = progressBar({ total: Number.isFinite(total) ? total : 1e12 });
  return { update: (update) => bar.update({ ...update, step: count(update as Update) }), stop: () => bar.stop() };
}
