// Short training runs that between them use every kind of layer, distribution and algorithm. They are bundled, and run wherever JavaScript does.
import { a2c, reinforce } from '@pg/algos';
import { box, discrete } from '@pg/core';
import { cartPole, defineEnv, swingUp, vectorize } from '@pg/envs';
import { createSharedMemory, wasmEngine } from '@pg/nn';
import { actorCritic, bernoulli, categorical, conv, createPolicy, diagonalGaussian, loadPolicy, mlp } from '@pg/policies';
import { agent } from './agent.mjs';
import { trainCompositions } from './compositions.mjs';
import { sha256 } from './sha256.mjs';

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

/** Where the workers of A3C find the agent: beside this file, or beside the page's. */
const placeOfAgent = () => ({ module: new URL('./agent.mjs', import.meta.url), export: 'agent' });

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
  'A2C, actorCritic, CartPole, stopped and resumed': async () => {
    const first = balance().build({ seed: 12 });
    for await (const _ of first.train({ steps: 2000 }));
    const learner = await balance().load(first.toCheckpoint());
    first.dispose();
    return { steps: 2000, learner };
  },
  'A3C, LSTM, CartPole': () => ({ steps: 4000, learner: agent.build({ seed: 15 }) }),
  'REINFORCE, Gaussian, swing-up': () => ({
    steps: 8000,
    learner: reinforce()
      .env(vectorize(swingUp(), { numEnvs: 8 }))
      .policy(diagonalGaussian({ network: mlp([32], 'relu') }))
      .options({ rolloutLength: 100, baseline: 'mean-return', maxGradNorm: 1 })
      .build({ seed: 13 }),
  }),
  'REINFORCE, Bernoulli, elu': () => ({
    steps: 2000,
    learner: reinforce()
      .env(vectorize(cartPole(), { numEnvs: 4 }))
      .policy(bernoulli({ network: mlp([16, 16], 'elu') }))
      .options({ rolloutLength: 50, entropyCoef: 0.01, maxGradValue: 0.1 })
      .build({ seed: 18 }),
  }),
  'A2C, squashed Gaussian with a head, sigmoid': () => ({
    steps: 2000,
    learner: a2c()
      .env(vectorize(swingUp(), { numEnvs: 4 }))
      .policy(actorCritic({ encoder: mlp([16, 16], 'sigmoid'), squash: true, logStd: 'head' }))
      .options({ rolloutLength: 20, entropyCoef: 0.01, valueLoss: { huber: 2 } })
      .build({ seed: 19 }),
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

/** What only a host with threads, or with memory that threads share, can train. */
const onThreads = {
  'A2C, actorCritic, CartPole, shared memory': () => ({
    steps: 4000,
    learner: balance().build({ seed: 12, engine: wasmEngine({ memory: createSharedMemory({ megabytes: 4 }) }) }),
  }),
  'A3C, LSTM, CartPole, one worker': () => ({ steps: 4000, learner: agent.build({ seed: 15, workers: 1, ...placeOfAgent() }) }),
};

/**
 * Trains each run from its seed, and every composition of the unit tests.
 *
 * @param {object} host
 * @param {boolean} host.threads - whether it has them, and memory that they share
 * @returns {Promise<Record<string, string>>} the SHA-256 of each run's last checkpoint, and of each composition's parameters
 */
export async function trainAll({ threads }) {
  /** @type {Record<string, string>} */
  const hashes = await trainCompositions();
  for (const [name, make] of Object.entries(threads ? { ...runs, ...onThreads } : runs)) hashes[name] = await train(await make());
  if (threads) {
    hashes['A3C, LSTM, CartPole, two workers'] = await trainTwoWorkers();
    hashes['A policy out of shared memory'] = await readSharedMemory();
  }
  return hashes;
}

/**
 * @returns {string} what is said where WebAssembly may not be compiled
 */
export function tryToCompile() {
  try {
    smallPolicy();
    return 'It compiles.';
  } catch (error) {
    return String(error.message);
  }
}

/** The bytes of a policy that was loaded from memory which threads share. */
async function readSharedMemory() {
  const bytes = smallPolicy();
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length + 3), 3);
  shared.set(bytes);
  const policy = await loadPolicy(shared);
  return sha256(policy.toBytes());
}

function smallPolicy() {
  const env = { observationSpace: box({ shape: [2], low: -1, high: 1 }), actionSpace: discrete(2) };
  return createPolicy(categorical({ network: mlp([4]) }), env, { seed: 17 }).toBytes();
}

/** Two workers end in another state each time, but their updates come in order, and those that a signal leaves unseen are counted. */
async function trainTwoWorkers() {
  const learner = agent.build({ seed: 16, workers: 2, ...placeOfAgent() });
  const stop = new AbortController();
  let [made, wrong] = [0, 0];
  for await (const { updates, step, worker } of learner.train({ steps: 1e9, signal: stop.signal })) {
    made += 1;
    if (updates !== made || step !== 40 * made || worker > 1) wrong += 1;
    if (made === 100) stop.abort();
  }
  const isWhole = learner.step >= 40 * made && learner.step % 40 === 0 && learner.toCheckpoint().length > 0;
  await learner[Symbol.asyncDispose]();
  return `${wrong} updates out of order, ${isWhole ? 'all' : 'not all'} of them counted`;
}

/**
 * @param {object} run
 * @param {number} run.steps
 * @param {{ train(options: { steps: number }): AsyncIterable<unknown>, toCheckpoint(): Uint8Array, dispose(): void }} run.learner
 */
async function train({ steps, learner }) {
  for await (const _ of learner.train({ steps }));
  const hash = await sha256(learner.toCheckpoint());
  learner.dispose();
  return hash;
}
