// A3C with a memory on Pong or Breakout from pictures: workers on threads of their own, each at its own pace, move one set of shared parameters.
import { isMainThread } from 'node:worker_threads';
import { a3c } from '@pg/algos';
import type { Box } from '@pg/core';
import { babyA3cFrames, make, rewardClip, vectorize } from '@pg/envs';
import { conv2d, elu } from '@pg/nn';
import { actorCriticGru, actorCriticLstm, type NetworkSpec } from '@pg/policies';
import { envOption } from '../shared/env-option.js';
import { exampleArguments } from '../shared/example-arguments.js';
import { settingsOf, withSettings } from '../shared/module-settings.js';
import { startRun } from '../shared/start-run.js';
import { testPolicy } from '../shared/test-policy.js';

const name = 'a3c-pong-lstm';
const readSettings = () =>
  exampleArguments({
    name,
    purpose: 'A3C learns Pong or Breakout from pictures with four convolutions and an LSTM (after baby-a3c).',
    budget: { steps: 10_000_000 },
    checkpointEvery: 2000,
    logEvery: 50,
    options: {
      env: envOption('Pong-v4', ['Pong', 'Breakout']),
      'frame-skip': {
        default: Number.POSITIVE_INFINITY,
        whole: true,
        least: 1,
        environment: true,
        description: 'frames that an action lasts; as --env says if not given',
      },
      'max-steps': { default: 10_000, whole: true, least: 1, environment: true, description: 'steps after which an episode is cut' },
      workers: { default: 20, whole: true, least: 0, description: 'threads that learn; 0 is this one alone, in the same order every time' },
      envs: { default: 1, whole: true, least: 1, description: 'copies of the environment in each worker' },
      memory: { default: 'lstm', choices: ['lstm', 'gru'], description: 'kind of memory' },
      units: { default: 256, whole: true, least: 1, description: 'units of the memory' },
      filters: { default: 32, whole: true, least: 1, description: 'filters of each convolution' },
      rollout: { default: 20, whole: true, least: 1, description: 'steps of a rollout' },
      gamma: { default: 0.99, least: 0, description: 'discount' },
      lambda: { default: 1, least: 0, description: 'λ of generalised advantage estimation' },
      rate: { default: 1e-4, least: 0, description: 'learning rate of the shared Adam' },
      entropy: { default: 0.01, least: 0, description: 'weight of the entropy' },
      'value-weight': { default: 0.5, least: 0, description: 'weight of the value loss' },
      clip: { default: 40, least: 0, description: 'gradients are clipped to this norm' },
    },
    presets: { fast: { env: 'PongDeterministic-v4', workers: 2, envs: 8, rate: 5e-4 } },
  });

// Workers import this file for the agent; the settings come with its address.
const settings = isMainThread ? readSettings() : settingsOf<ReturnType<typeof readSettings>>(import.meta.url);

const convolutions: NetworkSpec<Box<readonly [number, number, number]>> = {
  name: 'convolutions with ELU',
  inputRank: 3,
  layers: Array.from({ length: 4 }, () => [conv2d({ filters: settings.filters, kernel: 3, stride: 2, padding: 1 }), elu()]).flat(),
};

const { env, 'frame-skip': frameSkip, 'max-steps': maxSteps } = settings;
// An action of Pong-v4 lasts two to four frames, drawn anew for each. Breakout has the pictures of Pong, and other actions.
const environment = make(env as 'Pong-v4', { maxSteps, ...(Number.isFinite(frameSkip) && { frameSkip }) }).pipe(babyA3cFrames());

const memory = { lstm: actorCriticLstm, gru: actorCriticGru }[settings.memory];

export const agent = a3c()
  .env(vectorize(environment.pipe(rewardClip()), { numEnvs: settings.envs }))
  .policy(memory({ encoder: convolutions, units: settings.units }))
  .options({
    rolloutLength: settings.rollout,
    gamma: settings.gamma,
    lambda: settings.lambda,
    reduction: 'sum',
    valueCoef: settings['value-weight'],
    entropyCoef: settings.entropy,
    maxGradNorm: settings.clip,
    learningRate: settings.rate,
  });

if (isMainThread) {
  const threads = settings.workers === 0 ? {} : { workers: settings.workers, module: withSettings(import.meta.url, settings), export: 'agent' };
  const algorithm = { build: ({ seed }: { seed: number }) => agent.build({ seed, ...threads }), load: (path: string) => agent.load(path, threads) };
  const example = { name, environment, algorithm, settings, goal: env.includes('Pong') ? { y: 18, label: 'the published run' } : undefined };
  if (settings.test) await testPolicy(example);
  else {
    const run = await startRun(example);
    for await (const update of run.train()) await run.record(update);
    await run.finish();
  }
}
