import type { Learner, Update } from '@pg/algos';
import type { Effort, SeedResult } from './learning-task.js';
import type { RewardTally } from './reward-tally.js';

/** A learner of any spaces. */
// biome-ignore lint/suspicious/noExplicitAny: stands for every pair of spaces
type AnyLearner = Learner<any, any, Update>;

/** How long it is trained, and what the last epoch has to pay. */
interface Settings {
  readonly steps: number;
  readonly threshold: number;
  /** Around the environment that the learner plays. */
  readonly tally: RewardTally;
}

/** Trains updates that are epochs; the score is the last one's sum of rewards over number of ended episodes. */
export async function trainEpochs(learner: AnyLearner, { steps, threshold, tally }: Settings, { smoke }: Effort): Promise<SeedResult> {
  let score = Number.NaN;
  let reachedAt: number | undefined;
  let trainingReturn = Number.NaN;
  const start = performance.now();
  for await (const update of learner.train({ steps: smoke ? 1 : steps })) {
    score = tally.take();
    if (reachedAt === undefined && score >= threshold) reachedAt = update.step;
    trainingReturn = update.meanReturn;
  }
  const seconds = (performance.now() - start) / 1000;
  const { meanReturn: evaluation } = await learner.evaluate({ episodes: smoke ? 2 : 100 });
  const found = { score, reached: score >= threshold, steps: learner.step, trainingReturn, evaluation, seconds };
  learner.dispose();
  return reachedAt === undefined ? found : { ...found, reachedAt };
}
