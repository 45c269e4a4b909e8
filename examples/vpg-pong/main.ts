// Vanilla policy gradient on Pong: epochs of 20 episodes, seen as differences of 40×40 pictures.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reinforce } from '@pg/algos';
import { pong, vpgDifference } from '@pg/envs';
import { learningCurve, metricCurve, readRun } from '@pg/monitor';
import { categorical, mlp } from '@pg/policies';
import { envOption } from '../shared/env-option.js';
import { exampleArguments } from '../shared/example-arguments.js';
import { meanOf } from '../shared/mean-of.js';
import { startRun } from '../shared/start-run.js';
import { testPolicy } from '../shared/test-policy.js';

const name = 'vpg-pong';
const settings = exampleArguments({
  name,
  purpose: 'Vanilla policy gradient learns Pong in 600 epochs of 20 episodes, with two actions.',
  budget: { updates: 600 },
  checkpointEvery: 5,
  options: {
    env: envOption('PongDeterministic-v4', ['Pong']),
    window: { default: 3, whole: true, least: 2, environment: true, description: 'observations from the older to the newer of a difference' },
    units: { default: 128, whole: true, least: 1, description: 'hidden units' },
    batch: { default: 20, whole: true, least: 1, description: 'episodes of an epoch' },
    gamma: { default: 0.99, least: 0, description: 'discount' },
    rate: { default: 2.5e-4, least: 0, description: 'learning rate of Adam' },
    reset: { default: false, description: 'returns begin anew when a point ends' },
  },
  presets: { fast: { rate: 2e-3 } },
});

const environment = pong({ version: settings.env, actions: 'two', maxSteps: 10_000 }).pipe(vpgDifference({ window: settings.window }));
const algorithm = reinforce()
  .env(environment)
  .policy(categorical({ network: mlp([settings.units], 'relu') }))
  .options({
    gamma: settings.gamma,
    resetOnReward: settings.reset,
    standardize: 'episode',
    episodesPerUpdate: settings.batch,
    rolloutsPerUpdate: settings.batch, // one episode after the other, in the memory of one
    learningRate: settings.rate,
  });

const example = { name, environment, algorithm, settings, goal: { y: 0, label: 'as good as the opponent' } };
if (settings.test) await testPolicy(example);
else {
  const run = await startRun(example);
  for await (const update of run.train()) await run.record(update, { epochReturn: meanOf(update.returns) });
  await run.finish();
  // all rows of the run, those before it was resumed included
  const { metrics } = readRun(run.directory);
  const draw = (file: string, metric: string, yLabel: string) => {
    const points = metricCurve(metrics, { over: 'updates', metric });
    writeFileSync(join(run.directory, file), learningCurve([{ label: name, points }], { xLabel: 'epoch', yLabel }));
  };
  draw('returns.svg', 'train/epoch_return', 'mean return of the epoch');
  draw('losses.svg', 'train/policy_loss', 'loss');
}
