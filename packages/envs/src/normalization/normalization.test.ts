import { box, contains, discrete } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { counter, walk } from '../../fixtures/environments.js';
import golden from '../../fixtures/normalization.json' with { type: 'json' };
import { takeSteps } from '../../fixtures/steps.js';
import { cartPole } from '../cart-pole/cart-pole.js';
import { defineEnv } from '../env/define-env.js';
import { vectorize } from '../vector/vectorize.js';
import { rewardClip } from '../wrappers/reward-clip.js';
import { timeLimit } from '../wrappers/time-limit.js';
import { normalizeObservations } from './normalize-observations.js';
import { normalizeRewards } from './normalize-rewards.js';

/** The environment of the golden values. */
const speaker = () =>
  defineEnv({
    id: 'speaker',
    observation: box({ shape: [2], low: -3, high: 20 }),
    action: discrete(10),
    maxSteps: 1000,
    init: () => 1,
    step: (_: number, action) => ({ state: action, reward: action - 4, terminated: action === 9 }),
    observe: (action) => [action, (action * action) / 4 - 3],
  });

const { gamma, clip } = golden;
const normalized = () => speaker().pipe(normalizeObservations({ clip })).pipe(normalizeRewards({ gamma, clip }));

function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i]! - value)).toBeLessThan(1e-6);
  });
}

describe('golden: as VecNormalize', () => {
  test('observations, final ones and rewards of three copies', () => {
    const envs = vectorize(normalized(), { numEnvs: 3 }).make();
    expectClose(envs.reset(), golden.first);
    golden.actions.forEach((actions, t) => {
      const { obs, rewards, finalObs } = envs.step(Int32Array.from(actions));
      const expected = golden.steps[t]!;
      expectClose(obs, expected.obs);
      expectClose(rewards, expected.rewards);
      for (const [n, final] of Object.entries(expected.final)) expectClose(finalObs.subarray(2 * Number(n), 2 * Number(n) + 2), final);
      expect(Array.from(envs.normalization!.rawRewards)).toEqual(actions.map((action) => action - 4));
    });
    const { observations, rewards } = envs.normalization!.state();
    expect(observations!.count).toBeCloseTo(golden.moments.count, 9);
    expectClose(observations!.mean, golden.moments.obsMean);
    expectClose(
      observations!.sumOfSquares.map((sum) => sum / observations!.count),
      golden.moments.obsVar,
    );
    expect(rewards!.count).toBeCloseTo(golden.moments.returnCount, 9);
    expectClose([rewards!.mean[0]!, rewards!.sumOfSquares[0]! / rewards!.count], [golden.moments.returnMean, golden.moments.returnVar]);
  });
});

describe('by hand', () => {
  test('the first observation is its own mean, the second of two is one deviation away', () => {
    const { first, steps } = takeSteps(counter().pipe(normalizeObservations()), [0]);
    expect(first).toEqual([0]);
    // 0 and 1: mean 1/2, deviation 1/2
    expect(steps[0]!.obs[0]).toBeCloseTo(1, 3);
    expect(steps[0]!.reward).toBe(1);
  });

  test('rewards are divided by the deviation of returns and keep their sign', () => {
    // returns 1, 0.5·1 + 2 = 2.5 and 0.5·2.5 + 3 = 4.25
    const rewards = takeSteps(counter().pipe(normalizeRewards({ gamma: 0.5 })), [0, 0, 0]).steps.map(({ reward }) => reward);
    expect(rewards[0]).toBe(10);
    expect(rewards[1]).toBeCloseTo(2 / 0.75, 3);
    expect(rewards[2]).toBeCloseTo(3 / Math.sqrt((1 + 6.25 + 18.0625) / 3 - (7.75 / 3) ** 2), 3);
  });

  test('results stay within the clip', () => {
    const spec = walk()
      .pipe(normalizeObservations({ clip: 0.5 }))
      .pipe(normalizeRewards({ clip: 0.25 }));
    expect(spec.observationSpace).toEqual(box({ shape: [2], low: -0.5, high: 0.5 }));
    for (const { obs, reward } of takeSteps(spec, new Array(100).fill(1)).steps) {
      expect(contains(spec.observationSpace, obs)).toBe(true);
      expect(Math.abs(reward)).toBeLessThanOrEqual(0.25);
    }
    expect(cartPole().pipe(normalizeObservations({ clip: Infinity })).observationSpace.high[0]).toBe(Infinity);
  });
});

