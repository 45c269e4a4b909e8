import type { PolicyLoss } from '../losses/policy-gradient-loss.js';
import type { CriticLoss } from '../losses/value-loss.js';

/** What a worker's rollout has come to, its gradients not yet applied. */
export interface Unroll extends PolicyLoss, CriticLoss {
  /** 1 − Var(target − V)/Var(target); NaN when the targets do not vary. */
  readonly explainedVariance: number;
  /** Which worker, from 0. */
  readonly worker: number;
  /** Environment steps that count. */
  readonly steps: number;
  /** Environment steps that this worker has made in all, those included. */
  readonly workerSteps: number;
  readonly gradientNorm: number;
  readonly learningRate: number;
  readonly entropyCoef: number;
  /** How many episodes ended. */
  readonly episodes: number;
  /** The returns of the last of them, a hundred at most. */
  readonly returns: readonly number[];
  /** Their lengths in steps. */
  readonly lengths: readonly number[];
}

/** The same, applied. */
export interface WorkerUpdate extends Unroll {
  /** Environment steps of all workers so far. */
  readonly step: number;
  /** Updates of all workers so far. */
  readonly updates: number;
  /** How many updates of others came between the worker's copy of the parameters and its own update. */
  readonly gradientLag: number;
  /** Mean standard deviation of a Gaussian policy after it, where that does not depend on the observation; NaN elsewhere. */
  readonly std: number;
}

/** What workers move together. */
export interface SharedSteps {
  /** Environment steps of all workers so far. */
  readonly step: number;
  /** How far the run is on its schedules' way, 0 to 1. */
  readonly progress: number;
  /** Takes a fresh copy of the parameters. */
  pull(): void;
  /** Moves the shared parameters along the gradients that the worker's network holds, counts, reports, and takes a fresh copy. */
  apply(unroll: Unroll): void;
}
