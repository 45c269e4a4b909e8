import { type Learner, reachesReturn, type Update } from '@pg/algos';
import type { Effort, SeedResult } from './learning-task.js';

/** A learner of any spaces. */
// biome-ignore lint/suspicious/noExplicitAny: stands for every pair of spaces
type AnyLearner<TUpdate extends Update> = Learner<any, any, TUpdate>;

/** How long it is trained, and from which mean return on it has learned its task. */
interface Settings {
  readonly steps: number;
  readonly threshold: number;
  /** Whether the score is of drawn actions, with which it has learned, in place of the most probable ones; false by default. */
  readonly drawn?: boolean;
}

/** Trains all the steps, whatever is reached on the way, then plays 100 fresh episodes: a seed has to get there, and to hold it. */
export async function trainAndEvaluate<TUpdate extends Update>(
  learner: AnyLearner<TUpdate>,
  { steps, threshold, drawn = false }: Settings,
  { smoke }: Effort,
): Promise<SeedResult> {
  const reached = reachesReturn(threshold);
  let reachedAt: number | undefined;
  let trainingReturn = Number.NaN;
  const start = performance.now();
  for await (const update of learner.train({ steps: smoke ? 1 : steps })) {
    if (reachedAt === undefined && reached(update)) reachedAt = update.step;
    trainingReturn = update.meanReturn;
  }
  const seconds = (performance.now() - start) / 1000;
  const episodes = smoke ? 2 : 100;
  const { meanReturn: evaluation } = await learner.evaluate({ episodes });
  const score = drawn ? (await learner.evaluate({ episodes, greedy: false })).meanReturn : evaluation;
  const { step } = learner;
  learner.dispose();
  const found = { score, reached: reachedAt !== undefined && score >= threshold, steps: step, trainingReturn, evaluation, seconds };
  return reachedAt === undefined ? found : { ...found, reachedAt };
}
