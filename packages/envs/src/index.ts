/**
 * Gym-like environments: the contract, your own ones, CartPole and CartPoleSwingUp, and many copies stepped together.
 *
 * @packageDocumentation
 */
export { type CartPoleOptions, cartPole } from './cart-pole/cart-pole.js';
export type { KinematicsIntegrator } from './cart-pole/dynamics.js';
export { CopyLayer } from './copy/copy-layer.js';
export { defineEnv } from './env/define-env.js';
export type { Dynamics, InPlaceDefinition, Shortcut } from './env/dynamics.js';
export type { EndedEpisode, EndedEpisodes } from './env/ended-episode.js';
export type { Env, EnvSpec, StepResult } from './env/env.js';
export type { EnvDefinition, Outcome } from './env/env-definition.js';
export type { EnvSource } from './env/env-source.js';
export type { EnvSnapshot } from './env/snapshot.js';
export type { TransparentWrapper } from './env/transparent-wrapper.js';
export type { EnvCopy, PipedEnv, Wrapper } from './env/wrapper.js';
export type { Normalization, NormalizationState } from './normalization/normalization.js';
export type { NormalizationLayer, ObservationNormalizing, RewardNormalizing } from './normalization/normalization-layer.js';
export { type NormalizeObservationsOptions, normalizeObservations } from './normalization/normalize-observations.js';
export { type NormalizeRewardsOptions, normalizeRewards } from './normalization/normalize-rewards.js';
export type { ControlEnvs } from './registry/control-envs.js';
export type { EnvRegistry } from './registry/env-registry.js';
export { type EnvFactory, make, register, registeredIds } from './registry/registry.js';
export { blankPicture } from './rendering/blank-picture.js';
export type { Canvas, CanvasContext, CanvasPixels } from './rendering/canvas.js';
export type { Color } from './rendering/color.js';
export { type CanvasOptions, drawToCanvas } from './rendering/draw-to-canvas.js';
export { type Disc, fillDisc } from './rendering/fill-disc.js';
export { fillPolygon } from './rendering/fill-polygon.js';
export { fillRectangle, type Rectangle } from './rendering/fill-rectangle.js';
export type { Picture } from './rendering/picture.js';
export type { Point } from './rendering/point.js';
export { resizePicture } from './rendering/resize-picture.js';
export type { Size } from './rendering/size.js';
export { type Line, strokeLine } from './rendering/stroke-line.js';
export { type AnsiOptions, toAnsi } from './rendering/to-ansi.js';
export { type SwingUpOptions, swingUp } from './swing-up/swing-up.js';
export type { BatchDynamics } from './vector/batch-dynamics.js';
export type { VectorEnv, VectorStep } from './vector/vector-env.js';
export { type VectorizeOptions, vectorize } from './vector/vectorize.js';
export type { ParsedWorkerOptions, WorkerOptions } from './workers/worker-options.js';
export { actionClip } from './wrappers/action-clip.js';
export { actionRescale } from './wrappers/action-rescale.js';
export { episodeStatistics } from './wrappers/episode-statistics.js';
export { type FrameSkipOptions, frameSkip } from './wrappers/frame-skip.js';
export type { NextNumber } from './wrappers/next-number.js';
export { type NoopStartsOptions, noopStarts } from './wrappers/noop-starts.js';
export { rewardClip } from './wrappers/reward-clip.js';
export { rewardScale } from './wrappers/reward-scale.js';
export { rewardSign } from './wrappers/reward-sign.js';
export { stickyActions } from './wrappers/sticky-actions.js';
export { timeAwareObservation } from './wrappers/time-aware-observation.js';
export { timeLimit } from './wrappers/time-limit.js';
