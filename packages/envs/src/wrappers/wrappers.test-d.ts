import { type Box, box, type Discrete, discrete, flatten, frameStack, oneHot, rescale } from '@pg/core';
import { describe, expectTypeOf, test } from 'vitest';
import { cartPole } from '../cart-pole/cart-pole.js';
import { defineEnv } from '../env/define-env.js';
import type { Env, EnvSpec } from '../env/env.js';
import { normalizeObservations } from '../normalization/normalize-observations.js';
import { normalizeRewards } from '../normalization/normalize-rewards.js';
import { swingUp } from '../swing-up/swing-up.js';
import type { VectorEnv } from '../vector/vector-env.js';
import { vectorize } from '../vector/vectorize.js';
import { actionClip } from './action-clip.js';
import { actionRescale } from './action-rescale.js';
import { episodeStatistics } from './episode-statistics.js';
import { frameSkip } from './frame-skip.js';
import type { NextNumber } from './next-number.js';
import { noopStarts } from './noop-starts.js';
import { rewardClip } from './reward-clip.js';
import { rewardScale } from './reward-scale.js';
import { rewardSign } from './reward-sign.js';
import { stickyActions } from './sticky-actions.js';
import { timeAwareObservation } from './time-aware-observation.js';
import { timeLimit } from './time-limit.js';

const definition = { maxSteps: 9, init: () => 0, step: (state: number) => ({ state, reward: 0, terminated: false }) };
const picture = defineEnv({
  ...definition,
  id: 'picture',
  observation: box({ shape: [8, 6, 1], low: 0, high: 255, dtype: 'uint8' }),
  action: discrete(3),
  observe: () => [],
});
const room = defineEnv({ ...definition, id: 'room', observation: discrete(16), action: discrete(2), observe: () => 0 });

describe('spaces are known behind every pipe', () => {
  test('of wrappers that leave them as they are', () => {
    const control = cartPole()
      .pipe(stickyActions(0.1))
      .pipe(frameSkip(4))
      .pipe(frameSkip([1, 2], { maxOfTwoFrames: true }))
      .pipe(rewardClip())
      .pipe(rewardSign())
      .pipe(rewardScale(2))
      .pipe(episodeStatistics())
      .pipe(timeLimit(5))
      .pipe(noopStarts(3));
    expectTypeOf(control).toEqualTypeOf<EnvSpec<Box<readonly [4]>, Discrete<2>>>();
    expectTypeOf(picture.pipe(frameSkip(4, { maxOfTwoFrames: true }))).toEqualTypeOf<EnvSpec<Box<readonly [8, 6, 1], 'uint8'>, Discrete<3>>>();
    expectTypeOf(room.pipe(frameSkip(2))).toEqualTypeOf<EnvSpec<Discrete<16>, Discrete<2>>>();
    expectTypeOf(swingUp().pipe(stickyActions(0.5))).toEqualTypeOf<EnvSpec<Box<readonly [5]>, Box<readonly [1]>>>();
  });

  test('of changed actions', () => {
    expectTypeOf(swingUp().pipe(actionClip())).toEqualTypeOf<EnvSpec<Box<readonly [5]>, Box<readonly [1]>>>();
    expectTypeOf(swingUp().pipe(actionRescale()).pipe(actionClip())).toEqualTypeOf<EnvSpec<Box<readonly [5]>, Box<readonly [1]>>>();
  });

  test('of changed observations', () => {
    expectTypeOf(cartPole().pipe(timeAwareObservation())).toEqualTypeOf<EnvSpec<Box<readonly [5]>, Discrete<2>>>();
    expectTypeOf(room.pipe(oneHot()).pipe(timeAwareObservation())).toEqualTypeOf<EnvSpec<Box<readonly [17]>, Discrete<2>>>();
    expectTypeOf(picture.pipe(rescale())).toEqualTypeOf<EnvSpec<Box<readonly [8, 6, 1]>, Discrete<3>>>();
    expectTypeOf(picture.pipe(frameStack(4)).pipe(flatten())).toEqualTypeOf<EnvSpec<Box<readonly [number], 'uint8'>, Discrete<3>>>();
    expectTypeOf(cartPole().pipe(flatten())).toEqualTypeOf<EnvSpec<Box<readonly [4]>, Discrete<2>>>();
  });

  test('of normalised ones', () => {
    const spec = cartPole()
      .pipe(normalizeObservations())
      .pipe(normalizeRewards({ gamma: 0.99 }));
    expectTypeOf(spec).toEqualTypeOf<EnvSpec<Box<readonly [4]>, Discrete<2>>>();
    expectTypeOf(spec.make()).toEqualTypeOf<Env<Box<readonly [4]>, Discrete<2>>>();
    expectTypeOf(vectorize(spec, { numEnvs: 2 }).make()).toEqualTypeOf<VectorEnv<Box<readonly [4]>, Discrete<2>>>();
    expectTypeOf(vectorize(picture, { numEnvs: 2 }).pipe(normalizeObservations())).toEqualTypeOf<EnvSpec<Box<readonly [8, 6, 1]>, Discrete<3>, true>>();
  });

  test('one more', () => {
    expectTypeOf<NextNumber<0>>().toEqualTypeOf<1>();
    expectTypeOf<NextNumber<9>>().toEqualTypeOf<10>();
    expectTypeOf<NextNumber<1099>>().toEqualTypeOf<1100>();
    expectTypeOf<NextNumber<6400>>().toEqualTypeOf<6401>();
    expectTypeOf<NextNumber<number>>().toEqualTypeOf<number>();
  });
});

describe('what does not fit does not compile', () => {
  test('actions', () => {
    // @ts-expect-error choices have no bounds
    cartPole().pipe(actionClip());
    // @ts-expect-error choices have no bounds
    cartPole().pipe(actionRescale());
    // @ts-expect-error forces have no number of an action that does nothing
    swingUp().pipe(noopStarts(3));
  });

  test('observations', () => {
    // @ts-expect-error a choice has no larger one
    room.pipe(frameSkip(4, { maxOfTwoFrames: true }));
    // @ts-expect-error choices have no mean
    room.pipe(normalizeObservations());
    // @ts-expect-error choices have no bounds
    room.pipe(rescale());
    // @ts-expect-error a choice is one number already
    room.pipe(flatten());
    // @ts-expect-error time has no place in a picture
    picture.pipe(timeAwareObservation());
  });

  test('options', () => {
    // @ts-expect-error how many
    frameSkip();
    // @ts-expect-error from and to
    frameSkip([1, 2, 3]);
    // @ts-expect-error a probability
    stickyActions('0.25');
    // @ts-expect-error how many
    noopStarts();
    // @ts-expect-error after how many
    timeLimit();
    // @ts-expect-error there is no such option
    normalizeRewards({ lambda: 0.9 });
  });
});
