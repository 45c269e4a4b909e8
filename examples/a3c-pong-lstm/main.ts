// A3C with an LSTM on Pong from pixels: workers on threads of their own, each at its own pace, move one set of shared parameters.
import { isMainThread } from 'node:worker_threads';
import { a3c } from '@pg/algos';
import type { Box } from '@pg/core';
import { babyA3cFrames, pong, vectorize } from '@pg/envs';
import { conv2d, elu } from '@pg/nn';
import { actorCriticLstm, type NetworkSpec } from '@pg/policies';
import { exampleArguments } from '../shared/example-arguments.js';
import { settingsOf, withSettings } from '../shared/module-settings.js';
import { startRun } from '../shared/start-run.js';
import { testPolicy } from '../shared/test-policy.js';

const name = 'a3c-pong-lstm';
const readSettings = () =>
  exampleArguments({
    name,
    purpose: 'A3C learns Pong from pictures with four convolutions and an LSTM (after baby-a3c).',
    budget: { steps: 10_000_000 },
    checkpointEvery: 2000,
    options: {
      workers: { default: 2, whole: true, least: 0, description: 'threads that learn; 0 is this one alone, in the same order every time' },
      envs: { default: 1, whole: true, least: 1, description: 'copies of the environment in each worker' },
      units: { default: 256, whole: true, least: 1, description: 'size of the LSTM' },
      filters: { default: 32, whole: true, least: 1, description: 'filters of each convolution' },
      rollout: { default: 20, whole: true, least: 1, description: 'steps of a rollout' },
      gamma: { default: 0.99, least: 0, description: 'discount' },
      lambda: { default: 1, least: 0, description: 'of generalised advantage estimation' },
      rate: { default: 1e-4, least: 0, description: 'learning rate of the shared Adam' },
      entropy: { default: 0.01, least: 0, description: 'weight of the entropy' },
    },
    presets: { fast: { envs: 8, rate: 5e-4 } },
  });

// Workers import this file for the agent; the settings come with its address.
const settings = isMainThread ? readSettings() : settingsOf<ReturnType<typeof readSettings>>(import.meta.url);

const convolutions: NetworkSpec<Box<readonly [number, number, number]>> = {
  name: 'convolutions with ELU',
  inputRank: 3,
  layers: Array.from({ length: 4 }, () => [conv2d({ filters: settings.filters, kernel: 3, stride: 2, padding: 1 }), elu()]).flat(),
};

// Rewards of Pong are -1, 0 and 1 already: there is nothing to clip.
const environment = pong({ version: 'PongDeterministic-v4', maxSteps: 10_000 }).pipe(babyA3cFrames());

export const agent = a3c()
  .env(vectorize(environment, { numEnvs: settings.envs }))
  .policy(actorCriticLstm({ encoder: convolutions, units: settings.units }))
  .options({
    rolloutLength: settings.rollout,
    gamma: settings.gamma,
    lambda: settings.lambda,
    reduction: 'sum',
    valueCoef: 0.5,
    entropyCoef: settings.entropy,
    maxGradNorm: 40,
    learningRate: settings.rate,
  });

if (isMainThread) {
  const threads = settings.workers === 0 ? {} : { workers: settings.workers, module: withSettings(import.meta.url, settings), export: 'agent' };
  const algorithm = { build: ({ seed }: { seed: number }) => agent.build({ seed, ...threads }), load: (path: string) => agent.load(path, threads) };
  const example = { name, environment, algorithm, settings, goal: { y: 18, label: 'the published run' } };
  if (settings.test) await testPolicy(example);
  else {
    const run = await startRun(example);
    for await (const update of run.train()) await run.record(update);
    await run.finish();
  }
}
