// REINFORCE with a Gaussian policy swings a pole up: 256 copies, 20 epochs of 1,000 steps in each.
import { reinforce } from '@pg/algos';
import { swingUp, vectorize } from '@pg/envs';
import { diagonalGaussian, mlp } from '@pg/policies';
import { exampleArguments } from '../shared/example-arguments.js';
import { meanOf } from '../shared/mean-of.js';
import { startRun } from '../shared/start-run.js';
import { testPolicy } from '../shared/test-policy.js';

const name = 'reinforce-swing-up';
const settings = exampleArguments({
  name,
  purpose: 'REINFORCE learns CartPoleSwingUp-v0 with a Gaussian policy, from 20 epochs of 1,000 steps in each of 256 copies.',
  budget: { steps: 5_120_000 },
  checkpointEvery: 5,
  options: {
    envs: { default: 256, whole: true, least: 1, description: 'copies of the environment' },
    rollout: { default: 1000, whole: true, least: 1, description: 'steps of an epoch in each copy' },
    gamma: { default: 0.999, least: 0, description: 'discount' },
    rate: { default: 1e-2, least: 0, description: 'learning rate of Adam' },
  },
});

const environment = swingUp({ version: 'v0' });
const algorithm = reinforce()
  .env(vectorize(environment, { numEnvs: settings.envs }))
  .policy(diagonalGaussian({ network: mlp([64, 64], 'relu'), initialLogStd: 0.5 })) // σ² is e at first
  .options({ gamma: settings.gamma, rolloutLength: settings.rollout, learningRate: settings.rate });

const example = { name, environment, algorithm, settings, goal: { y: 5.8, label: 'published: 5.8' } };
if (settings.test) await testPolicy(example);
else {
  const run = await startRun(example);
  for await (const update of run.train()) await run.record(update, { epochReturn: meanOf(update.returns) });
  await run.finish();
}
