// Short training runs that between them use every kind of layer, distribution and algorithm. Runs in Node and in a browser alike.
import { a2c, reinforce } from '@pg/algos';
import { box, discrete } from '@pg/core';
import { cartPole, defineEnv, swingUp, vectorize } from '@pg/envs';
import { createSharedMemory, wasmEngine } from '@pg/nn';
import { actorCritic, categorical, conv, diagonalGaussian, mlp } from '@pg/policies';
import { agent } from './agent.mjs';

const SIDE = 12;

/** A bright pixel wanders over a dark image; the actions move it left and right, and the middle column pays. */
const pixelEnv = defineEnv({
  id: 'pixel',
  observation: box({ shape: [SIDE, SIDE, 1], low: 0, high: 1 }),
  action: discrete(3),
  maxSteps: 40,
  init: (rng) => ({ row: rng.integer(SIDE), column: rng.integer(SIDE) }),
  step: ({ row, column }, action, rng) => {
    const moved = Math.min(SIDE - 1, Math.max(0, column + action - 1));
    const next = { row: (row + rng.integer(3)) % SIDE, column: moved };
    return { state: next, reward: moved === SIDE / 2 ? 1 : 0, terminated: false };
  },
  observe: ({ row, column }) => Array.from({ length: SIDE * SIDE }, (_, i) => (i === row * SIDE + column ? 1 : 0.1)),
});

const balance = () =>
  a2c()
    .env(vectorize(cartPole(), { numEnvs: 8 }))
    .policy(actorCritic({ encoder: mlp([32, 32]) }))
    .options({ lambda: 0.95, rolloutLength: 16, entropyCoef: 0.01, normalizeAdvantages: true });

/** Runs that differ only in where the numbers lie, in whether they were stopped on the way, or in the thread. */
export const twins = /** @type {const} */ ([
  ['A2C, actorCritic, CartPole', 'A2C, actorCritic, CartPole, shared memory', 'A2C, actorCritic, CartPole, stopped and resumed'],
  ['A3C, LSTM, CartPole', 'A3C, LSTM, CartPole, one worker'],
]);

/** Where the workers of A3C find the agent: beside this file, or beside the page's. */
const threads = { module: new URL('./agent.mjs', import.meta.url), export: 'agent' };

/** What is trained, and for how many steps. */
const runs = {
  'REINFORCE, mlp, CartPole': () => ({
    steps: 4000,
    learner: reinforce()
      .env(vectorize(cartPole(), { numEnvs: 8 }))
      .policy(categorical({ network: mlp([32]) }))
      .options({ standardize: 'batch', learningRate: 1e-2 })
      .build({ seed: 11 }),
  }),
  'A2C, actorCritic, CartPole': () => ({ steps: 4000, learner: balance().build({ seed: 12 }) }),
  'A2C, actorCritic, CartPole, shared memory': () => ({
    steps: 4000,
    learner: balance().build({ seed: 12, engine: wasmEngine({ memory: createSharedMemory({ megabytes: 4 }) }) }),
  }),
  'A2C, actorCritic, CartPole, stopped and resumed': async () => {
    const first = balance().build({ seed: 12 });
    for await (const _ of first.train({ steps: 2000 }));
    const learner = await balance().load(first.toCheckpoint());
    first.dispose();
    return { steps: 2000, learner };
  },
  'A3C, LSTM, CartPole': () => ({ steps: 4000, learner: agent.build({ seed: 15 }) }),
  'A3C, LSTM, CartPole, one worker': () => ({ steps: 4000, learner: agent.build({ seed: 15, workers: 1, ...threads }) }),
  'REINFORCE, Gaussian, swing-up': () => ({
    steps: 8000,
    learner: reinforce()
      .env(vectorize(swingUp(), { numEnvs: 8 }))
      .policy(diagonalGaussian({ network: mlp([32], 'relu') }))
      .options({ rolloutLength: 100, baseline: 'mean-return', maxGradNorm: 1 })
      .build({ seed: 13 }),
  }),
  'A2C, conv, images': () => ({
    steps: 1600,
    learner: a2c()
      .env(vectorize(pixelEnv, { numEnvs: 4 }))
      .policy(actorCritic({ encoder: conv([{ filters: 8, kernel: 3, stride: 2, padding: 1 }], [16]) }))
      .options({ rolloutLength: 10 })
      .build({ seed: 14 }),
  }),
};

/**
 * Trains each run from its seed.
 *
 * @returns {Promise<Record<string, string>>} the SHA-256 of each run's last checkpoint
 */
export async function trainAll() {
  /** @type {Record<string, string>} */
  const hashes = {};
  for (const [name, make] of Object.entries(runs)) hashes[name] = await train(await make());
  hashes['A3C, LSTM, CartPole, two workers'] = await trainTwoWorkers();
  return hashes;
}

/** Two workers end in another state each time, but lose no update, and take no more after a signal. */
async function trainTwoWorkers() {
  const learner = agent.build({ seed: 16, workers: 2, ...threads });
  const stop = new AbortController();
  let [made, wrong] = [0, 0];
  for await (const { updates, step, worker } of learner.train({ steps: 1e9, signal: stop.signal })) {
    made += 1;
    if (updates !== made || step !== 40 * made || worker > 1) wrong += 1;
    if (made === 100) stop.abort();
  }
  const isWhole = learner.step === 40 * made && learner.toCheckpoint().length > 0;
  await learner[Symbol.asyncDispose]();
  return `${wrong} updates out of order, ${isWhole ? 'all' : 'not all'} of them seen`;
}

/**
 * @param {object} run
 * @param {number} run.steps
 * @param {{ train(options: { steps: number }): AsyncIterable<unknown>, toCheckpoint(): Uint8Array, dispose(): void }} run.learner
 */
async function train({ steps, learner }) {
  for await (const _ of learner.train({ steps }));
  const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(learner.toCheckpoint()));
  learner.dispose();
  return hexadecimal(new Uint8Array(hash));
}

/** @param {Uint8Array} bytes */
function hexadecimal(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
