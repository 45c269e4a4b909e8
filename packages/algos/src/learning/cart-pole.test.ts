import { cartPole, vectorize } from '@pg/envs';
import { actorCritic, categorical, linear, mlp } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { train } from '../../fixtures/learners.js';
import { a2c } from '../algorithms/a2c.js';
import { reinforce } from '../algorithms/reinforce.js';

describe.each([1, 2, 3])('seed %d', (seed) => {
  test('REINFORCE with a linear policy solves CartPole-v0 in 100 updates', async () => {
    await using learner = reinforce()
      .env(vectorize(cartPole({ version: 'v0' }), { numEnvs: 32 }))
      .policy(categorical({ network: linear() }))
      .options({ rolloutLength: 1000, learningRate: 0.1, baseline: 'mean-return' })
      .build({ seed });
    const untrained = await learner.evaluate();
    expect(untrained.meanReturn).toBeLessThan(150);
    const updates = await train(learner, 3_200_000);
    expect(updates).toHaveLength(100);
    expect((await learner.evaluate()).meanReturn).toBeGreaterThanOrEqual(195);
    expect(updates.at(-1)!.meanReturn).toBeGreaterThanOrEqual(180);
  });

  test('REINFORCE over whole episodes solves CartPole-v0', async () => {
    await using learner = reinforce()
      .env(vectorize(cartPole({ version: 'v0' }), { numEnvs: 16 }))
      .policy(categorical({ network: mlp([32]) }))
      .options({ learningRate: 1e-2, standardize: 'batch' })
      .build({ seed });
    await train(learner, 300_000);
    expect((await learner.evaluate()).meanReturn).toBeGreaterThanOrEqual(195);
  });

  // half of the steps are enough as a rule
  test('A2C reaches 195 on CartPole-v1 within 200,000 steps', async () => {
    await using learner = a2c()
      .env(vectorize(cartPole(), { numEnvs: 8 }))
      .policy(actorCritic({ encoder: mlp([64]) }))
      .options({ lambda: 0.95, learningRate: 3e-3 })
      .build({ seed });
    let first = Number.NaN;
    let best = 0;
    for await (const { episodes, meanReturn } of learner.train({ steps: 200_000 })) {
      if (Number.isNaN(first) && episodes >= 100) first = meanReturn;
      if (episodes >= 100) best = Math.max(best, meanReturn);
    }
    expect(first).toBeLessThan(60);
    expect(best).toBeGreaterThanOrEqual(195);
  });
});
