import { type Picture, Rng, type RngState } from '@pg/core';
import type { Caption } from './clip-encoder.js';

/** What is watched of an environment; a running one of `@pg/envs` has it. */
export interface WatchedEnv<TObs, TAction> {
  /** Starts an episode. */
  reset(): TObs;
  /** Acts once. */
  step(action: TAction): { readonly obs: TObs; readonly reward: number; readonly terminated: boolean; readonly truncated: boolean };
  /** A picture of the state. */
  render(): Picture;
  /** Which actions are allowed now, where the environment says so. */
  readonly actionMask?: Uint8Array | undefined;
  /** What normalises observations; there must be none, because the policy does it itself. */
  readonly normalization?: unknown;
}

/** Acts step after step, as `policy.session()` of `@pg/policies` does. */
export interface WatchedSession<TObs, TAction> {
  /** Chooses the action of the next step. */
  act(obs: TObs, options?: { readonly greedy?: boolean; readonly mask?: Uint8Array | undefined }): TAction;
  /** Forgets: the next observation is an episode's first. */
  reset(): void;
}

/** What is watched of a policy; one of `@pg/policies` has it. */
export interface WatchedPolicy<TObs, TAction> {
  /** Where actions are drawn from. */
  readonly rng: Pick<Rng, 'state' | 'restore'>;
  /** Starts acting. */
  session(): WatchedSession<TObs, TAction>;
}

/** What is watched of a learner; one of `@pg/algos` has it, and so has `{ policy }` of a loaded policy. */
export interface WatchedLearner<TObs, TAction> {
  /** The policy as it is now. */
  readonly policy: WatchedPolicy<TObs, TAction>;
}

/** How an agent is watched. */
export interface PlayOptions {
  /** Steps a second, from 1 to 120. Default 30; a CartPole runs at 50 in real time. */
  readonly fps?: number;
  /** The most probable actions instead of drawn ones. Default true. */
  readonly greedy?: boolean;
  /** Seed of drawn actions. Default 0. */
  readonly seed?: number;
}

/** Everything that a player needs. */
export interface PlayerParts<TObs, TAction> {
  readonly learner: WatchedLearner<TObs, TAction>;
  readonly env: WatchedEnv<TObs, TAction>;
  readonly greedy: boolean;
  readonly seed: number;
}

/**
 * Plays episodes with the policy as it is, step by step when asked. Nothing that training depends on is touched: the environment is
 * another one, the memory is a session's, and drawn actions come from a random stream of its own.
 */
export class AgentPlayer<TObs, TAction> {
  readonly #parts: PlayerParts<TObs, TAction>;
  readonly #session: WatchedSession<TObs, TAction>;
  #stream: RngState;
  #obs: TObs | undefined;
  #caption: Caption = { episode: 0, step: 0, return: 0 };

  constructor(parts: PlayerParts<TObs, TAction>) {
    this.#parts = parts;
    this.#session = parts.learner.policy.session();
    this.#stream = Rng.fromSeed(parts.seed).stream('watch').state();
  }

  /** The next picture: of an episode's first state, or of the state after a step. */
  next(): { readonly picture: Picture; readonly caption: Caption; readonly ended: boolean } {
    const ended = this.#obs === undefined ? this.#begin() : this.#step(this.#obs);
    return { picture: this.#parts.env.render(), caption: this.#caption, ended };
  }

  /** Leaves the episode; the next picture is the first one of another. */
  leave(): void {
    this.#obs = undefined;
  }

  #begin(): boolean {
    this.#obs = this.#parts.env.reset();
    this.#session.reset();
    this.#caption = { episode: this.#caption.episode + 1, step: 0, return: 0 };
    return false;
  }

  #step(before: TObs): boolean {
    const { obs, reward, terminated, truncated } = this.#parts.env.step(this.#act(before));
    const { episode, step, return: sum } = this.#caption;
    this.#caption = { episode, step: step + 1, return: sum + reward };
    const ended = terminated || truncated;
    this.#obs = ended ? undefined : obs;
    return ended;
  }

  #act(obs: TObs): TAction {
    const { learner, env, greedy } = this.#parts;
    const { rng } = learner.policy; // asking for the policy brings it up to date
    const trainings = rng.state();
    rng.restore(this.#stream);
    try {
      return this.#session.act(obs, { greedy, mask: env.actionMask });
    } finally {
      this.#stream = rng.state();
      rng.restore(trainings);
    }
  }
}
