import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DisposedError, EnvironmentError, InvalidOptionsError, NonFiniteError } from '@pg/core';
import { cartPole, vectorize } from '@pg/envs';
import { wasmEngine } from '@pg/nn';
import { describe, expect, test } from 'vitest';
import { bundled, moduleOf } from '../../../../fixtures/bundled.js';
import { type AnyLearner, train } from '../../fixtures/learners.js';
import * as agents from '../../fixtures/workers/agents.js';
import { a2c } from '../algorithms/a2c.js';
import type { BuildOptions, LoadOptions } from '../builder/algorithm-builder.js';
import type { WorkerOptions } from '../workers/worker-options.js';

interface AnyBuilder {
  build(options: BuildOptions): AnyLearner;
  load(source: Uint8Array, options?: LoadOptions): Promise<AnyLearner>;
  options(options: object): AnyBuilder;
}

const module = bundled(new URL('../../fixtures/workers/agents.ts', import.meta.url));
const { nStep, gae, normalized, recurrent, rounds, oneShard, masked, clipped, stopping, wholeEpisodes, learnedBaseline } = agents;
const all = { nStep, gae, normalized, recurrent, rounds, oneShard, masked, clipped, stopping, wholeEpisodes, learnedBaseline };
const builders = Object.entries(all) as unknown as [keyof typeof all, AnyBuilder][];
const on = (name: keyof typeof agents, workers: number): WorkerOptions => ({ workers, module, export: name });

async function rejection(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error('nothing was thrown'),
    (error) => error,
  );
}

test('an update that fails on threads is undone as in this one', async () => {
  const checkpoints: Uint8Array[] = [];
  for (const workers of [0, 1, 3]) {
    await using learner = agents.ruined.build({ seed: 3, ...(workers > 0 && on('ruined', workers)) });
    const untouched = learner.policy.parameters.map(({ values }) => values.slice());
    await expect(train(learner, 1500)).rejects.toThrow(NonFiniteError);
    expect(learner.step).toBe(0);
    expect(learner.policy.parameters.map(({ values }) => values)).toEqual(untouched);
    checkpoints.push(learner.toCheckpoint());
  }
  for (const checkpoint of checkpoints) expect(Buffer.compare(checkpoint, checkpoints[0]!)).toBe(0);
});

describe.each(builders)('%s', (name, builder) => {
  const steps = 1500;
  const most = name === 'oneShard' ? 1 : 3;

  test('any number of workers gives the same updates and the same checkpoint, byte for byte', async () => {
    await using alone = builder.build({ seed: 3 });
    const updates = await train(alone, steps);
    const checkpoint = alone.toCheckpoint();
    expect(updates.length).toBeGreaterThan(2);
    expect(updates.at(-1)!.episodes).toBeGreaterThan(40);
    for (let workers = 1; workers <= most; workers++) {
      await using learner = builder.build({ seed: 3, ...on(name, workers) });
      expect(await train(learner, steps)).toEqual(updates);
      expect(Buffer.compare(learner.toCheckpoint(), checkpoint)).toBe(0);
      expect(await learner.evaluate({ episodes: 2 })).toEqual(await alone.evaluate({ episodes: 2 }));
    }
  });

  test('goes on from a checkpoint with another number of workers', async () => {
    const horizon = 2 * steps;
    await using whole = builder.build({ seed: 4 });
    const updates = await train(whole, { steps: 2 * steps, horizon });
    await using first = builder.build({ seed: 4, ...on(name, 1) });
    const before = await train(first, { steps, horizon });
    await using second = await builder.load(first.toCheckpoint(), on(name, most));
    const after = await train(second, { steps, horizon });
    await using third = await builder.load(first.toCheckpoint());
    expect([...before, ...after]).toEqual(updates);
    expect(await train(third, { steps, horizon })).toEqual(after);
    for (const learner of [second, third]) expect(Buffer.compare(learner.toCheckpoint(), whole.toCheckpoint())).toBe(0);
  });
});

