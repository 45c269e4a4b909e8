// Advantage actor-critic on Pong from pixels: many environments in one process, one forward pass for all of them at each step.
import { a2c } from '@pg/algos';
import { linearSchedule } from '@pg/core';
import { karpathyDifference, pong, vectorize } from '@pg/envs';
import { rmsprop, scaledNormal } from '@pg/nn';
import { actorCritic, mlp } from '@pg/policies';
import { envOption } from '../shared/env-option.js';
import { exampleArguments } from '../shared/example-arguments.js';
import { startRun } from '../shared/start-run.js';
import { testPolicy } from '../shared/test-policy.js';

const name = 'a2c-pong';
const settings = exampleArguments({
  name,
  purpose: 'A2C learns Pong from differences of 80×80 pictures (after the parallel actor-critic of MinPy).',
  budget: { steps: 6_000_000 },
  checkpointEvery: 1000,
  options: {
    env: envOption('PongDeterministic-v4', ['Pong']),
    envs: { default: 16, whole: true, least: 1, description: 'copies of the environment' },
    autoreset: { default: false, description: 'copies start their next episode at once; else they play in rounds, until the last has ended' },
    units: { default: 200, whole: true, least: 1, description: 'hidden units' },
    rollout: { default: 50, whole: true, least: 1, description: 'steps of a rollout in each copy' },
    gamma: { default: 0.99, least: 0, description: 'discount' },
    lambda: { default: 1, least: 0, description: 'λ of generalised advantage estimation' },
    rate: { default: 1e-3, least: 0, description: 'learning rate of RMSProp' },
    'final-rate': { default: 1e-3, least: 0, description: 'learning rate at the end; it changes along a line' },
    entropy: { default: 0.01, least: 0, description: 'weight of the entropy' },
    'final-entropy': { default: 0.01, least: 0, description: 'weight of the entropy at the end; it changes along a line' },
    'value-weight': { default: 0.5, least: 0, description: 'weight of the value loss' },
    clip: { default: 40, least: 0, description: 'each element of the gradients is clipped to ± this' },
  },
  presets: {
    fast: { autoreset: true, steps: 3_500_000, rate: 3e-3, 'final-rate': 1e-4, 'final-entropy': 0 },
    steady: { steps: 4_000_000, 'final-rate': 1e-4, 'final-entropy': 0 },
  },
});

const environment = pong({ version: settings.env }).pipe(karpathyDifference());
const init = { bias: false, weightInit: scaledNormal() };
const algorithm = a2c()
  .env(vectorize(environment, { numEnvs: settings.envs }))
  .policy(actorCritic({ encoder: mlp([settings.units], 'relu', init), output: init, valueOutput: { weightInit: scaledNormal() } }))
  .options({
    gamma: settings.gamma,
    lambda: settings.lambda,
    rolloutLength: settings.rollout,
    rounds: !settings.autoreset,
    reduction: 'sum',
    valueCoef: settings['value-weight'],
    entropyCoef: linearSchedule(settings.entropy, settings['final-entropy']),
    maxGradValue: settings.clip,
    maxGradNorm: Number.POSITIVE_INFINITY,
    learningRate: linearSchedule(settings.rate, settings['final-rate']),
    optimizer: rmsprop(),
  });

const example = { name, environment, algorithm, settings, goal: { y: 20, label: '20 of 21' } };
if (settings.test) await testPolicy(example);
else {
  const run = await startRun(example);
  for await (const update of run.train()) await run.record(update);
  await run.finish();
}
