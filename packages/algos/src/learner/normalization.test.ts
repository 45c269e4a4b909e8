import { cartPole, normalizeObservations, normalizeRewards, vectorize, withoutNormalization } from '@pg/envs';
import { actorCritic, loadPolicy, mlp } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { train } from '../../fixtures/learners.js';
import { a2c } from '../algorithms/a2c.js';
import { evaluate } from './evaluate.js';

const spec = () =>
  cartPole()
    .pipe(normalizeObservations())
    .pipe(normalizeRewards({ gamma: 0.99 }));

const build = (seed = 1) =>
  a2c()
    .env(vectorize(spec(), { numEnvs: 4 }))
    .policy(actorCritic({ encoder: mlp([16]) }))
    .options({ learningRate: 3e-3 })
    .build({ seed });

test('returns are of the rewards as they are: of CartPole the lengths', async () => {
  await using learner = build();
  const last = (await train(learner, 5000)).at(-1)!;
  expect(last.episodes).toBeGreaterThan(20);
  expect(last.meanReturn).toBe(last.meanLength);
  const { meanReturn, meanLength } = await learner.evaluate({ episodes: 10 });
  expect(meanReturn).toBe(meanLength);
});

test('the policy sees observations as the environment gives them, and scales them as it has learned to', async () => {
  await using learner = build();
  await train(learner, 5000);
  const { policy } = learner;
  expect(policy.observationSpace).toEqual(cartPole().observationSpace);
  const { mean, deviation, clip } = policy.observationScaling!;
  expect(clip).toBe(10);
  const raw = Float32Array.of(0.3, -1, 0.05, 2);
  const scaled = raw.map((x, i) => (x - mean[i]!) / deviation[i]!);
  const unscaled = await loadPolicy(policy.toBytes(), { env: cartPole() });
  unscaled.observationScaling = undefined;
  expect(policy.logProb(raw, 1)).toBe(unscaled.logProb(scaled, 1));
  expect(policy.logProb(raw, 1)).not.toBe(unscaled.logProb(raw, 1));
});

test('a saved policy is complete: it plays the plain environment as the learner does', async () => {
  await using learner = build();
  await train(learner, 20_000);
  const loaded = await loadPolicy(learner.policy.toBytes(), { env: cartPole() });
  const expected = await learner.evaluate({ episodes: 20, seed: 3 });
  expect(await evaluate(loaded, cartPole(), { episodes: 20, seed: 3 })).toEqual(expected);
  expect(await evaluate(loaded, spec(), { episodes: 20, seed: 3 })).toEqual(expected);
  expect(expected.meanReturn).toBeGreaterThan(60);
});

test('a policy that has learned without keeps none', async () => {
  await using learner = a2c()
    .env(cartPole())
    .policy(actorCritic({ encoder: mlp([4]) }))
    .build({ seed: 0 });
  await train(learner, 100);
  expect(learner.policy.observationScaling).toBeUndefined();
});

describe('observations are never normalised twice', () => {
  const twice =
    /got observations that the environment has normalised, for a policy that normalises them itself; expected observations as the environment gives them/;

  async function learned() {
    await using learner = build();
    await train(learner, 2000);
    return await loadPolicy(learner.policy.toBytes(), { env: withoutNormalization(spec()) });
  }

  test('a policy is not loaded for an environment that normalises them, as a specification or running', async () => {
    const bytes = (await learned()).toBytes();
    const message =
      'loadPolicy: got an environment that normalises observations, for a policy that normalises them itself; expected the environment as it is without ' +
      'normalizeObservations(). Pass env: withoutNormalization(env), and act in what its make() gives.';
    for (const env of [spec(), vectorize(spec(), { numEnvs: 2 }), spec().make()]) await expect(loadPolicy(bytes, { env })).rejects.toThrow(message);
    const rewardsOnly = cartPole().pipe(normalizeRewards());
    expect((await loadPolicy(bytes, { env: rewardsOnly })).observationScaling).toBeDefined();
  });

  test('one observation is refused by act, session, logProb and value', async () => {
    using policy = await learned();
    const env = spec().make();
    const first = env.reset();
    expect(() => policy.act(first)).toThrow(twice);
    expect(() => policy.session().act(first)).toThrow(twice);
    expect(() => policy.logProb(first, 0)).toThrow(twice);
    expect(() => policy.value(first)).toThrow(twice);
    expect(() => policy.act(env.step(0).obs)).toThrow(/^policy\.act: .*Make the environment with withoutNormalization\(spec\)\.make\(\)/);
    expect(policy.act(withoutNormalization(spec()).make().reset())).toBeLessThan(2);
  });

  test('many are refused, in the arrays of the environment and in those of others', async () => {
    using policy = await learned();
    const envs = vectorize(spec(), { numEnvs: 3 }).make();
    expect(() => policy.actBatch(envs.reset())).toThrow(twice);
    expect(() => policy.session({ numEnvs: 3 }).act(envs.step(new Int32Array(3)).obs)).toThrow(twice);
    expect(() => policy.act(envs.reset().subarray(4, 8))).toThrow(twice);
    const own = new Float32Array(12);
    expect(() => policy.actBatch(envs.reset(own))).toThrow(twice);
    // the same array with observations that are not normalised
    vectorize(cartPole(), { numEnvs: 3 }).make().reset(own);
    expect(policy.actBatch(own).length).toBe(3);
  });

  test('a policy that does not scale acts on what the environment has normalised', async () => {
    using policy = await learned();
    policy.observationScaling = undefined;
    expect(policy.act(spec().make().reset())).toBeLessThan(2);
  });
});
