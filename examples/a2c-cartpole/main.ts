// Advantage actor-critic on CartPole, as a2c-pong does it: 16 copies in rounds, summed losses, rollouts of 50 steps.
import { a2c } from '@pg/algos';
import { linearSchedule } from '@pg/core';
import { make, vectorize } from '@pg/envs';
import { rmsprop, scaledNormal } from '@pg/nn';
import { actorCritic, mlp } from '@pg/policies';
import { envOption } from '../shared/env-option.js';
import { exampleArguments } from '../shared/example-arguments.js';
import { startRun } from '../shared/start-run.js';
import { testPolicy } from '../shared/test-policy.js';

const name = 'a2c-cartpole';
const settings = exampleArguments({
  name,
  purpose: 'A2C learns CartPole (after the parallel actor-critic of MinPy).',
  budget: { steps: 2_000_000 },
  checkpointEvery: 1000,
  options: {
    env: envOption('CartPole-v0', ['CartPole']),
    envs: { default: 16, whole: true, least: 1, description: 'copies of the environment; they play in rounds' },
    units: { default: 200, whole: true, least: 1, description: 'hidden units' },
    rollout: { default: 50, whole: true, least: 1, description: 'steps of a rollout in each copy' },
    gamma: { default: 0.99, least: 0, description: 'discount' },
    lambda: { default: 1, least: 0, description: 'λ of generalised advantage estimation' },
    rate: { default: 1e-3, least: 0, description: 'learning rate of RMSProp' },
    'final-rate': { default: 1e-3, least: 0, description: 'learning rate at the end; it changes along a line' },
    entropy: { default: 0.01, least: 0, description: 'weight of the entropy' },
    'value-weight': { default: 0.5, least: 0, description: 'weight of the value loss' },
    clip: { default: 40, least: 0, description: 'each element of the gradients is clipped to ± this' },
  },
  presets: { fast: { rollout: 200, rate: 3e-4, 'final-rate': 0, 'value-weight': 0.05 } },
});

const environment = make(settings.env);
const init = { bias: false, weightInit: scaledNormal() };
const algorithm = a2c()
  .env(vectorize(environment, { numEnvs: settings.envs }))
  .policy(actorCritic({ encoder: mlp([settings.units], 'relu', init), output: init, valueOutput: { weightInit: scaledNormal() } }))
  .options({
    gamma: settings.gamma,
    lambda: settings.lambda,
    rolloutLength: settings.rollout,
    rounds: true,
    reduction: 'sum',
    valueCoef: settings['value-weight'],
    entropyCoef: settings.entropy,
    maxGradValue: settings.clip,
    maxGradNorm: Number.POSITIVE_INFINITY,
    learningRate: linearSchedule(settings.rate, settings['final-rate']),
    optimizer: rmsprop(),
  });

const example = { name, environment, algorithm, settings };
if (settings.test) await testPolicy(example);
else {
  const run = await startRun(example);
  for await (const update of run.train()) await run.record(update);
  await run.finish();
}
