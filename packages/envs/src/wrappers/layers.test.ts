import { box, contains, type DtypeArray, flatten, frameDifference, frameStack, oneHot, Rng, rescale, type Space, sample } from '@pg/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnySpec, counter, echo, walk } from '../../fixtures/environments.js';
import { playSingle, playVector } from '../../fixtures/play.js';
import { cartPole } from '../cart-pole/cart-pole.js';
import { defineEnv } from '../env/define-env.js';
import type { EnvSpec } from '../env/env.js';
import { normalizeObservations } from '../normalization/normalize-observations.js';
import { normalizeRewards } from '../normalization/normalize-rewards.js';
import { swingUp } from '../swing-up/swing-up.js';
import { inspectEnv } from '../testing/inspect-env.js';
import { vectorize } from '../vector/vectorize.js';
import { actionClip } from './action-clip.js';
import { actionRescale } from './action-rescale.js';
import { episodeStatistics } from './episode-statistics.js';
import { frameSkip } from './frame-skip.js';
import { noopStarts } from './noop-starts.js';
import { rewardClip } from './reward-clip.js';
import { rewardScale } from './reward-scale.js';
import { rewardSign } from './reward-sign.js';
import { stickyActions } from './sticky-actions.js';
import { timeAwareObservation } from './time-aware-observation.js';
import { timeLimit } from './time-limit.js';

/** A picture of bytes whose pixels walk about at random; ends by chance. */
const pixels = () =>
  defineEnv({
    id: 'pixels',
    observation: box({ shape: [2, 3, 1], low: 0, high: 255, dtype: 'uint8' }),
    action: walk().actionSpace,
    maxSteps: 13,
    init: (rng) => Array.from({ length: 6 }, () => rng.integer(256)),
    step: (picture, action, rng) => ({
      state: picture.map((pixel) => (pixel + action + rng.integer(9)) % 256),
      reward: rng.normal(),
      terminated: rng.uniform() < 0.05,
    }),
    observe: (picture) => picture,
  });

const room = () => defineEnv({ ...counter({ length: 7 })['~source'].definition, observation: { kind: 'discrete', size: 8 } as const });

/** Every layer, and stacks of several. */
const layered: [string, () => AnySpec][] = [
  ['frameSkip', () => walk(15).pipe(frameSkip(2))],
  ['frameSkip of a range', () => walk(15).pipe(frameSkip([1, 3]))],
  ['frameSkip, the larger of two frames', () => pixels().pipe(frameSkip([1, 4], { maxOfTwoFrames: true }))],
  ['stickyActions of choices', () => walk(9).pipe(stickyActions(0.4))],
  ['stickyActions of numbers', () => swingUp({ maxSteps: 9 }).pipe(stickyActions(0.4))],
  ['noopStarts', () => walk(9).pipe(noopStarts(6))],
  ['rewardClip', () => walk(9).pipe(rewardClip(-0.5, 0.5))],
  ['rewardSign', () => walk(9).pipe(rewardSign())],
  ['rewardScale', () => walk(9).pipe(rewardScale(-0.1))],
  ['actionClip', () => swingUp({ maxSteps: 9 }).pipe(actionClip())],
  ['actionRescale', () => echo({ length: 5, low: -3, high: 1 }).pipe(timeLimit(4)).pipe(actionRescale())],
  ['timeAwareObservation', () => walk(9).pipe(timeAwareObservation())],
  ['timeLimit', () => walk(20).pipe(timeLimit(6))],
  ['episodeStatistics', () => walk(9).pipe(episodeStatistics())],
  ['flatten', () => pixels().pipe(flatten())],
  ['frameDifference', () => pixels().pipe(frameDifference({ lag: 2 }))],
  ['rescale', () => pixels().pipe(rescale({ low: -1 }))],
  ['oneHot', () => room().pipe(oneHot()).pipe(timeLimit(5))],
  ['normalizeObservations', () => walk(9).pipe(normalizeObservations())],
  ['normalizeRewards', () => walk(9).pipe(normalizeRewards({ gamma: 0.9 }))],
  ['both normalisations behind the form for many copies', () => cartPole({ maxSteps: 20 }).pipe(normalizeObservations()).pipe(normalizeRewards())],
  [
    'the stack of Atari',
    () =>
      pixels()
        .pipe(stickyActions(0.25))
        .pipe(episodeStatistics())
        .pipe(noopStarts(3))
        .pipe(frameSkip([2, 3], { maxOfTwoFrames: true }))
        .pipe(rewardSign())
        .pipe(frameStack(3))
        .pipe(rescale())
        .pipe(flatten())
        .pipe(timeLimit(4))
        .pipe(timeAwareObservation())
        .pipe(normalizeObservations())
        .pipe(normalizeRewards()),
  ],
  [
    'the stack of a robot',
    () => swingUp({ maxSteps: 12 }).pipe(actionRescale()).pipe(actionClip()).pipe(stickyActions(0.1)).pipe(frameSkip(2)).pipe(rewardScale(3)),
  ],
];

/** What the copies of an environment share has no copy of its own to compare with. */
const shared = (spec: AnySpec) => (spec['~source'].normalization ?? []).length > 0;

