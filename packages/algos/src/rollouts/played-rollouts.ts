import { InvalidOptionsError, type Rng, type Space } from '@pg/core';
import type { VectorEnv } from '@pg/envs';
import type { TrainableNetwork } from '@pg/nn';
import type { BatchState, Coefficients, Kept, Rollout } from './batch.js';
import { rolloutValues } from './bootstrap.js';
import { type Collected, Collector } from './collector.js';
import type { FinishedEpisodes } from './finished-episodes.js';
import { batchState, clearCoefficients, coefficientsOf } from './judged-rows.js';
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

/** A rollout whose fields are set anew for each. */
interface Played {
  readonly rows: number;
  count: number;
  readonly logProbs: Float32Array;
  actedLogProbs: Float32Array;
  readonly values: Float32Array | undefined;
  actedValues: Float32Array | undefined;
  readonly gradients: Coefficients;
  '~batch': BatchState | undefined;
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
  /** The rollout that was handed out last. */
  #made: Played | undefined;

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
   * The rollout that was played last: the same object for rollouts of the same length.
   *
   * @param length - its steps
   * @param count - the steps that count in the whole batch
   */
  rollout(length: number, count: number): Rollout<'a critic'> {
    const { network } = this.#parts;
    const rows = length * this.collector.rollout.numEnvs;
    if (rows > 0) this.#bootstrap?.complete(length);
    if (this.#made?.rows !== rows) this.#made = this.#viewsOf(rows);
    const made = this.#made;
    made.count = count;
    made.actedLogProbs = made.logProbs;
    made.actedValues = made.values;
    clearCoefficients(made.gradients);
    const judged = this.moves;
    made['~batch'] = batchState(network, rows, () => this.moves !== judged);
    return made as unknown as Rollout<'a critic'>;
  }

  /** Views of the first rows of everything. */
  #viewsOf(rows: number): Played {
    const { network, valueHead } = this.#parts;
    const { rollout } = this.collector;
    const { logProbs, entropies } = network.distribution;
    const values = valueHead === undefined ? undefined : network.output(valueHead).subarray(0, rows);
    const columns = new Map<string, Float32Array>();
    const kept = this.#kept;
    const made = {
      ...rollout.first(rows),
      rows,
      count: 0,
      numEnvs: rollout.numEnvs,
      logProbs: logProbs.subarray(0, rows),
      actedLogProbs: logProbs,
      entropies: entropies.subarray(0, rows),
      values,
      actedValues: values,
      nextValues: this.#bootstrap?.nextValues.subarray(0, rows),
      gradients: coefficientsOf(network, valueHead, rows),
      column: (name: string) => columns.get(name) ?? keepIn(columns, name, this.#column(name).subarray(0, rows)),
      keep(given: Readonly<Record<string, Float32Array>>) {
        if (!kept) throw noMinibatches();
        Object.assign(made, kept.keep(given));
        return kept as unknown as Kept<'a critic', never>;
      },
      '~batch': undefined as BatchState | undefined,
    };
    return made;
  }

  /** An array [T, N] of the algorithm's own. */
  #column(name: string): Float32Array {
    const { length, numEnvs } = this.collector.rollout;
    return this.#columns.get(name) ?? keepIn(this.#columns, name, new Float32Array(length * numEnvs));
  }
}

function keepIn(columns: Map<string, Float32Array>, name: string, column: Float32Array): Float32Array {
  columns.set(name, column);
  return column;
}

function noMinibatches(): InvalidOptionsError {
  return new InvalidOptionsError({
    where: 'rollout.keep',
    got: 'a call in an algorithm without minibatches',
    expected: 'their size, for which memory is laid out before anything runs',
    remedy: 'Add minibatch: ({ minibatchSize }) => minibatchSize to defineAlgorithm.',
  });
}
