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
export type { Env, EnvSpec, StepResult } from './env/env.js';
export type { EnvDefinition, Outcome } from './env/env-definition.js';
export type { EnvSource } from './env/env-source.js';
export type { EnvSnapshot } from './env/snapshot.js';
export type { EnvCopy, PipedEnv, Wrapper } from './env/wrapper.js';
export type { Picture } from './rendering/picture.js';
export { type SwingUpOptions, swingUp } from './swing-up/swing-up.js';
export type { BatchDynamics } from './vector/batch-dynamics.js';
export type { VectorEnv, VectorStep } from './vector/vector-env.js';
export { type VectorizeOptions, vectorize } from './vector/vectorize.js';
export type { ParsedWorkerOptions, WorkerOptions } from './workers/worker-options.js';