/** Random actions for `numEnvs` copies. */
function actor(spec: EnvSpec<Space, Space, boolean>, numEnvs: number, seed = 1) {
  const rng = Rng.fromSeed(seed);
  return () => {
    const actions = Array.from({ length: numEnvs }, () => sample(spec.actionSpace, rng));
    return spec.actionSpace.kind === 'discrete'
      ? Int32Array.from(actions as number[])
      : Float32Array.from((actions as DtypeArray[]).flatMap((action) => Array.from(action)));
  };
}

describe.each(layered)('%s', (_, make) => {
  test('observations lie in the declared space, last ones included', () => {
    const spec = make();
    const { first, played } = playSingle(spec, { seed: 3, steps: 80 });
    const element = (obs: readonly number[]) => (spec.observationSpace.kind === 'discrete' ? obs[0] : obs);
    const seen = [first, ...played.flatMap(({ obs, finalObs }) => (finalObs ? [obs, finalObs] : [obs]))];
    for (const obs of seen) expect(contains(spec.observationSpace, element(obs))).toBe(true);
    expect(played.some(({ terminated, truncated }) => terminated || truncated)).toBe(true);
  });

  test('keeps the contract', () => {
    const failures = inspectEnv(make(), { seed: 2, steps: 60 }).failures;
    expect(failures).toEqual([]);
  });

  test('episodes are no longer than declared', () => {
    const spec = make();
    let length = 0;
    for (const { terminated, truncated } of playSingle(spec, { seed: 4, steps: 80 }).played) {
      length += 1;
      expect(length).toBeLessThanOrEqual(spec.maxSteps);
      if (terminated || truncated) length = 0;
    }
  });

  test('alone as in a vector', () => {
    const spec = make();
    const single = playSingle(spec, { seed: 5, steps: 60 });
    expect(playVector(spec, 1, { seed: 5, steps: 60 })[0]).toEqual(single);
    if (!shared(spec)) expect(playVector(spec, 3, { seed: 5, steps: 60 })[0]).toEqual(single);
  });

  test('a reset forgets the episode before', () => {
    const spec = make();
    if (shared(spec)) return; // moments are there to remember
    const [used, fresh] = [spec.make({ seed: 8 }), spec.make({ seed: 8 })];
    const actions = actor(spec, 1);
    const act = () => (spec.actionSpace.kind === 'discrete' ? actions()[0] : actions()) as never;
    used.reset();
    for (let t = 0; t < 5; t++) {
      const { terminated, truncated } = used.step(act());
      if (terminated || truncated) used.reset();
    }
    expect(used.reset({ seed: 8 })).toEqual(fresh.reset());
    for (let t = 0; t < 10; t++) {
      const action = act();
      const step = used.step(action);
      expect(step).toEqual(fresh.step(action));
      if (step.terminated || step.truncated) expect(used.reset()).toEqual(fresh.reset());
    }
  });

  test('environments of one specification do not touch each other', () => {
    const spec = vectorize(make(), { numEnvs: 2 });
    const play = (disturb: () => void) => {
      const envs = spec.make({ seed: 6 });
      const actions = actor(spec, 2);
      const seen: unknown[] = [envs.reset().slice()];
      for (let t = 0; t < 25; t++) {
        disturb();
        const { obs, rewards, terminated, truncated } = envs.step(actions());
        seen.push(structuredClone({ obs, rewards, terminated, truncated }));
      }
      return seen;
    };
    const alone = play(() => {});
    const other = spec.make({ seed: 77 });
    const others = actor(spec, 2, 2);
    other.reset();
    expect(play(() => other.step(others()))).toEqual(alone);
  });

  test('goes on from a snapshot at any step, as JSON-like data, in another environment', () => {
    const spec = vectorize(make(), { numEnvs: 2 });
    fc.assert(
      fc.property(fc.nat({ max: 30 }), fc.nat({ max: 9 }), (before, seed) => {
        const actions = actor(spec, 2, seed);
        const [env, other] = [spec.make({ seed }), spec.make({ seed: seed + 1 })];
        env.reset();
        other.reset();
        other.step(actions());
        for (let t = 0; t < before; t++) env.step(actions());
        const snapshot = structuredClone(env.snapshot());
        const next = Array.from({ length: 12 }, actions);
        const play = (of: typeof env) =>
          next.map((step) => {
            const { obs, rewards, terminated, truncated, finalObs } = of.step(step);
            const finals = Array.from(finalObs).filter((_, i) => terminated[Math.floor(i / of.obsSize)] || truncated[Math.floor(i / of.obsSize)]);
            return structuredClone({ obs, rewards, terminated, truncated, finals, episodes: of.lastEpisodes, learned: of.normalization?.state() });
          });
        const expected = play(env);
        other.restore(snapshot);
        expect(play(other)).toEqual(expected);
        env.restore(snapshot);
        expect(play(env)).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });

  test('alone goes on from a snapshot as well', () => {
    const spec = make();
    const [env, other] = [spec.make({ seed: 1 }), spec.make({ seed: 2 })];
    const actions = actor(spec, 1);
    const act = () => (spec.actionSpace.kind === 'discrete' ? actions()[0] : actions()) as never;
    const next = (of: typeof env, action: never) => {
      const step = of.step(action);
      return [step, step.terminated || step.truncated ? of.reset() : undefined, { ...of.lastEpisode }];
    };
    env.reset();
    for (let t = 0; t < 15; t++) next(env, act());
    other.restore(structuredClone(env.snapshot()));
    for (let t = 0; t < 15; t++) {
      const action = act();
      expect(next(other, action)).toEqual(next(env, action));
    }
  });
});
