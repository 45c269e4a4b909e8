import type { Rng, Space } from '@pg/core';
import type { VectorEnv } from '@pg/envs';
import type { TrainableNetwork } from '@pg/nn';
import { AdvantageRollouts } from '../rollouts/advantage-rollouts.js';
import type { Collector } from '../rollouts/collector.js';
import { UndoPoint } from '../shards/undo-point.js';
import { clipGradients } from '../training/optimize.js';
import { policyGradientLoss } from '../training/policy-gradient-loss.js';
import { type Scheduled, schedulesAt } from '../training/schedule-at.js';
import { standardizeValid } from '../training/standardize-valid.js';
import { explainedVariance, valueLoss, valueMoments } from '../training/value-loss.js';
import { clearGradients } from '../training/whole-updates.js';
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
  readonly #undoPoint: UndoPoint;

  constructor(parts: WorkerParts) {
    this.parts = parts;
    this.#rollouts = new AdvantageRollouts(parts, parts.options.rolloutLength);
    this.collector = this.#rollouts.collector;
    this.#undoPoint = new UndoPoint({ ...parts, collector: this.collector });
  }

  /** One rollout and its update. When it throws, all but the environments is as before, and these start new episodes. */
  update(): void {
    const { options, network, shared } = this.parts;
    const { learningRate, entropyCoef } = options;
    // before anything has happened: an author's function may throw
    const now = schedulesAt({ learningRate, entropyCoef }, shared.progress);
    this.#undoPoint.keep();
    try {
      this.#learn(now);
    } catch (error) {
      clearGradients(network);
      this.#undoPoint.undo();
      throw error;
    }
  }

  /** An update, in the order in which the data flows. */
  #learn({ learningRate, entropyCoef }: Scheduled<'learningRate' | 'entropyCoef'>): void {
    const { worker, network, valueHead, options, shared } = this.parts;
    const { collector } = this;
    const collected = options.rounds ? collector.collectRound() : collector.collectSteps();
    const batch = this.#rollouts.estimate(collected.length, options);
    const { targets, errors } = valueMoments(batch);
    if (options.normalizeAdvantages) standardizeValid(batch.advantages, batch.valid);

    const loss = policyGradientLoss(network, batch, { ...options, entropyCoef });
    const critic = { valueLoss: valueLoss(batch, options, network.outputGradient(valueHead)), explainedVariance: explainedVariance(targets, errors) };
    network.backward(batch.rows);
    const gradientNorm = clipGradients(network, { ...options, learningRate });

    const ended = endedEpisodes(collector.episodes);
    this.steps += collected.steps;
    shared.apply({ worker, steps: collected.steps, workerSteps: this.steps, ...loss, ...critic, gradientNorm, learningRate, entropyCoef, ...ended });
  }

  /** Closes its environments and gives its network's memory back. */
  dispose(): void {
    this.parts.env.close();
    this.parts.network.dispose();
  }
}
