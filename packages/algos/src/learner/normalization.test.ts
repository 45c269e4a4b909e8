import { cartPole, normalizeObservations, normalizeRewards, vectorize } from '@pg/envs';
import { actorCritic, loadPolicy, mlp } from '@pg/policies';
import { expect, test } from 'vitest';
import { train } from '../../fixtures/learners.js';
import { a2c } from '../a2c/a2c.js';
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
