import type { DtypeArray, Rng, Space } from '@pg/core';
import type { VectorEnv } from '@pg/envs';
import type { CompiledNetwork } from '@pg/nn';
import { actionClipper } from './clip-actions.js';
import { FinishedEpisodes } from './finished-episodes.js';
import { createRollout, type Rollout } from './rollout.js';

/** What a collector works with. */
export interface CollectorParts {
  readonly env: VectorEnv<Space, Space>;
  /** With at least (length + 1)·N rows. */
  readonly network: CompiledNetwork;
  /** Where actions are drawn from. */
  readonly rng: Rng;
  /** T, the most steps of a rollout. */
  readonly length: number;
  /** Called after step t when an episode was cut by the time limit, while `finalObs` of the step is there. */
  readonly onTruncated?: (t: number) => void;
  /** Where to note the episodes that finish in a rollout; a list of its own by default. */
  readonly episodes?: FinishedEpisodes;
}

/** How much was collected. */
export interface Collected {
  /** Time steps used, at most T. */
  readonly length: number;
  /** Environment steps that count. */
  readonly steps: number;
}

/** Where a collector is between two rollouts, but for its environments, its network's memory and its random stream. */
export interface CollectorState {
  /** Whether the next rollout goes on from `obs`; otherwise it starts episodes. */
  readonly started: boolean;
  /** `[N]`: what the running episodes have returned, and how long they are. */
  readonly runningReturns: Float64Array;
  readonly runningLengths: Int32Array;
  /** `[N]`: 1 for an environment that plays its episode of a round, 0 for one that waits; all 0 between rounds and without them. */
  readonly remaining: Int32Array;
  /** `[N, observation size]`: what comes next, in the network's type. */
  readonly obs: DtypeArray;
  /** `[N]`: 1 where an episode begins with it; empty without recurrent layers. */
  readonly episodeStarts: Uint8Array;
}

/** Plays environments with a network: obs → forward → action → step, into the rows of one rollout that is used again and again. */
export class Collector {
  readonly rollout: Rollout;
  /** Those that have finished in the last rollout. */
  readonly episodes: FinishedEpisodes;
  readonly #parts: CollectorParts;
  readonly #returns: Float64Array;
  readonly #lengths: Int32Array;
  /** Episodes that each environment still has to play before it waits for the others. */
  readonly #remaining: Int32Array;
  readonly #toExecutable: ReturnType<typeof actionClipper>;
  /** What the next rollout goes on from: nothing yet, what lies behind the last one, or the same in its own first rows already. */
  #next: 'new' | 'behind' | 'first rows' = 'new';

  constructor(parts: CollectorParts) {
    const { env, network, length, episodes } = parts;
    this.#parts = parts;
    this.episodes = episodes ?? new FinishedEpisodes(new Float64Array(FinishedEpisodes.words(length * env.numEnvs)));
    this.rollout = createRollout(network, env, length);
    this.#returns = new Float64Array(env.numEnvs);
    this.#lengths = new Int32Array(env.numEnvs);
    this.#remaining = new Int32Array(env.numEnvs);
    this.#toExecutable = actionClipper(env.actionSpace, env.numEnvs, network.distribution);
  }

  /** Whether a round has begun and not ended yet. */
  get playing(): boolean {
    return this.#next !== 'new' && this.#remaining.some((episodes) => episodes > 0);
  }

  /** Has the next rollout start new episodes, wherever the environments are. */
  startAnew(): void {
    this.#next = 'new';
    this.#returns.fill(0);
    this.#lengths.fill(0);
    this.#remaining.fill(0);
  }

