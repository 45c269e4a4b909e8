/**
 * For authors of algorithms: an algorithm is a value made of its options and its update, and runs on all cores with the same bits.
 *
 * @packageDocumentation
 */
export { type Algorithm, type AnyAlgorithm, defineAlgorithm, type OptionsOf, type UpdateOf } from './definition/define-algorithm.js';
export type {
  CheckMetrics,
  CheckState,
  CommonOptions,
  Definition,
  GivenOptions,
  Refusal,
  ScheduledKeys,
  Setting,
  Unkept,
  UpdateSetting,
  UsedOptions,
} from './definition/definition.js';
export { type LearnableMinibatches, type LearnableUpdates, learnableMinibatches, learnableUpdates } from './definition/learnable.js';
export {
  count,
  fixed,
  flag,
  fraction,
  limit,
  type Option,
  type OptionShape,
  oneOf,
  type ScheduledOption,
  scheduled,
  valueLossKind,
  weight,
} from './definition/option-kinds.js';
export { type Estimates, gae } from './estimates/gae.js';
export { advantagesOf, type ReturnsOptions, returnsToGo } from './estimates/returns-to-go.js';
export { clippedSurrogate, type SurrogateLoss, type SurrogateWeights } from './losses/clipped-surrogate.js';
export { type PolicyGradientWeights, type PolicyLoss, policyGradientLoss, type Reduction } from './losses/policy-gradient-loss.js';
export { type CriticLoss, type ValueLossKind, type ValueLossWeights, valueLoss } from './losses/value-loss.js';
export {
  type AnyBatch,
  type Batch,
  type BatchState,
  type Coefficients,
  type HasCritic,
  hasCritic,
  type Kept,
  type Mistake,
  type Rollout,
  type Values,
} from './rollouts/batch.js';
export { episodes, type RolloutPlan, rounds, steps } from './rollouts/plan.js';
export type { BatchMoments } from './statistics/batch-moments.js';
export { explainedVariance } from './statistics/explained-variance.js';
export { Means } from './statistics/means.js';
export { momentsOf, standardize, standardizeEpisodes, subtract } from './statistics/moments-of.js';
export type { Ask, AskKind, YieldStar } from './update/ask.js';
export { type DescendOptions, type Descent, descend } from './update/descend.js';
export { type Part, pooled, type Statistic, total, type Whole } from './update/total.js';
