import { type Learner, reachesReturn, type Update } from '@pg/algos';
import type { Effort, SeedResult } from './learning-task.js';

/** A learner of any spaces. */
// biome-ignore lint/suspicious/noExplicitAny: stands for every pair of spaces
type AnyLearner<TUpdate extends Update> = Learner<any, any, TUpdate>;

/** How long it may be trained, and which mean return it is to reach. */
interface Settings {
  readonly steps: number;
  readonly threshold: number;
}

/** Trains until the mean return of the last 100 episodes has reached the threshold; the score is that mean where training ended. */
export async function trainUntil<TUpdate extends Update>(learner: AnyLearner<TUpdate>, { steps, threshold }: Settings, { smoke }: Effort): Promise<SeedResult> {
  const reaches = reachesReturn(threshold);
  let trainingReturn = Number.NaN;
  let reached = false;
  const [start, processor] = [performance.now(), process.cpuUsage()];
  for await (const update of learner.train({ steps: smoke ? 1 : steps, horizon: steps })) {
    trainingReturn = update.meanReturn;
    reached = reaches(update);
    if (reached) break;
  }
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(processor);
  // drawn actions: the game has no chance in it, and a hundred games with the most probable ones would be one
  const { meanReturn: evaluation } = await learner.evaluate({ episodes: smoke ? 2 : 100, greedy: false });
  const { step } = learner;
  learner.dispose();
  const found = { score: trainingReturn, reached, steps: step, trainingReturn, evaluation, seconds, processorSeconds: (user + system) / 1e6 };
  return reached ? { ...found, reachedAt: step } : found;
}