test('several shards play and learn on other threads than the program', async () => {
  await using learner = agents.exiting.build({ seed: 0, ...on('exiting', 2) });
  expect(await rejection(train(learner, 1e5))).toBeInstanceOf(EnvironmentError);
  await using alone = agents.exiting.build({ seed: 0 });
  expect((await train(alone, 1000)).at(-1)!.step).toBe(1008);
});

test('the plain twin takes workers too', async () => {
  const env = vectorize(cartPole({ maxSteps: 30 }), { numEnvs: 12 });
  const composition = { env, policy: agents.actorCritic({ encoder: agents.mlp([8, 8]) }), options: { shards: 3, rolloutLength: 7, learningRate: 0.01 } };
  await using alone = a2c.create({ ...composition, seed: 3 });
  await using learner = a2c.create({ ...composition, seed: 3, ...on('nStep', 2) });
  expect(await train(learner, 500)).toEqual(await train(alone, 500));
});

describe('an environment that goes wrong', () => {
  test('by throwing: the error is that of one thread, what was learned stays, and its environments are closed', async () => {
    const run = async (options: WorkerOptions) => {
      await using learner = agents.throwing.build({ seed: 5, ...options });
      const error = await rejection(train(learner, 1e4));
      expect(error).toBeInstanceOf(EnvironmentError);
      const { cause } = error as { cause: Error };
      expect([cause.name, cause.message, (cause.cause as Error).message]).toEqual(['RangeError', 'the pump is dry', 'no rain']);
      const later = await rejection(train(learner, 100));
      expect(later).toBeInstanceOf(DisposedError);
      return { message: error.message, later: later.message, step: learner.step, policy: learner.policy.toBytes() };
    };
    const alone = await run({});
    expect(alone.message).toMatch(/^throwing \(copy [1-5]\)\.step: got RangeError "the pump is dry" thrown at step 7 of the episode;/);
    for (const workers of [1, 2, 3]) expect(await run(on('throwing', workers))).toEqual(alone);
  });

  const { exiting, hanging } = agents;
  test.each<['exiting' | 'hanging', object, RegExp]>([
    ['exiting', {}, /^a2c \(worker \d, copies \d to \d\): got a worker thread that ended with exit code 3; expected an environment that leaves its thread/],
    ['hanging', { timeoutMs: 500 }, /^a2c \(worker \d, copies \d to \d\): got no answer for 500 ms; .* if it only needs longer, raise timeoutMs\.$/],
  ])('by %s: what was learned can still be saved', async (name, options, message) => {
    await using learner = { exiting, hanging }[name].build({ seed: 0, ...on(name, 3), ...options });
    const error = await rejection(train(learner, 1e5));
    expect(error).toBeInstanceOf(EnvironmentError);
    expect(error.message).toMatch(message);
    expect(learner.policy.toBytes().length).toBeGreaterThan(100);
    const later = await rejection(train(learner, 10));
    expect(later).toBeInstanceOf(DisposedError);
    expect(later.cause).toBe(error);
    expect(() => learner.toCheckpoint()).toThrow('got a learner that has lost a worker, with what its copies were at;');
    expect(() => learner.toCheckpoint()).toThrow('learner.save() writes the policy. To go on, load the last checkpoint.');
  });
});

