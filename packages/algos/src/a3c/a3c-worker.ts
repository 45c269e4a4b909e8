import type { Rng, Space } from '@pg/core';
import type { VectorEnv } from '@pg/envs';
import type { TrainableNetwork } from '@pg/nn';
import { a2c } from '../algorithms/a2c.js';
import { definitionOf } from '../definition/plan-run.js';
import type { PolicyLoss } from '../losses/policy-gradient-loss.js';
import type { CriticLoss } from '../losses/value-loss.js';
import type { Collector } from '../rollouts/collector.js';
import { rounds, steps } from '../rollouts/plan.js';
import { PlayedRollouts } from '../rollouts/played-rollouts.js';
import { UndoPoint } from '../shards/undo-point.js';
import { clipGradients } from '../training/optimize.js';
import { type Scheduled, schedulesAt } from '../training/schedule-at.js';
import { clearGradients } from '../training/whole-updates.js';
import type { Answer, Request } from '../update/ask.js';
import { RunningUpdate } from '../update/running-update.js';
import { mergeRequests } from '../update/total.js';
import { endedEpisodes } from './ended-episodes.js';
import type { ParsedA3cOptions } from './options.js';
import type { SharedSteps } from './worker-update.js';

/** The parts of a worker; all but `shared` is its own. */
export interface WorkerParts {
  /** Its index, from 0. */
  readonly worker: number;
  readonly env: VectorEnv<Space, Space>;
  /** Its copy of the parameters, with (T + 2)·N rows. */
  readonly network: TrainableNetwork;
  /** The name of the value head. */
  readonly valueHead: string;
  /** The stream that actions are drawn from. */
  readonly actionRng: Rng;
  readonly options: ParsedA3cOptions;
  readonly shared: SharedSteps;
}

/** The losses of A2C. */
type Losses = PolicyLoss & CriticLoss & { readonly explainedVariance: number };

/**
 * A worker of A3C (Mnih et al. 2016, algorithm S3), wherever it runs: the whole of a batch to itself. Its updates are those of A2C, but for
 * the parameters that they move: those that all workers share.
 */
export class A3cWorker {
  readonly parts: WorkerParts;
  /** Environment steps that it has made. */
  steps = 0;
  readonly #rollouts: PlayedRollouts;
  readonly #update: RunningUpdate;
  /** Steps of the last rollout. */
  #played = 0;
  readonly #undoPoint: UndoPoint;
  /** The run as it was when the update began. */
  readonly #header = { progress: 0, begins: true, isTakenIn: true };
  /** The values of the schedules there. */
  #now: Scheduled<'learningRate' | 'entropyCoef'> = { learningRate: 0, entropyCoef: 0 };

  constructor(parts: WorkerParts) {
    const { actionRng, options, env } = parts;
    const plan = options.rounds ? rounds(options.rolloutLength) : steps(options.rolloutLength);
    this.parts = parts;
    const shape = { plan, length: options.rolloutLength, bootstraps: true, minibatch: undefined };
    this.#rollouts = new PlayedRollouts({ ...parts, shuffleRng: actionRng.stream('shuffle') }, shape);
    this.#update = new RunningUpdate({
      update: definitionOf(a2c).update,
      rollouts: this.#rollouts,
      options: { ...options },
      state: undefined,
      numEnvs: env.numEnvs,
      isFixedLength: plan.kind === 'steps',
      header: this.#header,
      schedule: (used) => Object.assign(used, this.#now),
      played: (count) => {
        this.#played = count;
      },
    });
    this.#undoPoint = new UndoPoint({ ...parts, collector: this.collector });
  }

  get collector(): Collector {
    return this.#rollouts.collector;
  }

  /** One rollout and its update. When it throws, all but the environments is as before, and these start new episodes. */
  update(): void {
    const { options, network, shared } = this.parts;
    const { learningRate, entropyCoef } = options;
    this.#header.progress = shared.progress;
    // before anything has happened: an author's function may throw
    this.#now = schedulesAt({ learningRate, entropyCoef }, this.#header.progress);
    this.#undoPoint.keep();
    try {
      this.#run();
    } catch (error) {
      this.#update.abandon();
      clearGradients(network);
      this.#undoPoint.undo();
      throw error;
    }
  }

  /** Closes its environments and gives its network's memory back. */
  dispose(): void {
    this.parts.env.close();
    this.parts.network.dispose();
  }

  #run(): void {
    this.#update.begin();
    let answer: Answer | undefined;
    for (;;) {
      const { request } = this.#update.advance(answer);
      if (request === undefined) return;
      answer = this.#answer(request);
    }
  }

  /** The whole of a batch that has one part. */
  #answer(request: Request): Answer {
    const whole = mergeRequests([request]);
    const stepped = request.step !== undefined;
    if (stepped) this.#descend(request.record!(whole) as Losses);
    return { ...whole, stepped };
  }

  #descend(losses: Losses): void {
    const { worker, network, options, shared } = this.parts;
    const gradientNorm = clipGradients(network, { ...options, ...this.#now });
    const ended = endedEpisodes(this.collector.episodes);
    this.steps += this.#played;
    this.#rollouts.moves += 1;
    const counted = { worker, steps: this.#played, workerSteps: this.steps };
    shared.apply({ ...counted, ...losses, gradientNorm, ...this.#now, ...ended });
  }
}