  /** Plays T steps in every environment, on from where the last rollout stopped. */
  collectSteps(): Collected {
    const { rollout } = this;
    this.episodes.clear();
    if (this.#next === 'new') this.#startEpisodes();
    else this.#bringForward();
    // Should a step throw, the next rollout starts anew: the rows are then half old, half new.
    this.#next = 'new';
    for (let t = 0; t < rollout.length; t++) this.#step(t);
    this.#next = 'behind';
    return { length: rollout.length, steps: rollout.length * rollout.numEnvs };
  }

  /**
   * Starts every environment anew and plays exactly `episodes` whole ones in each; one that is through waits for the others,
   * its further steps marked as not valid.
   */
  collectEpisodes(episodes: number): Collected {
    this.episodes.clear();
    this.#remaining.fill(episodes);
    this.#startEpisodes();
    return this.#playRemaining();
  }

  /**
   * Goes on with a round, in which every environment plays one episode and waits for the others, by T steps or to the round's end.
   *
   * @param begins - whether a round that has ended is followed by a new one, as it is by default; without, nothing is played then
   */
  collectRound(begins = true): Collected {
    this.episodes.clear();
    if (this.#next === 'new') {
      if (!begins) return { length: 0, steps: 0 };
      this.#remaining.fill(1);
      this.#startEpisodes();
    } else this.#bringForward();
    this.#next = 'new';
    const collected = this.#playRemaining();
    if (this.#remaining.some((episodes) => episodes > 0)) this.#next = 'behind';
    return collected;
  }

  /** Plays until no environment has episodes left, or T steps. */
  #playRemaining(): Collected {
    const { length, numEnvs, valid, done } = this.rollout;
    const remaining = this.#remaining;
    let playing = 0;
    for (let n = 0; n < numEnvs; n++) playing += remaining[n]! > 0 ? 1 : 0;
    let steps = 0;
    let t = 0;
    for (; playing > 0 && t < length; t++) {
      this.#step(t, remaining);
      for (let n = 0; n < numEnvs; n++) {
        const active = remaining[n]! > 0;
        valid[t * numEnvs + n] = active ? 1 : 0;
        if (active) {
          steps += 1;
          if (done[t * numEnvs + n] && --remaining[n]! === 0) playing -= 1;
        }
        if (remaining[n] === 0) this.rollout.blankObs(t + 1, n);
      }
    }
    return { length: t, steps };
  }

  /** What is needed to go on later; to be called between two rollouts. The network's initial state is then that of `obs`. */
  state(): CollectorState {
    this.#bringForward();
    const { numEnvs } = this.rollout;
    return {
      started: this.#next !== 'new',
      runningReturns: this.#returns.slice(),
      runningLengths: this.#lengths.slice(),
      remaining: this.#remaining.slice(),
      obs: this.rollout.obsAt(0),
      episodeStarts: this.#parts.network.episodeStarts.slice(0, numEnvs),
    };
  }

  /** Becomes what a state was taken from, of a collector of the same parts; the environments and the network are put back by others. */
  restore(state: CollectorState): void {
    this.#returns.set(state.runningReturns);
    this.#lengths.set(state.runningLengths);
    this.#remaining.set(state.remaining);
    this.rollout.restoreObs(state.obs);
    this.rollout.keepMasks(0);
    this.#parts.network.episodeStarts.set(state.episodeStarts);
    this.#next = state.started ? 'first rows' : 'new';
  }

  /** Puts the observations behind the last rollout, and what the policy remembered in front of them, where the next one begins. */
  #bringForward(): void {
    if (this.#next !== 'behind') return;
    this.#next = 'first rows';
    const { network } = this.#parts;
    const { length, numEnvs } = this.rollout;
    this.rollout.bringObs();
    this.rollout.keepMasks(0);
    network.episodeStarts.copyWithin(0, length * numEnvs, (length + 1) * numEnvs);
    network.carryState((length - 1) * numEnvs);
  }

  #startEpisodes(): void {
    this.#parts.network.episodeStarts.fill(1, 0, this.rollout.numEnvs);
    this.rollout.expectObs(0);
    this.#parts.env.reset(this.rollout.resetObs);
    this.rollout.keepObs(0);
    this.#returns.fill(0);
    this.#lengths.fill(0);
  }

  /**
   * One step of all environments. Hot: no allocation. Continuous actions are clipped for the environments, unless they are squashed;
   * the rollout keeps the unclipped ones, which their log-probabilities belong to. Episodes of an environment with nothing remaining
   * are not counted.
   */
  #step(t: number, remaining?: Int32Array): void {
    const { env, network, rng, onTruncated } = this.#parts;
    const { numEnvs, done } = this.rollout;
    const { result, actions } = this.rollout.at(t);
    const first = t * numEnvs;
    const recurrent = network.episodeStarts.length > 0;
    network.forward(first, numEnvs);
    network.distribution.sample(first, numEnvs, rng);
    this.rollout.expectObs(t + 1);
    const { rewards, terminated, truncated } = env.step(this.#toExecutable(actions), result);
    this.rollout.keepObs(t + 1);
    const earned = env.normalization?.rawRewards ?? rewards;
    let cut = 0;
    for (let n = 0; n < numEnvs; n++) {
      const ended = terminated[n]! | truncated[n]!;
      done[first + n] = ended;
      if (recurrent) network.episodeStarts[first + numEnvs + n] = ended;
      cut |= truncated[n]!;
      this.#returns[n]! += earned[n]!;
      this.#lengths[n]! += 1;
      if (ended) this.#finish(t, n, remaining === undefined || remaining[n]! > 0);
    }
    if (cut && onTruncated) onTruncated(t);
  }

  #finish(t: number, n: number, counts: boolean): void {
    if (counts) this.episodes.push(t, this.#returns[n]!, this.#lengths[n]!);
    this.#returns[n] = 0;
    this.#lengths[n] = 0;
  }
}
