import type { Rng, Space } from '@pg/core';
import type { VectorEnv } from '@pg/envs';
import type { TrainableNetwork } from '@pg/nn';
import { AdvantageRollouts } from '../rollouts/advantage-rollouts.js';
import type { Collector } from '../rollouts/collector.js';
import { clipGradients } from '../training/optimize.js';
import { policyGradientLoss } from '../training/policy-gradient-loss.js';
import { scheduleAt } from '../training/schedule-at.js';
import { standardizeValid } from '../training/standardize-valid.js';
import { explainedVariance, valueLoss, valueMoments } from '../training/value-loss.js';
import { endedEpisodes } from './ended-episodes.js';
import type { ParsedA3cOptions } from './options.js';
import type { SharedSteps } from './worker-update.js';

/** What a worker works with; all but `shared` is its own. */
export interface WorkerParts {
  /** Which worker, from 0. */
  readonly worker: number;
  readonly env: VectorEnv<Space, Space>;
  /** Its copy of the parameters, with (T + 2)·N rows. */
  readonly network: TrainableNetwork;
  /** The name of the value head. */
  readonly valueHead: string;
  /** Where actions are drawn from. */
  readonly actionRng: Rng;
  readonly options: ParsedA3cOptions;
  readonly shared: SharedSteps;
}

/**
 * A worker of A3C (Mnih et al. 2016, algorithm S3) with generalised advantage estimation, wherever it runs. Its updates are those of
 * A2C, but for the parameters that they move: those that all workers share.
 */
export class A3cWorker {
  readonly parts: WorkerParts;
  readonly collector: Collector;
  /** Environment steps that it has made. */
  steps = 0;
  readonly #rollouts: AdvantageRollouts;

  constructor(parts: WorkerParts) {
    this.parts = parts;
    this.#rollouts = new AdvantageRollouts(parts, parts.options.rolloutLength);
    this.collector = this.#rollouts.collector;
  }

  /** One rollout and its update, in the order in which the data flows. */
  update(): void {
    const { worker, network, valueHead, options, shared } = this.parts;
    const { collector } = this;
    const { progress } = shared;
    const collected = options.rounds ? collector.collectRound() : collector.collectSteps();
    const batch = this.#rollouts.estimate(collected.length, options);
    const { targets, errors } = valueMoments(batch);
    if (options.normalizeAdvantages) standardizeValid(batch.advantages, batch.valid);

    const entropyCoef = scheduleAt('entropyCoef', options.entropyCoef, progress);
    const loss = policyGradientLoss(network, batch, { ...options, entropyCoef });
    const critic = { valueLoss: valueLoss(batch, options, network.outputGradient(valueHead)), explainedVariance: explainedVariance(targets, errors) };
    network.backward(batch.rows);
    const learningRate = scheduleAt('learningRate', options.learningRate, progress);
    const gradientNorm = clipGradients(network, { ...options, learningRate });

    this.steps += collected.steps;
    const ended = endedEpisodes(collector.episodes);
    shared.apply({ worker, steps: collected.steps, workerSteps: this.steps, ...loss, ...critic, gradientNorm, learningRate, entropyCoef, ...ended });
  }

  /** Closes its environments and gives its network's memory back. */
  dispose(): void {
    this.parts.env.close();
    this.parts.network.dispose();
  }
}
