// REINFORCE on Pong from pixels: one hidden layer, one output, the probability of moving up (Karpathy 2016).
import { reinforce } from '@pg/algos';
import { karpathyDifference, pong } from '@pg/envs';
import { rmsprop, scaledNormal } from '@pg/nn';
import { bernoulli, mlp } from '@pg/policies';
import { envOption } from '../shared/env-option.js';
import { exampleArguments } from '../shared/example-arguments.js';
import { startRun } from '../shared/start-run.js';
import { testPolicy } from '../shared/test-policy.js';

const name = 'reinforce-pong';
const settings = exampleArguments({
  name,
  purpose: 'REINFORCE learns Pong from differences of 80×80 pictures, with two actions (after Pong from Pixels).',
  budget: { episodes: 10_000 },
  checkpointEvery: 20,
  options: {
    env: envOption('PongDeterministic-v4', ['Pong']),
    units: { default: 200, whole: true, least: 1, description: 'hidden units' },
    batch: { default: 10, whole: true, least: 1, description: 'episodes an update' },
    gamma: { default: 0.99, least: 0, description: 'discount; returns begin anew when a point ends' },
    rate: { default: 1e-4, least: 0, description: 'learning rate of RMSProp' },
  },
  presets: { fast: { rate: 1e-3, episodes: 2000 } },
});

const environment = pong({ version: settings.env, actions: 'two', maxSteps: 10_000 }).pipe(karpathyDifference());
const init = { bias: false, weightInit: scaledNormal() };
const algorithm = reinforce()
  .env(environment)
  .policy(bernoulli({ network: mlp([settings.units], 'relu', init), output: init }))
  .options({
    gamma: settings.gamma,
    resetOnReward: true,
    standardize: 'episode',
    episodesPerUpdate: settings.batch,
    rolloutsPerUpdate: settings.batch, // one episode after the other, in the memory of one
    reduction: 'sum',
    learningRate: settings.rate,
    optimizer: rmsprop({ alpha: 0.99, epsilon: 1e-5 }),
  });

const example = { name, environment, algorithm, settings, goal: { y: 0, label: 'as good as the opponent' } };
if (settings.test) await testPolicy(example);
else {
  const run = await startRun(example);
  for await (const update of run.train()) await run.record(update);
  await run.finish();
}
