import { createHash } from 'node:crypto';
import { linearSchedule } from '@pg/core';
import { cartPole, vectorize } from '@pg/envs';
import { actorCritic, linear, loadPolicy } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { type AnyLearner, learners, train } from '../../fixtures/learners.js';
import { a2c } from '../algorithms/a2c.js';

describe.each(learners)('%s', (_, build) => {
  test('the same seed gives the same bytes and the same updates', async () => {
    await using one = build(3);
    await using other = build(3);
    const updates = await train(one, 2000);
    expect(updates.length).toBeGreaterThan(2);
    expect(await train(other, 2000)).toEqual(updates);
    expect(other.policy.toBytes()).toEqual(one.policy.toBytes());
  });

  test('different seeds differ, before and after training', async () => {
    await using one = build(3);
    await using other = build(4);
    expect(other.policy.toBytes()).not.toEqual(one.policy.toBytes());
    expect(await train(other, 500)).not.toEqual(await train(one, 500));
  });

  test('train(n) twice equals train(2n)', async () => {
    await using once = build(5);
    await using twice = build(5);
    const updates = await train(once, 2500);
    expect([...(await train(twice, 1250)), ...(await train(twice, 1250))]).toEqual(updates);
    expect(twice.policy.toBytes()).toEqual(once.policy.toBytes());
    expect(twice.step).toBe(once.step);
  });

  test('leaving the loop and going on changes nothing', async () => {
    await using once = build(6);
    await using broken = build(6);
    const updates = await train(once, 2000);
    for await (const update of broken.train({ steps: 2000 })) if (update.updates === 2) break;
    expect(broken.step).toBe(updates[1]!.step);
    await train(broken, 2000 - broken.step);
    expect(broken.policy.toBytes()).toEqual(once.policy.toBytes());
  });

  test('acting, evaluating, reading and loading the policy on the way changes nothing', async () => {
    await using quiet = build(7);
    await using watched = build(7);
    await train(quiet, 2000);
    for await (const update of watched.train({ steps: 2000 })) {
      await watched.evaluate({ episodes: 3, greedy: update.updates % 2 === 0 });
      const loaded = await loadPolicy(watched.policy.toBytes());
      const obs = new Float32Array(watched.policy.observationSpace.low.length);
      loaded.session().act(obs);
      watched.policy.session().act(obs);
      if (!watched.policy.recurrent) watched.act(obs);
    }
    expect(watched.policy.toBytes()).toEqual(quiet.policy.toBytes());
  });

  test('two learners side by side do not disturb each other', async () => {
    await using alone = build(8);
    await train(alone, 1000);
    await using one = build(8);
    await using other = build(9);
    await Promise.all([train(one, 1000), train(other, 1000)]);
    expect(one.policy.toBytes()).toEqual(alone.policy.toBytes());
  });
});

/** SHA-256 over all parameters, little-endian, in their order. */
function fingerprint(learner: AnyLearner): string {
  const hash = createHash('sha256');
  for (const { values } of learner.policy.parameters) hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return hash.digest('hex').slice(0, 16);
}

// Made by this very test. A change of random streams, kernels or an algorithm's arithmetic changes them, and should do so on
// purpose; a machine or another version of Node never does.
test.each([
  ['REINFORCE, whole episodes', 'c4164cd84191ecef'],
  ['REINFORCE, fixed rollouts', '66a59ba780d971ae'],
  ['REINFORCE, continuous actions', '9c59110cf14b2c78'],
  ['A2C', 'c7947ec2ee39ae0c'],
  ['REINFORCE, one bit', 'ceebf56cb28390ca'],
  ['A2C, squashed continuous actions', '5bc683571d6f2c4e'],
])('the same bits on every machine: %s', async (name, expected) => {
  const [, build] = learners.find(([other]) => other === name)!;
  await using learner = build(1);
  await train(learner, 3000);
  expect(fingerprint(learner)).toBe(expected);
});

describe('schedules', () => {
  const build = () =>
    a2c()
      .env(vectorize(cartPole(), { numEnvs: 4 }))
      .policy(actorCritic({ encoder: linear() }))
      .options({ rolloutLength: 5, learningRate: linearSchedule(0.01, 0) })
      .build({ seed: 0 });
  const rates = (updates: readonly { readonly learningRate: number }[]) => updates.map(({ learningRate }) => learningRate);

  test('the learning rate goes down to 0 over the call', async () => {
    await using learner = build();
    const updates = await train(learner, 200);
    expect(rates(updates)).toEqual(Array.from({ length: 10 }, (_, i) => 0.01 + -0.01 * (i / 10)));
  });

  test('or over the horizon, in several calls as in one', async () => {
    await using once = build();
    await using twice = build();
    const updates = await train(once, 400);
    const parts = [...(await train(twice, { steps: 200, horizon: 400 })), ...(await train(twice, { steps: 200, horizon: 400 }))];
    expect(parts).toEqual(updates);
    expect(twice.policy.toBytes()).toEqual(once.policy.toBytes());
  });

  test('a rate of 0 moves nothing', async () => {
    await using learner = a2c()
      .env(cartPole())
      .policy(actorCritic({ encoder: linear() }))
      .options({ learningRate: () => 0 })
      .build({ seed: 0 });
    const before = learner.policy.toBytes();
    await train(learner, 100);
    expect(learner.policy.toBytes()).toEqual(before);
  });
});
