import { join, relative } from 'node:path';
import type { Learner, Update } from '@pg/algos';
import type { Space } from '@pg/core';
import { type LivePage, watchRun } from '@pg/monitor';
import type { Example } from './example.js';

/** Where the page of a run comes from and goes to. */
interface PagePlace {
  /** The run's folder. */
  readonly folder: string;
  /** Steps that were done before. */
  readonly start: number;
}

/** The page on which a run is watched, or nothing at all; with its end, it is saved in the run's folder. */
type RunPage = Pick<LivePage, 'update' | 'finish' | 'fail'>;

/** With `--watch`, a page with the curves and the agent playing; a run is the same with it and without. */
export async function runPage<TObs extends Space, TAct extends Space, TUpdate extends Update>(
  { name, environment, settings, goal }: Example<TObs, TAct, TUpdate>,
  learner: Learner<TObs, TAct, TUpdate>,
  { folder, start }: PagePlace,
): Promise<RunPage> {
  if (!settings.watch) return { update: () => {}, finish: async () => {}, fail: async () => {} };
  const { seed, steps, port } = settings;
  const page = await watchRun({
    title: `${name}, seed ${seed}`,
    start,
    ...(Number.isFinite(steps) && steps > start && { total: steps - start }),
    ...(goal && { reference: goal }),
    settings: { environment: environment.id, ...settings },
    port,
  });
  page.play(learner, environment.make({ seed }));
  const saved = async () => {
    const file = join(folder, 'run.html');
    page.save(file);
    await page.close();
    console.log(`The page that was watched is in ${relative('.', file)}.`);
  };
  return {
    update: (update) => page.update(update),
    finish: (result, end) => page.finish(result, end).then(saved),
    fail: (error) => page.fail(error).then(saved),
  };
}
