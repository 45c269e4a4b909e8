import { InvalidOptionsError, UnavailableError } from '@pg/core';
import { cartPole, normalizeObservations, swingUp, vectorize } from '@pg/envs';
import { createSharedMemory, rmsprop, wasmEngine } from '@pg/nn';
import { actorCritic, actorCriticGru, actorCriticLstm, mlp } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { scripted } from '../../fixtures/environments.js';
import { train } from '../../fixtures/learners.js';
import { a2c } from '../algorithms/a2c.js';
import type { AnyEnv, AnyPolicy } from '../builder/fits.js';
import { a3c } from './a3c.js';
import type { A3cWorker } from './a3c-worker.js';
import { createWorker } from './create-worker.js';
import { a3cSchema } from './options.js';
import { createSharedRun, SharedRun } from './shared-run.js';
import { HogwildSteps, LockedSteps } from './shared-steps.js';
import { workerLoop } from './worker-loop.js';
import type { WorkerUpdate } from './worker-update.js';

describe('one worker is A2C, bit for bit', () => {
  const shared = {
    gamma: 0.95,
    lambda: 0.9,
    rolloutLength: 11,
    entropyCoef: 0.02,
    reduction: 'sum',
    maxGradNorm: 3,
    learningRate: (at: number) => 0.01 * (1 - at),
  };
  test.each<[string, AnyEnv, AnyPolicy, object]>([
    ['one environment', cartPole({ maxSteps: 30 }), actorCritic({ encoder: mlp([8]) }), {}],
    ['several, cut by a time limit and ended by the rules', vectorize(scripted([3, 8, 30], 12), { numEnvs: 3 }), actorCritic({ encoder: mlp([8]) }), {}],
    ['an LSTM, carried from rollout to rollout', vectorize(scripted([3, 8, 30], 12), { numEnvs: 2 }), actorCriticLstm({ encoder: mlp([4]), units: 5 }), {}],
    ['a GRU, continuous actions', swingUp({ maxSteps: 25 }), actorCriticGru({ encoder: mlp([4]), units: 5 }), { optimizer: rmsprop() }],
    ['rounds, standardised', vectorize(cartPole(), { numEnvs: 3 }), actorCritic({ encoder: mlp([8]) }), { rounds: true, normalizeAdvantages: true }],
  ])('%s', async (_, env, policy, more) => {
    // biome-ignore lint/suspicious/noExplicitAny: what fits is in the table
    const compose = (builder: any) =>
      builder
        .env(env)
        .policy(policy)
        .options({ ...shared, ...more });
    const [expected, got] = [compose(a2c()).build({ seed: 8 }), compose(a3c()).build({ seed: 8 })];
    const [ofA2c, ofA3c] = [await train(expected, 700), await train(got, 700)];
    for (const [i, update] of ofA2c.entries()) expect(ofA3c[i]).toMatchObject(update);
    expect(ofA3c).toHaveLength(ofA2c.length);
    expect(got.policy.toBytes()).toEqual(expected.policy.toBytes());
  });
});

/** Workers in this thread over one shared memory, whose loops take turns after every update. */
function inProcess(workers: number, mode: 'lock' | 'hogwild' = 'lock') {
  const options = a3cSchema.parse({ mode, rolloutLength: 5, learningRate: 0.01 });
  const composition = { env: cartPole({ maxSteps: 40 }), policy: actorCriticLstm({ encoder: mlp([4]), units: 4 }) as AnyPolicy, seed: 0 };
  const memory = createSharedMemory({ megabytes: 16 });
  const model = composition.policy.bind(composition.env);
  const compiled = { rows: 1, distribution: model.distribution, optimizer: options.optimizer, sequence: { numEnvs: 1 } };
  const central = wasmEngine({ memory }).compileForTraining(model.network, { ...compiled, atomicSteps: mode === 'lock' });
  for (const { values } of central.parameters) for (let i = 0; i < values.length; i++) values[i] = ((i * 7) % 11) / 11 - 0.5;
  const shared = createSharedRun(memory, central.shared!, workers);
  const run = new SharedRun(shared);
  const Steps = mode === 'lock' ? LockedSteps : HogwildSteps;
  const made = Array.from({ length: workers }, (_, worker) => {
    const engine = wasmEngine({ memory, user: worker + 1 });
    const stepsOf = (parts: Pick<ConstructorParameters<typeof LockedSteps>[0], 'network' | 'model'>) =>
      new Steps({ run: new SharedRun(shared), worker, ...parts, ring: () => {} });
    return createWorker({ worker, seed: worker, composition, options, engine, optimize: central.shared, stepsOf }).worker;
  });
  return { run, central, workers: made };
}

