// REINFORCE with a Gaussian policy swings a pole up: 256 copies, 20 epochs of 1,000 steps in each.
import { reinforce } from '@pg/algos';
import { make, vectorize } from '@pg/envs';
import { diagonalGaussian, mlp } from '@pg/policies';
import { envOption } from '../shared/env-option.js';
import { exampleArguments } from '../shared/example-arguments.js';
import { meanOf } from '../shared/mean-of.js';
import { startRun } from '../shared/start-run.js';
import { testPolicy } from '../shared/test-policy.js';

const name = 'reinforce-swing-up';
const settings = exampleArguments({
  name,
  purpose: 'REINFORCE learns CartPoleSwingUp with a Gaussian policy, in 20 epochs of 1,000 steps in each of 256 copies; an epoch is an update.',
  budget: { updates: 20 },
  checkpointEvery: 5,
  options: {
    env: envOption('CartPoleSwingUp-v0', ['CartPoleSwingUp']),
    envs: { default: 256, whole: true, least: 1, description: 'copies of the environment' },
    rollout: { default: 1000, whole: true, least: 1, description: 'steps of an epoch in each copy' },
    units: { default: 64, whole: true, least: 1, description: 'units of each of the two hidden layers' },
    'log-std': { default: 0.5, description: 'log σ of the actions at first: σ² is e' },
    gamma: { default: 0.999, least: 0, description: 'discount' },
    rate: { default: 1e-2, least: 0, description: 'learning rate of Adam' },
  },
});

const environment = make(settings.env);
const algorithm = reinforce()
  .env(vectorize(environment, { numEnvs: settings.envs }))
  .policy(diagonalGaussian({ network: mlp([settings.units, settings.units], 'relu'), initialLogStd: settings['log-std'] }))
  .options({ gamma: settings.gamma, rolloutLength: settings.rollout, learningRate: settings.rate });

const example = { name, environment, algorithm, settings, stepsPerUpdate: settings.envs * settings.rollout, goal: { y: 5.8, label: 'published for v0: 5.8' } };
if (settings.test) await testPolicy(example);
else {
  const run = await startRun(example);
  for await (const update of run.train()) await run.record(update, { epochReturn: meanOf(update.returns) });
  await run.finish();
}
