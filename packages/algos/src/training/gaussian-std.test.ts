import { swingUp } from '@pg/envs';
import { actorCritic, diagonalGaussian, linear } from '@pg/policies';
import { expect, test } from 'vitest';
import { learners, train } from '../../fixtures/learners.js';
import { a2c } from '../algorithms/a2c.js';
import { reinforce } from '../algorithms/reinforce.js';

test('an update says the standard deviation that it has left', async () => {
  await using learner = a2c()
    .env(swingUp())
    .policy(actorCritic({ encoder: linear(), initialLogStd: -0.5 }))
    .options({ rolloutLength: 20, learningRate: 0.1 })
    .build({ seed: 1 });
  const stds = (await train(learner, 60)).map(({ std }) => std!);
  expect(Math.abs(stds[0]! - Math.exp(-0.5))).toBeLessThan(0.1);
  expect(stds[1]).not.toBe(stds[0]);
  const logStd = learner.policy.parameters.find(({ name }) => name === 'logStd')!.values;
  expect(stds[2]).toBeCloseTo(Math.exp(logStd[0]!), 6);
});

test('choices have none, nor has a σ that depends on the observation', async () => {
  await using choices = learners.find(([name]) => name === 'PPO')![1](1);
  expect((await train(choices, 20))[0]).not.toHaveProperty('std');
  await using head = reinforce()
    .env(swingUp({ maxSteps: 10 }))
    .policy(diagonalGaussian({ network: linear(), logStd: 'head' }))
    .build({ seed: 1 });
  expect((await train(head, 20))[0]).not.toHaveProperty('std');
});
