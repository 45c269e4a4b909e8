/**
 * Policy-gradient algorithms with a typed builder: compose an environment, a policy and an algorithm, then train.
 *
 * @packageDocumentation
 */
export { type A2cUpdate, a2c, createA2c } from './a2c/a2c.js';
export type { A2cOptions } from './a2c/options.js';
export { a3c, createA3c } from './a3c/a3c.js';
export type { A3cUpdate } from './a3c/a3c-learner.js';
export type { LostWorker } from './a3c/lost-worker.js';
export type { A3cMode, A3cOptions } from './a3c/options.js';
export type { AlgorithmBuilder, BuildOptions, LearnerOf, LoadOptions, ResumeOptions, TypedComposition, TypedParts } from './builder/algorithm-builder.js';
export type {
  AnyEnv,
  AnyPolicy,
  CheckNeeds,
  ComposeError,
  Describe,
  FitsPolicy,
  Join,
  KindOf,
  KnownSpace,
  Needs,
  OpenSpace,
  Unset,
  WithoutArguments,
} from './builder/fits.js';
export { type EvaluateOptions, type Evaluation, evaluate } from './learner/evaluate.js';
export type { Learner, TrainOptions, Update } from './learner/learner.js';
export type { SurrogateLoss } from './ppo/clipped-surrogate.js';
export type { PpoOptions } from './ppo/options.js';
export { createPpo, type PpoUpdate, ppo } from './ppo/ppo.js';
export type { ReinforceOptions } from './reinforce/options.js';
export { createReinforce, type ReinforceUpdate, reinforce } from './reinforce/reinforce.js';
export type { EpisodeSummary } from './rollouts/episode-statistics.js';
export type { PolicyGradientLoss, Reduction } from './training/policy-gradient-loss.js';
export { reachesReturn } from './training/reaches-return.js';
export type { ValueLoss, ValueLossKind } from './training/value-loss.js';
export type { WorkerOptions } from './workers/worker-options.js';
