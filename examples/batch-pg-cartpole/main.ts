// Batch policy gradient on CartPole: one hidden layer, one output, plain gradient ascent after every 50 episodes.
import { reinforce } from '@pg/algos';
import { make } from '@pg/envs';
import { scaledNormal, sgd } from '@pg/nn';
import { bernoulli, mlp } from '@pg/policies';
import { envOption } from '../shared/env-option.js';
import { exampleArguments } from '../shared/example-arguments.js';
import { startRun } from '../shared/start-run.js';
import { testPolicy } from '../shared/test-policy.js';

const name = 'batch-pg-cartpole';
const settings = exampleArguments({
  name,
  purpose: 'Batch policy gradient learns CartPole in 1,500 episodes, with summed gradients and no optimiser but a step size.',
  budget: { episodes: 1500 },
  checkpointEvery: 5,
  options: {
    env: envOption('CartPole-v1', ['CartPole']),
    units: { default: 200, whole: true, least: 1, description: 'hidden units' },
    batch: { default: 50, whole: true, least: 1, description: 'episodes an update' },
    gamma: { default: 0.99, least: 0, description: 'discount' },
    rate: { default: 1e-3, least: 0, description: 'step size of gradient ascent' },
  },
});

const environment = make(settings.env);
const init = { bias: false, weightInit: scaledNormal() };
const algorithm = reinforce()
  .env(environment)
  .policy(bernoulli({ network: mlp([settings.units], 'relu', init), output: init }))
  .options({
    gamma: settings.gamma,
    standardize: 'episode',
    episodesPerUpdate: settings.batch,
    reduction: 'sum',
    learningRate: settings.rate,
    optimizer: sgd(),
  });

const example = { name, environment, algorithm, settings, goal: { y: 195, label: '195' } };
if (settings.test) await testPolicy(example);
else {
  const run = await startRun(example);
  for await (const update of run.train()) await run.record(update);
  await run.finish();
}