describe('frozen', () => {
  test('learns nothing and goes on normalising', () => {
    const envs = vectorize(normalized(), { numEnvs: 2 }).make();
    envs.reset();
    for (const action of [3, 5, 9, 2]) envs.step(new Int32Array(2).fill(action));
    const { normalization } = envs;
    normalization!.frozen = true;
    const learned = normalization!.state();
    const before = envs.step(new Int32Array([6, 6]));
    const [obs, rewards] = [before.obs.slice(), before.rewards.slice()];
    envs.reset();
    for (const action of [9, 9, 6]) envs.step(new Int32Array(2).fill(action));
    expect(normalization!.state()).toEqual(learned);
    expect([before.obs, before.rewards]).toEqual([obs, rewards]);
    normalization!.frozen = false;
    envs.step(new Int32Array(2));
    expect(normalization!.state().observations!.count).toBeCloseTo(learned.observations!.count + 2, 9);
  });

  test('before anything was learned it only clips', () => {
    const env = speaker().pipe(normalizeObservations()).pipe(normalizeRewards()).make();
    env.normalization!.frozen = true;
    expectClose(env.reset(), [1, -2.75]);
    expect(env.step(8).reward).toBeCloseTo(4, 6);
    expectClose(env.step(9).obs, [9, 10]);
  });
});

describe('what was learned', () => {
  test('moves to another environment, as JSON', () => {
    const envs = vectorize(normalized(), { numEnvs: 3 }).make();
    envs.reset();
    for (const actions of golden.actions) envs.step(Int32Array.from(actions));
    const saved = JSON.parse(JSON.stringify(envs.normalization!.state()));
    const env = normalized().make();
    env.normalization!.restore(saved);
    expect(env.normalization!.state()).toEqual(envs.normalization!.state());
    env.normalization!.frozen = true;
    envs.normalization!.frozen = true;
    expect(Array.from(env.reset())).toEqual(Array.from(envs.reset().subarray(0, 2)));
    // without reward normalisation, as evaluation wants it
    const evaluation = speaker().pipe(normalizeObservations({ clip })).make();
    evaluation.normalization!.restore(saved);
    evaluation.normalization!.frozen = true;
    expect(evaluation.reset()).toEqual(env.reset());
    expect(evaluation.step(7).reward).toBe(3);
  });

  test('is refused when it does not fit', () => {
    const env = normalized().make();
    expect(() => env.normalization!.restore({})).toThrow(
      'speaker | normalizeObservations | normalizeRewards.normalization.restore: got an object with keys []; expected a state with "observations", which this environment normalises.',
    );
    expect(() => env.normalization!.restore(undefined as never)).toThrow('got undefined; expected a state with "observations"');
    const other = cartPole().pipe(normalizeObservations()).pipe(normalizeRewards()).make();
    expect(() => env.normalization!.restore(other.normalization!.state())).toThrow('RunningMoments.restore: got a state of 4 means');
    expect(() => env.normalization!.restore({ observations: env.normalization!.state().observations! })).toThrow('expected a state with "rewards"');
  });

  test('is found only where there is normalisation', () => {
    expect(cartPole().make().normalization).toBeUndefined();
    expect(vectorize(cartPole(), { numEnvs: 2 }).make().normalization).toBeUndefined();
  });
});

