// REINFORCE learns to balance a pole: 32 copies of CartPole, a policy that is linear in the four numbers it sees.
import { reinforce } from '@pg/algos';
import { linearSchedule } from '@pg/core';
import { make, vectorize } from '@pg/envs';
import { adam } from '@pg/nn';
import { categorical, linear } from '@pg/policies';
import { envOption } from '../shared/env-option.js';
import { exampleArguments } from '../shared/example-arguments.js';
import { meanOf } from '../shared/mean-of.js';
import { startRun } from '../shared/start-run.js';
import { testPolicy } from '../shared/test-policy.js';

const name = 'reinforce-cartpole';
const settings = exampleArguments({
  name,
  purpose: 'REINFORCE learns CartPole in 100 epochs of 1,000 steps in each of 32 copies; an epoch is an update.',
  budget: { updates: 100 },
  checkpointEvery: 20,
  options: {
    env: envOption('CartPole-v0', ['CartPole']),
    envs: { default: 32, whole: true, least: 1, description: 'copies of the environment' },
    rollout: { default: 1000, whole: true, least: 1, description: 'steps of an epoch in each copy' },
    gamma: { default: 0.99, least: 0, description: 'discount' },
    baseline: { default: 'none', choices: ['none', 'mean-return'], description: 'what is subtracted from returns' },
    rate: { default: 0.1, least: 0, description: 'learning rate of Adam' },
    'final-rate': { default: 0.1, least: 0, description: 'learning rate at the end; it changes along a line' },
    beta1: { default: 0.9, least: 0, description: "memory of Adam's direction" },
    beta2: { default: 0.999, least: 0, description: "memory of Adam's step sizes" },
  },
  presets: {
    fast: { 'final-rate': 0 },
    steady: { gamma: 1, baseline: 'mean-return', beta1: 0.98, beta2: 0.99 },
  },
});

const environment = make(settings.env);
const algorithm = reinforce()
  .env(vectorize(environment, { numEnvs: settings.envs }))
  .policy(categorical({ network: linear() }))
  .options({
    gamma: settings.gamma,
    rolloutLength: settings.rollout,
    baseline: settings.baseline,
    learningRate: linearSchedule(settings.rate, settings['final-rate']),
    optimizer: adam({ beta1: settings.beta1, beta2: settings.beta2 }),
  });

const example = { name, environment, algorithm, settings, stepsPerUpdate: settings.envs * settings.rollout };
if (settings.test) await testPolicy(example);
else {
  const run = await startRun(example);
  for await (const update of run.train()) await run.record(update, { epochReturn: meanOf(update.returns) });
  await run.finish();
}
