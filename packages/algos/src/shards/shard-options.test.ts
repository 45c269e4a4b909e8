import { cartPole, normalizeRewards, vectorize } from '@pg/envs';
import { actorCritic, mlp } from '@pg/policies';
import { expect, test } from 'vitest';
import { a2c } from '../algorithms/a2c.js';
import { ppo } from '../algorithms/ppo.js';
import { shardsOf } from './shard-options.js';

const policy = actorCritic({ encoder: mlp([8]) });

test.each([
  [1, 1],
  [64, 1],
  [127, 1],
  [128, 2],
  [129, 1],
  [192, 2],
  [256, 4],
  [384, 4],
  [512, 8],
  [2048, 8],
])('%i copies form %i shards by default', (numEnvs, expected) => {
  expect(shardsOf('a2c', undefined, vectorize(cartPole(), { numEnvs }))).toBe(expected);
});

test('copies that share what they are normalised by form one', () => {
  const env = vectorize(cartPole().pipe(normalizeRewards({ gamma: 0.99 })), { numEnvs: 512 });
  expect(shardsOf('a2c', undefined, env)).toBe(1);
  expect(shardsOf('a2c', 1, env)).toBe(1);
  expect(() => shardsOf('a2c', 2, env)).toThrow('a2c: got shards: 2 with CartPole-v1 | ');
  expect(() => shardsOf('a2c', 2, env)).toThrow(
    'whose copies share what they are normalised by; expected one shard. Leave "shards" out, or the normalisation.',
  );
});

test('copies have to come out even', () => {
  const builder = a2c()
    .env(vectorize(cartPole(), { numEnvs: 8 }))
    .policy(policy)
    .options({ shards: 3 });
  expect(() => builder.build({ seed: 0 })).toThrow('a2c: got shards: 3 with 8 environments; expected a number that divides 8.');
  expect(() => builder.options({ shards: 0 })).toThrow('a2c().options: got shards: 0;');
});

test('PPO: and so do minibatches', () => {
  const builder = ppo()
    .env(vectorize(cartPole(), { numEnvs: 8 }))
    .policy(policy)
    .options({ shards: 4, minibatchSize: 30 });
  expect(() => builder.build({ seed: 0 })).toThrow(
    'ppo: got shards: 4 with minibatchSize: 30; expected a multiple of 4 steps. Every shard gives as many steps to a minibatch: change one of the two.',
  );
});

test('the number of shards belongs to a checkpoint', async () => {
  const builder = a2c()
    .env(vectorize(cartPole(), { numEnvs: 8 }))
    .policy(policy);
  await using learner = builder.options({ shards: 2 }).build({ seed: 0 });
  await expect(builder.load(learner.toCheckpoint())).rejects.toThrow('got a checkpoint with options.shards: 2; expected options.shards: 1,');
});
