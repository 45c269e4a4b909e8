import { generalizedAdvantageEstimation, type Rng, type Space } from '@pg/core';
import type { VectorEnv } from '@pg/envs';
import type { TrainableNetwork } from '@pg/nn';
import { rolloutValues } from '../rollouts/bootstrap.js';
import { Collector } from '../rollouts/collector.js';
import { clipGradients } from '../training/optimize.js';
import { policyGradientLoss } from '../training/policy-gradient-loss.js';
import { scheduleAt } from '../training/schedule-at.js';
import { standardizeValid } from '../training/standardize-valid.js';
import { valueLoss } from '../training/value-loss.js';
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
  readonly collector: Collector;
  /** Environment steps that it has made. */
  steps = 0;
  readonly parts: WorkerParts;
  readonly #bootstrap: ReturnType<typeof rolloutValues>;
  readonly #advantages: Float32Array;
  readonly #valueTargets: Float32Array;

  constructor(parts: WorkerParts) {
    const { env, network, valueHead, actionRng, options } = parts;
    const { rolloutLength: length } = options;
    this.parts = parts;
    this.collector = new Collector({ env, network, rng: actionRng, length, onTruncated: (t) => this.#bootstrap.valueFinalObs(t) });
    this.#bootstrap = rolloutValues(network, valueHead, this.collector.rollout);
    this.#advantages = new Float32Array(length * env.numEnvs);
    this.#valueTargets = new Float32Array(length * env.numEnvs);
  }

  /** One rollout and its update, in the order in which the data flows. */
  update(): void {
    const { worker, env, network, valueHead, options, shared } = this.parts;
    const { collector } = this;
    const { numEnvs } = env;
    const { progress } = shared;
    const episodesBefore = collector.statistics.episodes;
    const collected = options.rounds ? collector.collectRound() : collector.collectSteps();
    const rows = collected.length * numEnvs;
    const { rewards, terminated, truncated, valid } = collector.rollout.first(rows);

    this.#bootstrap.complete(collected.length);
    const values = this.#bootstrap.values.subarray(0, rows);
    const nextValues = this.#bootstrap.nextValues.subarray(0, rows);
    const advantages = this.#advantages.subarray(0, rows);
    const valueTargets = this.#valueTargets.subarray(0, rows);
    generalizedAdvantageEstimation({ rewards, values, terminated, truncated, nextValues, numEnvs }, options, { advantages, valueTargets });
    if (options.normalizeAdvantages) standardizeValid(advantages, valid);

    const entropyCoef = scheduleAt('entropyCoef', options.entropyCoef, progress);
    const loss = policyGradientLoss(network, { advantages, valid }, { ...options, entropyCoef });
    const critic = valueLoss({ values, targets: valueTargets, valid }, options, network.outputGradient(valueHead));
    network.backward(rows);
    const learningRate = scheduleAt('learningRate', options.learningRate, progress);
    const gradientNorm = clipGradients(network, { ...options, learningRate });

    this.steps += collected.steps;
    const ended = collector.statistics.since(episodesBefore);
    shared.apply({ worker, steps: collected.steps, workerSteps: this.steps, ...loss, ...critic, gradientNorm, learningRate, entropyCoef, ...ended });
  }

  /** Closes its environments and gives its network's memory back. */
  dispose(): void {
    this.parts.env.close();
    this.parts.network.dispose();
  }
}