describe('workers that cannot be', () => {
  const build = (builder: unknown, options: object) => {
    try {
      (builder as AnyBuilder).build({ seed: 0, ...options }).dispose();
    } catch (error) {
      return error as Error;
    }
    return new Error('it was built');
  };

  test.each<[string, unknown, object, string]>([
    [
      'no module',
      nStep,
      { workers: 2 },
      "a2c: got workers: 2 without a module; expected module: new URL('./agent.js', import.meta.url), which exports the builder.",
    ],
    ['more than shards', nStep, on('nStep', 4), 'a2c: got workers: 4 with 3 shards; expected at most 3. Lower "workers", or raise the option "shards"'],
    ['an engine', nStep, { ...on('nStep', 2), engine: wasmEngine() }, 'a2c: got workers: 2 with an engine; expected the WebAssembly engine'],
    ['normalised', agents.observing, on('observing', 1), 'whose copies share what they are normalised by; expected copies that do not depend on each other.'],
    ['half a worker', nStep, { ...on('nStep', 0.5) }, 'a2c().build: got workers: 0.5;'],
    [
      'a path',
      nStep,
      { workers: 2, module: './agent.js' },
      `a2c().build: got module: "./agent.js"; expected a module's URL, for example new URL('./agent.js', import.meta.url).`,
    ],
    [
      'nothing there',
      nStep,
      { ...on('nStep', 2), module: new URL('nowhere.mjs', module) },
      'nowhere.mjs, which failed while it was loaded: Error "Cannot find module',
    ],
    ['no default', nStep, { workers: 2, module }, 'without a builder under the name "default"; it exports: '],
    ['another thing', nStep, on('nothing', 2), 'without a builder under the name "nothing"; it exports: '],
    ['another builder', nStep, on('normalized', 2), 'a2c: got a module that exports another builder: its options.'],
    ['another algorithm', nStep, on('clipped', 2), 'a2c: got a module that exports another builder: its algorithm is "ppo"; expected "a2c"'],
  ])('%s', (_, builder, options, message) => {
    const error = build(builder, options);
    expect(error.message).toContain(message);
    expect(error).toBeInstanceOf(InvalidOptionsError);
  });

  test('a module that builds with workers itself', () => {
    const text = `import { nStep } from ${JSON.stringify(module.href)};
      export default nStep;
      nStep.build({ seed: 0, workers: 2, module: import.meta.url });`;
    expect(build(nStep, { workers: 2, module: moduleOf('self.mjs', text) }).message).toContain(
      'got worker threads to be started on a worker thread of a learner;',
    );
  });

  test('a module that throws', () => {
    const error = build(nStep, { workers: 2, module: moduleOf('broken.mjs', 'throw new RangeError("no licence");') });
    expect(error.message).toContain('which failed while it was loaded: RangeError "no licence"');
  });

  test('TypeScript where it cannot be read', () => {
    const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
    const reads = major > 22 || (major === 22 && minor >= 18);
    const error = build(nStep, { workers: 2, module: moduleOf('typed.ts', 'export default (1 as number);') });
    expect(error.message).toContain(reads ? 'without a builder' : 'which this runtime cannot load as it is; expected a module of JavaScript.');
  });

  test('where there are no threads', () => {
    const { getBuiltinModule } = process;
    try {
      process.getBuiltinModule = undefined as never;
      expect(build(nStep, on('nStep', 2)).message).toContain(
        'a2c: got worker threads for a learner in a runtime without node:worker_threads; expected Node 20.16 or later.',
      );
    } finally {
      process.getBuiltinModule = getBuiltinModule;
    }
  });
});

describe('a program ends by itself', () => {
  const program = (body: string) => `import { nStep, exiting } from ${JSON.stringify(module.href)};
    const options = (name) => ({ seed: 0, workers: 2, module: ${JSON.stringify(module.href)}, export: name });
    ${body}`;

  test.each([
    [
      'after dispose',
      `const learner = nStep.build(options('nStep')); for await (const _ of learner.train({ steps: 500 })); learner.dispose(); console.log('end');`,
    ],
    ['without dispose', `const learner = nStep.build(options('nStep')); for await (const _ of learner.train({ steps: 500 })); console.log('end');`],
    [
      'after a worker was lost',
      `const learner = exiting.build(options('exiting')); try { for await (const _ of learner.train({ steps: 1e6 })); } catch { console.log('end'); }`,
    ],
  ])('%s', (name, body) => {
    const file = moduleOf(`program ${name}.mjs`, program(body));
    const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(file)], { encoding: 'utf8', timeout: 20_000 });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'end\n', stderr: '' });
  });
});
