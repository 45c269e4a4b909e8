import {
  type Box,
  createElements,
  type Dtype,
  type DtypeArray,
  describeSpace,
  describeValue,
  InvalidOptionsError,
  parseOptions,
  type Rng,
  type Shape,
  type Space,
} from '@pg/core';
import * as z from 'zod/mini';
import { CopyLayer } from '../copy/copy-layer.js';
import type { TransparentWrapper } from '../env/transparent-wrapper.js';
import type { EnvCopy, PipedEnv, Wrapper } from '../env/wrapper.js';
import { AllowedChoices } from './allowed-choices.js';
import { finiteReward } from './finite-reward.js';
import { requirePiped } from './require-piped.js';

/** What {@link frameSkip} can be told. */
export interface FrameSkipOptions {
  /** Whether the observation is, number by number, the larger of the step's last two frames; false by default. */
  readonly maxOfTwoFrames?: boolean;
}

const schema = z.strictObject({ maxOfTwoFrames: z._default(z.boolean(), false) });

/**
 * Each action lasts several frames: `skip` of them, or a number drawn for each step from a range [from, to], both included, all
 * alike. Rewards are summed, an episode's end ends the step, and only what is shown is drawn. Where the environment says which
 * actions are allowed, an action that no longer is ends the step as well. Time limits behind it count its steps.
 *
 * With `maxOfTwoFrames` a step shows the larger of its last two frames, because some games draw an object in every other
 * frame only (Mnih et al. 2015; MaxAndSkipEnv of Stable-Baselines3). Where there is no second one the last frame is shown
 * alone: with a skip of 1, and where the episode ended before the skip did, because which frame comes last is then known too
 * late to have drawn the one before.
 *
 * @throws InvalidOptionsError when the skip is no positive whole number or range of such, and for `maxOfTwoFrames` of choices
 * @example
 * ```ts
 * const env = cartPole().pipe(stickyActions(0.25)).pipe(frameSkip([2, 4]));
 * ```
 */
export function frameSkip(skip: number | readonly [from: number, to: number], options?: { readonly maxOfTwoFrames?: false }): TransparentWrapper;
export function frameSkip(
  skip: number | readonly [from: number, to: number],
  options: FrameSkipOptions,
): <S extends Shape, D extends Dtype, TAct extends Space>(space: Box<S, D>, env: PipedEnv<TAct>) => Wrapper<Box<S, D>, TAct>;
export function frameSkip(skip: number | readonly [from: number, to: number], options: FrameSkipOptions = {}): TransparentWrapper {
  const [from, to] = rangeOf(skip);
  const { maxOfTwoFrames } = parseOptions('frameSkip', schema, options);
  const name = `frameSkip(${from === to ? from : `${from} to ${to}`}${maxOfTwoFrames ? ', max' : ''})`;
  return (space, env) => {
    requirePiped('frameSkip', space, env);
    if (maxOfTwoFrames) requireNumbers(space);
    return {
      name,
      space,
      actionSpace: env.actionSpace,
      maxSteps: Math.ceil(env.maxSteps / from),
      wrap: (copy) =>
        maxOfTwoFrames
          ? new MaxFrameSkipLayer(copy, [from, to], { masksActions: env.masksActions, actionSpace: env.actionSpace, observationSpace: space })
          : new FrameSkipLayer(copy, [from, to], env),
    };
  };
}

function rangeOf(skip: number | readonly [number, number]): readonly [number, number] {
  const [from, to, ...more] = typeof skip === 'number' ? [skip, skip] : Array.isArray(skip) ? (skip as number[]) : [];
  const isFrames = (count: number | undefined): count is number => Number.isSafeInteger(count) && (count as number) > 0;
  if (isFrames(from) && isFrames(to) && from <= to && more.length === 0) return [from, to];
  throw new InvalidOptionsError({
    where: 'frameSkip',
    got: `skip: ${describeValue(skip)}`,
    expected: 'a positive whole number of frames, or a range [from, to] of such',
    remedy: 'Change "skip".',
  });
}

function requireNumbers(space: Space): void {
  if (space.kind === 'box') return;
  throw new InvalidOptionsError({
    where: 'frameSkip',
    got: `maxOfTwoFrames for observations of ${describeSpace(space)}`,
    expected: 'Box observations',
    remedy: 'Leave maxOfTwoFrames out: a choice has no larger one.',
  });
}

/** What is to be known of the environment in front. */
type MaskedEnv = Pick<PipedEnv, 'masksActions' | 'actionSpace'>;

class FrameSkipLayer extends CopyLayer {
  readonly #from: number;
  readonly #choices: number;
  readonly #allowed: AllowedChoices;
  #reward = 0;

  constructor(inner: EnvCopy, [from, to]: readonly [number, number], env: MaskedEnv) {
    super(inner);
    this.#allowed = new AllowedChoices(inner, env);
    this.#from = from;
    this.#choices = to - from + 1;
  }

  override get reward(): number {
    return this.#reward;
  }

  override begin(rng: Rng): void {
    super.begin(rng);
    this.#reward = 0;
  }

  override step(action: number | Float32Array, rng: Rng): void {
    const frames = this.#from + rng.integer(this.#choices);
    let sum = 0;
    let ended = false;
    for (let frame = 1; frame <= frames && !ended; frame++) {
      this.inner.step(action, rng);
      sum += this.inner.reward;
      ended = this.inner.terminated || this.inner.truncated || !this.#allowed.has(action);
      this.passed(frames - frame, ended);
    }
    this.#reward = finiteReward('frameSkip', sum);
  }

  override snapshot(): unknown {
    return { inner: super.snapshot(), reward: this.#reward };
  }

  override restore(snapshot: unknown): void {
    const { inner, reward } = snapshot as { inner: unknown; reward: number };
    super.restore(inner);
    this.#reward = reward;
  }

  /** Called after each frame with the number of frames that are left of the skip. */
  protected passed(_left: number, _ended: boolean): void {}
}

class MaxFrameSkipLayer extends FrameSkipLayer {
  /** The frame before the last, where it counts. */
  readonly #before: DtypeArray;
  #counts = false;

  constructor(inner: EnvCopy, range: readonly [number, number], env: MaskedEnv & { readonly observationSpace: Space }) {
    super(inner, range, env);
    this.#before = createElements(env.observationSpace);
  }

  override begin(rng: Rng): void {
    super.begin(rng);
    this.#counts = false;
  }

  override step(action: number | Float32Array, rng: Rng): void {
    this.#counts = false;
    super.step(action, rng);
  }

  override observe(out: DtypeArray, offset: number): void {
    super.observe(out, offset);
    if (!this.#counts) return;
    const before = this.#before;
    for (let i = 0; i < before.length; i++) {
      if (before[i]! > out[offset + i]!) out[offset + i] = before[i]!;
    }
  }

  override snapshot(): unknown {
    return { inner: super.snapshot(), before: this.#counts ? this.#before.slice() : undefined };
  }

  override restore(snapshot: unknown): void {
    const { inner, before } = snapshot as { inner: unknown; before: DtypeArray | undefined };
    super.restore(inner);
    this.#counts = before !== undefined;
    if (before) this.#before.set(before);
  }

  protected override passed(left: number, ended: boolean): void {
    if (left !== 1 || ended) return;
    this.inner.observe(this.#before, 0);
    this.#counts = true;
  }
}