describe('its place', () => {
  test('is last', () => {
    expect(() => cartPole().pipe(normalizeObservations()).pipe(timeLimit(4))).toThrow(
      'CartPole-v1 | normalizeObservations.pipe: got timeLimit(4) behind normalizeObservations; expected normalisation to come last, because all copies share it. Pipe timeLimit(4) in front of normalizeObservations.',
    );
    expect(() => vectorize(cartPole().pipe(normalizeRewards()), { numEnvs: 2 }).pipe(rewardClip())).toThrow('got rewardClip(-1, 1) behind normalizeRewards;');
  });

  test('the two kinds go in either order, each once', () => {
    const other = speaker().pipe(normalizeRewards({ gamma, clip })).pipe(normalizeObservations({ clip }));
    expect(takeSteps(other, [3, 9, 4])).toEqual(takeSteps(normalized(), [3, 9, 4]));
    expect(() => normalized().pipe(normalizeRewards())).toThrow('got normalizeRewards a second time; expected it once. Remove one of the two.');
    expect(() => normalized().pipe(normalizeObservations())).toThrow('got normalizeObservations a second time;');
  });

  test('is in the name, and leaves the faster form for many copies', () => {
    const spec = vectorize(cartPole().pipe(normalizeObservations()), { numEnvs: 2 });
    expect(spec).toMatchObject({ id: 'CartPole-v1 | normalizeObservations', numEnvs: 2, vectorized: true, maxSteps: 500 });
    expect(spec['~source'].layers).toEqual([]);
  });
});

describe('pictures of bytes', () => {
  const picture = () =>
    defineEnv({
      id: 'picture',
      observation: box({ shape: [1, 2, 1], low: 0, high: 255, dtype: 'uint8' }),
      action: discrete(2),
      maxSteps: 3,
      init: () => 0,
      step: (time: number) => ({ state: time + 1, reward: 1, terminated: false }),
      observe: (time) => [time, 200 + time],
    });

  test('come out as numbers', () => {
    const spec = picture().pipe(normalizeObservations());
    expect(spec.observationSpace.dtype).toBe('float32');
    const envs = vectorize(spec, { numEnvs: 1 }).make();
    expect(envs.reset()).toBeInstanceOf(Float32Array);
    expect(envs.step(new Int32Array(1)).obs[0]).toBeCloseTo(1, 3);
    const env = spec.make();
    expect(env.reset()).toBeInstanceOf(Float32Array);
    expect(() => envs.reset(new Uint8Array(2) as never)).toThrow(
      'picture | normalizeObservations.reset: got obs: a Uint8Array; expected a Float32Array, as the observation space says.',
    );
  });

  test('stay bytes where only rewards are normalised', () => {
    const envs = vectorize(picture().pipe(normalizeRewards()), { numEnvs: 2 }).make();
    expect(envs.reset()).toEqual(new Uint8Array([0, 200, 0, 200]));
    expect(envs.reset(new Uint8Array(4))).toEqual(new Uint8Array([0, 200, 0, 200]));
    expect(picture().pipe(normalizeRewards()).make().reset()).toEqual(new Uint8Array([0, 200]));
  });
});

test('writes where it is told to', () => {
  const spec = vectorize(walk(5).pipe(normalizeObservations()).pipe(normalizeRewards()), { numEnvs: 2 });
  const [own, given] = [spec.make({ seed: 5 }), spec.make({ seed: 5 })];
  const rows = {
    obs: new Float32Array(4),
    rewards: new Float32Array(2),
    terminated: new Uint8Array(2),
    truncated: new Uint8Array(2),
    finalObs: new Float32Array(4),
  };
  expect(given.reset(new Float32Array(4))).toEqual(own.reset());
  for (let t = 0; t < 12; t++) expect(given.step(new Int32Array([1, 2]), rows)).toEqual(own.step(new Int32Array([1, 2])));
  expect(() => given.step(new Int32Array(3))).toThrow('walk.step: got actions with 3 numbers');
});

test.each<[() => unknown, string]>([
  [() => normalizeObservations({ clip: 0 }), 'normalizeObservations: got clip: 0; expected a positive number that float32 keeps, or Infinity. Change "clip".'],
  [() => normalizeObservations({ epsilon: 0 }), 'normalizeObservations: got epsilon: 0; expected a number greater than 0. Change "epsilon".'],
  [() => normalizeObservations({ gamma: 0.9 } as never), 'normalizeObservations: got the unknown option "gamma"; expected one of: clip, epsilon.'],
  [() => normalizeRewards({ gamma: 1.1 }), 'normalizeRewards: got gamma: 1.1; expected a number at most 1. Change "gamma".'],
  [
    () => defineEnv({ ...counter()['~source'].definition, observation: discrete(3) }).pipe(normalizeObservations() as never),
    'normalizeObservations: got observations of Discrete<3>; expected Box observations. Remove it: choices have no mean.',
  ],
])('refuses %o', (run, message) => {
  expect(run).toThrow(message);
});
