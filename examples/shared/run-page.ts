import type { Learner, Update } from '@pg/algos';
import type { Space } from '@pg/core';
import { type LivePage, readRun, watchRun } from '@pg/monitor';
import type { Example } from './example.js';

/** Which part of a run is watched. */
interface PagePlace {
  /** The run's folder. */
  readonly folder: string;
  /** Steps that were done before. */
  readonly start: number;
}

/** The page on which a run is watched, or nothing at all. */
type RunPage = Pick<LivePage, 'update' | 'finish' | 'fail'>;

/** With `--watch`, a page with the curves and the agent playing; a run is the same with it and without. */
export async function runPage<TObs extends Space, TAct extends Space, TUpdate extends Update>(
  { name, environment, settings, goal }: Example<TObs, TAct, TUpdate>,
  learner: Learner<TObs, TAct, TUpdate>,
  { folder, start }: PagePlace,
): Promise<RunPage> {
  if (!settings.watch) return { update: () => {}, finish: async () => {}, fail: async () => {} };
  const { seed, resume, steps, episodes, updates, port } = settings;
  const page = await watchRun({
    title: `${name}, seed ${seed}`,
    start,
    ...(resume && { metrics: readRun(folder).metrics.filter((row) => (row['time/total_timesteps'] ?? 0) <= start) }),
    ...(Number.isFinite(steps) && steps > start && { total: steps - start }),
    ...(Number.isFinite(episodes) && { totalEpisodes: episodes }),
    ...(Number.isFinite(updates) && { totalUpdates: updates }),
    ...(goal && { reference: goal }),
    settings: { environment: environment.id, ...settings },
    port,
  });
  page.play(learner, environment.make({ seed }));
  return {
    update: (update) => page.update(update),
    finish: (result, end) => page.finish(result, end).then(() => page.close()),
    fail: (error) => page.fail(error).then(() => page.close()),
  };
}
