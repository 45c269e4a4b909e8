import { type DtypeArray, type Element, Rng, type Space, sample } from '@pg/core';
import type { Env, EnvSpec } from '@pg/envs';

/** Any running environment. */
export type AnyEnv = Env<Space, Space>;

/** What a step gave, and the first observation of the next episode if this one ended. */
export interface PlayedStep {
  readonly obs: DtypeArray;
  readonly reward: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
  readonly next: DtypeArray | undefined;
}

/** A running environment that is played with random actions, and reset whenever an episode ends. */
export class Player {
  readonly env: AnyEnv;
  readonly #actions: Rng;

  /** Goes on from where the environment is. */
  constructor(env: AnyEnv, seed: number) {
    this.env = env;
    this.#actions = Rng.fromSeed(seed).stream('actions');
  }

  /** Starts a new environment. */
  static start(spec: EnvSpec<Space, Space>, seed: number): { readonly player: Player; readonly first: DtypeArray } {
    const env = spec.make({ seed });
    return { player: new Player(env, seed), first: flat(env.reset()) };
  }

  /** Takes a random step, of those that are allowed. */
  step(): PlayedStep {
    const { env } = this;
    const { obs, reward, terminated, truncated } = env.step(sample(env.actionSpace, this.#actions, env.actionMask) as never);
    return { obs: flat(obs), reward, terminated, truncated, next: terminated || truncated ? flat(env.reset()) : undefined };
  }

  /** Takes random steps. */
  play(steps: number): PlayedStep[] {
    return Array.from({ length: steps }, () => this.step());
  }
}

/** What a new environment plays; it is closed afterwards. */
export function playFrom(spec: EnvSpec<Space, Space>, seed: number, steps: number): { readonly first: DtypeArray; readonly played: readonly PlayedStep[] } {
  const { player, first } = Player.start(spec, seed);
  const played = player.play(steps);
  player.env.close();
  return { first, played };
}

/** An observation as an array. */
export function flat(obs: Element<Space>): DtypeArray {
  return typeof obs === 'number' ? Float32Array.of(obs) : obs;
}

/** The first difference of two plays in words, or nothing. */
export function difference(ours: readonly PlayedStep[], others: readonly PlayedStep[]): string | undefined {
  for (const [t, step] of ours.entries()) {
    const other = others[t]!;
    for (const name of ['reward', 'terminated', 'truncated'] as const) {
      if (!Object.is(step[name], other[name])) return `${name} ${step[name]} and then ${other[name]} at step ${t + 1}`;
    }
    const at = differentElement(step.obs, other.obs) ?? differentElement(step.next, other.next);
    if (at !== undefined) return `${at} at step ${t + 1}`;
  }
  return undefined;
}

/** The first difference of two plays, their first observations included. */
export function differentPlay(ours: ReturnType<typeof playFrom>, other: ReturnType<typeof playFrom>): string | undefined {
  return differentElement(ours.first, other.first) ?? difference(ours.played, other.played);
}

/** Where two observations differ, in words, or nothing. */
export function differentElement(ours: DtypeArray | undefined, other: DtypeArray | undefined): string | undefined {
  if (ours === undefined || other === undefined) return ours === other ? undefined : 'an episode that ends and then does not';
  const i = ours.findIndex((value, index) => !Object.is(value, other[index]));
  return i < 0 ? undefined : `${ours[i]} and then ${other[i]} in element ${i} of the observation`;
}
