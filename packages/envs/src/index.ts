/**
 * Gym-like environments: the contract, your own ones, CartPole, CartPoleSwingUp, Pong and Breakout, and many copies stepped together.
 *
 * @packageDocumentation
 */
export { deepMindFrames } from './atari/deep-mind.js';
export type { AtariObservation, AtariOptions } from './atari/options.js';
export type { AtariPictures } from './atari/picture-space.js';
export type { AtariVersionName, AtariVersionSettings } from './atari/versions.js';
export { breakout } from './breakout/breakout.js';
export type { BreakoutObservation, BreakoutOptions, BreakoutSpaces } from './breakout/options.js';
export { type BreakoutVersion, breakoutVersions } from './breakout/versions.js';
export { type CartPoleOptions, cartPole } from './cart-pole/cart-pole.js';
export type { KinematicsIntegrator } from './cart-pole/dynamics.js';
export { CopyLayer } from './copy/copy-layer.js';
export { defineEnv } from './env/define-env.js';
export type { Dynamics, InPlaceDefinition, Shortcut } from './env/dynamics.js';
export type { Env, EnvSpec, StepResult } from './env/env.js';
export type { EnvDefinition, Outcome } from './env/env-definition.js';
export type { EnvSource } from './env/env-source.js';
export type { EnvSnapshot } from './env/snapshot.js';
export type { EnvCopy, PipedEnv, Wrapper } from './env/wrapper.js';
export type { PongOpponent } from './pong/opponent.js';
export type { PongActionCounts, PongActions, PongObservation, PongOptions, PongPalette, PongSpaces } from './pong/options.js';
export { pong } from './pong/pong.js';
export { babyA3cFrames } from './pong/preprocessing/baby-a3c.js';
export type { PongPicture } from './pong/preprocessing/difference.js';
export { karpathyDifference } from './pong/preprocessing/karpathy.js';
export { vpgDifference } from './pong/preprocessing/vpg.js';
export { type PongVersion, pongVersions } from './pong/versions.js';
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
export { vectorize } from './vector/vectorize.js';
