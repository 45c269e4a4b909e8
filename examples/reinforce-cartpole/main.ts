// REINFORCE learns to balance a pole: 32 copies of CartPole-v0, a policy that is linear in the four numbers it sees.
import { join, relative } from 'node:path';
import { reinforce } from '@pg/algos';
import { linearSchedule } from '@pg/core';
import { cartPole, vectorize } from '@pg/envs';
import { createRun, freeDirectory, progressBar } from '@pg/monitor';
import { categorical, linear } from '@pg/policies';
import { parseArguments } from '../shared/arguments.js';

const {
  seed,
  envs,
  steps,
  rate,
  'final-rate': finalRate,
  name,
} = parseArguments('Trains REINFORCE on CartPole-v0 and plays 100 fresh episodes.', {
  seed: { default: 0, whole: true, description: 'the root of all randomness: the same seed, the same result' },
  envs: { default: 32, whole: true, least: 1, description: 'copies of the environment' },
  steps: { default: 3_200_000, whole: true, least: 1, description: 'environment steps to train for, over all copies' },
  rate: { default: 0.1, least: 0, description: 'learning rate of Adam at the start' },
  'final-rate': { default: 0, least: 0, description: 'learning rate at the end; it changes along a line' },
  name: { default: '', description: 'folder below runs/ for the results' },
});

const environment = cartPole({ version: 'v0' });
const options = { gamma: 0.99, rolloutLength: 1000, learningRate: linearSchedule(rate, finalRate) };
const learner = reinforce()
  .env(vectorize(environment, { numEnvs: envs }))
  .policy(categorical({ network: linear() }))
  .options(options)
  .build({ seed });

const run = createRun({
  directory: name ? join('runs', name) : freeDirectory('runs', `reinforce-cartpole-seed-${seed}`),
  config: {
    algorithm: 'reinforce',
    environment: environment.id,
    seed,
    envs,
    steps,
    gamma: options.gamma,
    rolloutLength: options.rolloutLength,
    rate,
    finalRate,
  },
  curve: { title: `REINFORCE on ${environment.id}, seed ${seed}`, reference: { y: 195, label: 'solved at 195' } },
});

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort()); // the second Ctrl-C ends the program at once

const bar = progressBar({ total: steps });
const started = performance.now();
try {
  for await (const update of learner.train({ steps, signal: stop.signal })) {
    bar.update(update);
    run.record(update);
  }
} finally {
  bar.stop();
  await learner.save(join(run.directory, 'policy.safetensors'));
}
const seconds = (performance.now() - started) / 1000;

const { meanReturn, stdReturn } = await learner.evaluate({ episodes: 100, greedy: true });
await run.finish({ trainingSeconds: seconds, evaluation: { episodes: 100, meanReturn, stdReturn } });

const verb = stop.signal.aborted ? 'Stopped after' : 'Trained for';
console.log(`${verb} ${learner.step.toLocaleString('en')} steps in ${seconds.toFixed(1)} s with seed ${seed}.`);
console.log(`Played 100 fresh episodes: mean return ${meanReturn.toFixed(1)} of ${environment.maxSteps} (solved from ${environment.rewardThreshold}).`);
console.log(`Policy, metrics and learning curve are in ${relative('.', run.directory)}/`);
learner.dispose();
