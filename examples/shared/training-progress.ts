import { type ProgressBar, progressBar } from '@pg/monitor';
import type { SharedSettings } from './example-arguments.js';
import type { Progress } from './run-folder.js';

/** A progress bar over what limits the run: steps, or else updates, or else episodes; of a run that goes on, over what is left. */
export function trainingProgress(settings: SharedSettings, before: Progress): ProgressBar {
  const limited = (['step', 'updates', 'episodes'] as const).find((counter) => Number.isFinite(limitOf(settings, counter)));
  if (limited === undefined) return progressBar({ total: 1e12 });
  const start = before[limited];
  const bar = progressBar({ total: Math.max(1, limitOf(settings, limited) - start), start });
  return { update: (update) => bar.update({ ...update, step: update[limited] ?? 0 }), log: (text) => bar.log(text), stop: () => bar.stop() };
}

function limitOf({ steps, updates, episodes }: SharedSettings, counter: 'step' | 'updates' | 'episodes'): number {
  return { step: steps, updates, episodes }[counter];
}
