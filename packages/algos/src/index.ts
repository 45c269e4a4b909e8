/**
 * Policy-gradient algorithms with a typed builder: compose an environment, a policy and an algorithm, then train.
 *
 * @packageDocumentation
 */

export { a3c } from './a3c/a3c.js';
export type { A3cUpdate } from './a3c/a3c-learner.js';
export type { LostWorker } from './a3c/lost-worker.js';
export type { A3cMode, A3cOptions } from './a3c/options.js';
export { type A2cOptions, type A2cUpdate, a2c } from './algorithms/a2c.js';
export { type PpoOptions, type PpoUpdate, ppo } from './algorithms/ppo.js';
export { type ReinforceOptions, type ReinforceUpdate, reinforce } from './algorithms/reinforce.js';
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
export type { Algorithm, AnyAlgorithm, OptionsOf, UpdateOf } from './definition/define-algorithm.js';
export { type EvaluateOptions, type Evaluation, evaluate } from './learner/evaluate.js';
export type { Learner, TrainOptions, Update } from './learner/learner.js';
export type { PolicyLoss, Reduction } from './losses/policy-gradient-loss.js';
export type { CriticLoss, ValueLossKind } from './losses/value-loss.js';
export type { EpisodeSummary } from './rollouts/episode-statistics.js';
export { reachesReturn } from './training/reaches-return.js';
export { type ServedBuilder, serveWorker } from './workers/serve-worker.js';
export type { StartedWorker, WorkerOptions } from './workers/worker-options.js';
