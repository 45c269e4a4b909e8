import type { Rng, Space } from '@pg/core';
import type { VectorEnv } from '@pg/envs';
import type { TrainableNetwork } from '@pg/nn';
import type { Kept, Rollout } from './batch.js';
import { rolloutValues } from './bootstrap.js';
import { type Collected, Collector } from './collector.js';
import type { FinishedEpisodes } from './finished-episodes.js';
import { batchState, clearedCoefficients } from './judged-rows.js';
import { KeptRollout, type MinibatchShape } from './kept-rollout.js';
import type { RolloutPlan } from './plan.js';

/** The parts that a shard plays with. */
export interface PlayParts {
  readonly env: VectorEnv<Space, Space>;
  /** With (T + 2)·N rows where final observations are valued, else (T + 1)·N. */
  readonly network: TrainableNetwork;
  /** The stream that actions are drawn from. */
  readonly actionRng: Rng;
  /** The stream that orders are drawn from. */
  readonly shuffleRng: Rng;
  /** The head of the values, if the policy has a critic. */
  readonly valueHead: string | undefined;
  /** The list of the episodes that finish; one of its own by default. */
  readonly episodes?: FinishedEpisodes | undefined;
}

/** The form of what is played. */
export interface PlayShape {
  readonly plan: RolloutPlan;
  /** T, the most steps of a rollout. */
  readonly length: number;
  /** Whether the true successors of all steps are valued. */
  readonly bootstraps: boolean;
  /** Minibatches, if there are any. */
  readonly minibatch: MinibatchShape | undefined;
}

/** The rollouts of one part of a batch: played, valued, and handed out as batches. */
export class PlayedRollouts {
  readonly collector: Collector;
  /** The number of steps that the optimiser has made; batches judged before the last of them are stale. */
  moves = 0;
  readonly #parts: PlayParts;
  readonly #shape: PlayShape;
  readonly #bootstrap: ReturnType<typeof rolloutValues> | undefined;
  readonly #columns = new Map<string, Float32Array>();
  readonly #kept: KeptRollout | undefined;

  constructor(parts: PlayParts, shape: PlayShape) {
    const { env, network, actionRng: rng, episodes, valueHead } = parts;
    const { length } = shape;
    this.#parts = parts;
    this.#shape = shape;
    const onTruncated = (t: number) => this.#bootstrap!.valueFinalObs(t);
    this.collector = new Collector({ env, network, rng, length, ...(shape.bootstraps && { onTruncated }), ...(episodes && { episodes }) });
    this.#bootstrap = shape.bootstraps ? rolloutValues(network, valueHead!, this.collector.rollout) : undefined;
    this.#kept = shape.minibatch && new KeptRollout({ ...parts, total: length * env.numEnvs, ...shape.minibatch, moves: () => this.moves });
  }

  /**
   * Plays the next rollout.
   *
   * @param begins - whether a round that has ended is followed by a new one
   */
  play(begins: boolean): Collected {
    const { kind, size } = this.#shape.plan;
    if (kind === 'episodes') return this.collector.collectEpisodes(size);
    return kind === 'rounds' ? this.collector.collectRound(begins) : this.collector.collectSteps();
  }

  /**
   * The rollout that was played last.
   *
   * @param length - its steps
   * @param count - the steps that count in the whole batch
   */
  rollout(length: number, count: number): Rollout<'a critic'> {
    const { network, valueHead } = this.#parts;
    const { rollout } = this.collector;
    const { numEnvs } = rollout;
    const rows = length * numEnvs;
    if (rows > 0) this.#bootstrap?.complete(length);
    const values = valueHead === undefined ? undefined : network.output(valueHead).subarray(0, rows);
    const logProbs = network.distribution.logProbs.subarray(0, rows);
    const kept = this.#kept;
    const played = {
      ...rollout.first(rows),
      rows,
      count,
      numEnvs,
      logProbs,
      actedLogProbs: logProbs,
      entropies: network.distribution.entropies.subarray(0, rows),
      values,
      actedValues: values,
      nextValues: this.#bootstrap?.nextValues.subarray(0, rows),
      gradients: clearedCoefficients(network, valueHead, rows),
      column: (name: string) => this.#column(name).subarray(0, rows),
      keep(columns: Readonly<Record<string, Float32Array>>) {
        if (!kept) throw new TypeError('keep() without minibatches'); // refused by the plan
        const acted = kept.keep(columns);
        Object.assign(played, acted);
        return kept as unknown as Kept<'a critic', never>;
      },
      '~batch': batchState(network, rows, this.#staleness()),
    };
    return played as unknown as Rollout<'a critic'>;
  }

  #staleness(): () => boolean {
    const judged = this.moves;
    return () => this.moves !== judged;
  }

  #column(name: string): Float32Array {
    let column = this.#columns.get(name);
    if (column === undefined) {
      const { length, numEnvs } = this.collector.rollout;
      column = new Float32Array(length * numEnvs);
      this.#columns.set(name, column);
    }
    return column;
  }
}
