import { type BatchMoments, mergeMoments } from '../training/batch-moments.js';
import type { PolicyGradientLoss } from '../training/policy-gradient-loss.js';
import { explainedVariance, type ValueLoss } from '../training/value-loss.js';

/** What a rollout has come to; the critic's part with the baseline `'value'` only. */
export interface LearnedRollout {
  /** How many steps count. */
  readonly steps: number;
  /** Means over these. */
  readonly loss: PolicyGradientLoss & { readonly valueLoss?: number };
  readonly targets?: BatchMoments;
  /** Of the errors V − target. */
  readonly errors?: BatchMoments;
}

/** The means over the steps of all rollouts; there is at least one. */
export function lossOf(rollouts: readonly LearnedRollout[]): PolicyGradientLoss & Partial<ValueLoss> {
  const means = weightedMeans(rollouts);
  const targets = rollouts.flatMap((rollout) => rollout.targets ?? []);
  const errors = rollouts.flatMap((rollout) => rollout.errors ?? []);
  return targets.length === 0 ? means : { ...means, explainedVariance: explainedVariance(mergeMoments(targets), mergeMoments(errors)) };
}

function weightedMeans(rollouts: readonly LearnedRollout[]): LearnedRollout['loss'] {
  const means: Record<string, number> = {};
  // in units of the first: rollouts of one size weigh 1, exactly
  const unit = rollouts[0]!.steps;
  let weights = 0;
  for (const { steps } of rollouts) weights += steps / unit;
  for (const name of Object.keys(rollouts[0]!.loss) as (keyof LearnedRollout['loss'])[]) {
    let sum = 0;
    for (const { loss, steps } of rollouts) sum += loss[name]! * (steps / unit);
    means[name] = sum / weights;
  }
  return means as unknown as LearnedRollout['loss'];
}