/** Runs the loops until there are so many steps, and gives what they report. */
async function runLoops({ run, workers }: { run: SharedRun; workers: readonly A3cWorker[] }, goal: number): Promise<WorkerUpdate[]> {
  run.limit(goal, goal);
  run.go();
  const parked = new Set<number>();
  const loops = workers.map((worker) =>
    workerLoop(worker, run, {
      updatesATurn: 1,
      onPark: () => parked.add(worker.parts.worker),
      ends: () => parked.size === workers.length,
      sleep: () => {},
    }),
  );
  await Promise.all(loops);
  return run.reports.unread();
}

describe("the worker's loop, in process", () => {
  test.each([1, 2, 5])('%i workers of equal speed: the lag of a gradient is one less', async (count) => {
    const crew = inProcess(count);
    for (const { parts } of crew.workers) parts.shared.pull();
    const updates = await runLoops(crew, 5 * 40 * count);
    expect(updates).toHaveLength(40 * count);
    expect(updates.map(({ worker }) => worker)).toEqual(updates.map((_, i) => i % count));
    expect(updates.map(({ gradientLag }) => gradientLag)).toEqual(updates.map((_, i) => Math.min(i, count - 1)));
    expect(updates.map(({ step }) => step)).toEqual(updates.map((_, i) => 5 * (i + 1)));
    expect(crew.central.optimizerSteps).toBe(updates.length);
  });

  test('every worker has a fresh copy after its update, and moves all parameters on', async () => {
    const crew = inProcess(2);
    for (const { parts } of crew.workers) parts.shared.pull();
    const numbers = (tensors: readonly { values: Float32Array }[]) => tensors.map(({ values }) => [...values]);
    const [first, second] = crew.workers as [A3cWorker, A3cWorker];
    crew.run.limit(100, 100);
    first.update();
    second.update();
    crew.central.pull();
    expect(numbers(second.parts.network.parameters)).toEqual(numbers(crew.central.parameters));
    expect(numbers(first.parts.network.parameters)).not.toEqual(numbers(crew.central.parameters));
    expect(crew.central.optimizerState.some(({ values }) => values.some((value) => value !== 0))).toBe(true);
  });

  test('without turns the same loop counts the same', async () => {
    const crew = inProcess(3, 'hogwild');
    const updates = await runLoops(crew, 5 * 60);
    expect(updates.map(({ updates: number }) => number)).toEqual(updates.map((_, i) => i + 1));
    expect(updates.at(-1)).toMatchObject({ step: 300, gradientLag: 2 });
  });

  test('parks when the run pauses, and goes on with the next ticket', async () => {
    const { run, workers } = inProcess(1);
    run.limit(50, 50);
    run.paused = true;
    let parks = 0;
    await workerLoop(workers[0]!, run, {
      onPark: () => {
        parks += 1;
      },
      ends: () => parks === 2,
      // whoever paused lets it go on
      sleep: () => run.go(),
    });
    expect(run.reports.unread()).toHaveLength(10);
  });
});

describe('options', () => {
  const begin = a3c()
    .env(cartPole())
    .policy(actorCritic({ encoder: mlp([4]) }));

  test.each<[object, string]>([
    [{ mode: 'racing' }, 'a3c().options: got mode: "racing";'],
    [{ rolloutLength: 0 }, 'a3c().options: got rolloutLength: 0;'],
    [{ tMax: 5 }, 'a3c().options: got the unknown option "tMax";'],
  ])('refuses %j', (options, message) => {
    expect(() => begin.options(options)).toThrow(message);
  });

  test.each<[object, string]>([
    [{ workers: 2 }, 'a3c: got workers: 2 without a module;'],
    [{ workers: -1 }, 'a3c().build: got workers: -1;'],
    [{ workers: 1, module: 'agent.js' }, 'a3c().build: got module: "agent.js";'],
  ])('refuses to build with %j', (options, message) => {
    expect(() => begin.build({ seed: 1, ...options })).toThrow(InvalidOptionsError);
    expect(() => begin.build({ seed: 1, ...options })).toThrow(message);
  });

  test('refuses an engine whose memory cannot be shared, and moments of workers of their own', () => {
    const engine = { ...wasmEngine(), name: 'tfjs' };
    expect(() => begin.build({ seed: 1, workers: 1, module: 'file:///agent.mjs', engine })).toThrow(UnavailableError);
    expect(() => a3c.create({ env: cartPole().pipe(normalizeObservations()), policy: actorCritic({ encoder: mlp([4]) }), seed: 1 })).toThrow(
      'which normalises by running moments; expected an environment whose observations and rewards mean the same for every worker.',
    );
  });
});
