/**
 * What this package reads from a learner's update record. Any object with these numbers fits, whichever package made it; every
 * further numeric field is recorded too (see `toMetrics`).
 */
export interface TrainingUpdate {
  /** Environment steps taken so far. */
  readonly step: number;
  /** Episodes finished so far. */
  readonly episodes: number;
  /** Mean return of the last up to 100 finished episodes; NaN before the first one. */
  readonly meanReturn: number;
  /** Mean length, in steps, of the same episodes; NaN before the first one. */
  readonly meanLength: number;
  /** Parameter updates done so far. */
  readonly updates?: number;
  /** The policy-gradient loss of this update. */
  readonly policyLoss?: number;
  /** Mean entropy of the action distributions, in nats. */
  readonly entropy?: number;
  /** Mean standard deviation of a Gaussian policy. */
  readonly std?: number;
  /** The value-function loss of this update. */
  readonly valueLoss?: number;
  /** 1 − Var[target − value] / Var[target]: 1 is a perfect critic, 0 one that predicts the mean. */
  readonly explainedVariance?: number;
  /** Global norm of the gradients before clipping. */
  readonly gradientNorm?: number;
  /** The optimiser's learning rate at this update. */
  readonly learningRate?: number;
  /** The weight of the entropy at this update. */
  readonly entropyCoef?: number;
  /** PPO's estimate of the KL divergence between the policy that collected and the one that was learned. */
  readonly approxKl?: number;
  /** The fraction of steps whose probability ratio was beyond PPO's clip range. */
  readonly clipFraction?: number;
  /** PPO's clip range at this update. */
  readonly clipRange?: number;
}
