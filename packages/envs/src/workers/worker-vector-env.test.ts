import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DisposedError, type DtypeArray, EnvironmentError, InvalidActionError, InvalidOptionsError, NonFiniteError, Rng, type Space, sample } from '@pg/core';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { bundled, moduleOf } from '../../../../fixtures/bundled.js';
import * as fixtures from '../../fixtures/worker-envs.js';
import type { EnvSpec } from '../env/env.js';
import type { VectorEnv } from '../vector/vector-env.js';
import { vectorize } from '../vector/vectorize.js';
import type { WorkerOptions } from './worker-options.js';

// biome-ignore lint/suspicious/noExplicitAny: stands for every pair of spaces
type Any = any;

const module = bundled(new URL('../../fixtures/worker-envs.ts', import.meta.url));
const exported = { ...fixtures };
const open: VectorEnv<Any, Any>[] = [];
afterAll(() => {
  for (const env of open) env.close();
});

/** The export of the fixtures, on worker threads. */
function onThreads(name: keyof typeof fixtures, numEnvs: number, options: WorkerOptions & { seed?: number } = {}): VectorEnv<Any, Any> {
  const { seed = 0, ...workers } = options;
  const spec = exported[name] as unknown as EnvSpec<Any, Any>;
  const made = vectorize(spec, { numEnvs, workers: 2, module, export: name, ...workers }).make({ seed });
  open.push(made);
  return made;
}

/** Random actions for all copies. */
function actionsFor({ actionSpace, numEnvs }: VectorEnv<Space, Space>, rng: Rng): Int32Array | Float32Array {
  const actions = Array.from({ length: numEnvs }, () => sample(actionSpace, rng));
  return actionSpace.kind === 'discrete' ? Int32Array.from(actions as number[]) : Float32Array.from((actions as DtypeArray[]).flatMap((action) => [...action]));
}

/** What `steps` random steps give; `finalObs` where episodes ended. */
function play(env: VectorEnv<Any, Any>, rng: Rng, steps: number): unknown[] {
  return Array.from({ length: steps }, () => {
    const { obs, rewards, terminated, truncated, finalObs } = env.step(actionsFor(env, rng));
    const ends = Array.from({ length: env.numEnvs }, (_, n) =>
      terminated[n] || truncated[n] ? finalObs.slice(n * env.obsSize, (n + 1) * env.obsSize) : undefined,
    );
    return { obs: obs.slice(), rewards: rewards.slice(), terminated: terminated.slice(), truncated: truncated.slice(), ends };
  });
}

function caught(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe('threads give what one thread gives', () => {
  test('for any environment, seed, number of copies and of threads, snapshots in between', () => {
    const settings = fc.record({
      env: fc.integer({ min: 0, max: 11 }),
      seed: fc.integer(),
      numEnvs: fc.integer({ min: 1, max: 7 }),
      count: fc.integer({ min: 1, max: 4 }),
    });
    let ends = 0;
    fc.assert(
      fc.property(settings, ({ env, seed, numEnvs, count }) => {
        const [threads, local] = [
          onThreads(`random${env}` as 'random0', numEnvs, { workers: count, seed }),
          vectorize(fixtures.random[env]!, { numEnvs }).make({ seed }),
        ];
        expect(threads.snapshot()).toEqual(local.snapshot());
        expect(threads.reset()).toEqual(local.reset());
        expect(threads.reset()).toBeInstanceOf(local.reset().constructor);
        const expected = play(local, Rng.fromSeed(seed), 30);
        expect(play(threads, Rng.fromSeed(seed), 30)).toEqual(expected);
        ends += (expected as { ends: unknown[] }[]).filter((step) => step.ends.some((end) => end !== undefined)).length;
        // a snapshot of either goes on in the other
        const [ofThreads, ofLocal] = [threads.snapshot(), local.snapshot()];
        expect(ofThreads).toEqual(ofLocal);
        const after = play(local, Rng.fromSeed(1), 10);
        threads.restore(structuredClone(ofLocal));
        expect(play(threads, Rng.fromSeed(1), 10)).toEqual(after);
        local.restore(ofThreads);
        expect(play(local, Rng.fromSeed(1), 10)).toEqual(after);
        threads.close();
      }),
      { numRuns: 12, seed: 5 },
    );
    expect(ends).toBeGreaterThan(50);
  });

  test('the form for many copies at once as well', () => {
    const [threads, local] = [onThreads('pole', 5, { workers: 3, seed: 8 }), vectorize(fixtures.pole, { numEnvs: 5 }).make({ seed: 8 })];
    expect(threads.reset()).toEqual(local.reset());
    expect(play(threads, Rng.fromSeed(2), 80)).toEqual(play(local, Rng.fromSeed(2), 80));
  });

  test('wrappers, last episodes and normalisation that all copies share as well', () => {
    const [threads, local] = [onThreads('wrapped', 5, { workers: 3, seed: 8 }), vectorize(fixtures.wrapped, { numEnvs: 5 }).make({ seed: 8 })];
    expect(threads.reset()).toEqual(local.reset());
    const expected = play(local, Rng.fromSeed(2), 60);
    expect(play(threads, Rng.fromSeed(2), 60)).toEqual(expected);
    expect(local.lastEpisodes!.episodes.every((episodes) => episodes > 2)).toBe(true);
    expect({ ...threads.lastEpisodes }).toEqual({ ...local.lastEpisodes });
    expect(threads.normalization!.state()).toEqual(local.normalization!.state());
    expect(threads.normalization!.rawRewards).toEqual(local.normalization!.rawRewards);
    const snapshot = threads.snapshot();
    expect(snapshot).toEqual(local.snapshot());
    const after = play(local, Rng.fromSeed(1), 20);
    play(threads, Rng.fromSeed(3), 20);
    threads.restore(structuredClone(snapshot));
    expect(threads.snapshot()).toEqual(snapshot);
    expect(play(threads, Rng.fromSeed(1), 20)).toEqual(after);
    expect({ ...threads.lastEpisodes }).toEqual({ ...local.lastEpisodes });
  });

  test('no step is lost or taken twice, however often the threads wake each other', () => {
    const [threads, local] = [onThreads('walk', 4, { workers: 3 }), vectorize(fixtures.walk, { numEnvs: 4 }).make()];
    threads.reset();
    local.reset();
    let different = 0;
    for (let t = 0; t < 20_000; t++) {
      const actions = Int32Array.from([t % 3, (t >> 2) % 3, 1, (t >> 4) % 3]);
      const [one, other] = [threads.step(actions), local.step(actions)];
      for (let n = 0; n < 4; n++) if (one.rewards[n] !== other.rewards[n]) different += 1;
    }
    expect(different).toBe(0);
    threads.close();
  });

  test('interleaved with others, it is the same', () => {
    const [one, other] = [onThreads('walk', 3, { seed: 1 }), onThreads('walk', 3, { seed: 2 })];
    const [first, second] = [vectorize(fixtures.walk, { numEnvs: 3 }).make({ seed: 1 }), vectorize(fixtures.walk, { numEnvs: 3 }).make({ seed: 2 })];
    const [a, b, c, d] = [1, 1, 2, 2].map((seed) => Rng.fromSeed(seed)) as [Rng, Rng, Rng, Rng];
    for (const env of [one, other, first, second]) env.reset();
    for (let t = 0; t < 30; t++) {
      expect(play(one, a, 1)).toEqual(play(first, b, 1));
      expect(play(other, c, 1)).toEqual(play(second, d, 1));
    }
  });

  test('writes where it is told to, bytes into numbers as well', () => {
    const index = fixtures.random.findIndex(({ observationSpace }) => observationSpace.kind === 'box' && (observationSpace.dtype as string) === 'uint8');
    const [threads, local] = [onThreads(`random${index}` as 'random0', 3), vectorize(fixtures.random[index]!, { numEnvs: 3 }).make()];
    const obs = new Float32Array(3 * threads.obsSize);
    expect(threads.reset(obs)).toBe(obs);
    expect(Array.from(obs)).toEqual(Array.from(local.reset()));
  });

  test('an action that is refused steps nothing', () => {
    const [threads, local] = [onThreads('walk', 4), vectorize(fixtures.walk, { numEnvs: 4 }).make()];
    expect(() => threads.step(new Int32Array(4))).toThrow('walk.step: got a step before the first reset;');
    threads.reset();
    local.reset();
    const error = caught(() => threads.step(new Int32Array([0, 0, 0, 3])));
    expect(error).toBeInstanceOf(InvalidActionError);
    expect(error.message).toContain('walk (copy 3).step: got the action 3;');
    expect(play(threads, Rng.fromSeed(1), 5)).toEqual(play(local, Rng.fromSeed(1), 5));
  });
});

/** Makes copy 3 of five (the second thread's first) do something bad at step 3. */
function provoke(name: keyof typeof fixtures, options: WorkerOptions = {}) {
  const env = onThreads(name, 5, options);
  env.reset();
  const error = caught(() => {
    env.step(new Int32Array(5));
    env.step(new Int32Array(5));
    for (let t = 0; t < 1500; t++) env.step(new Int32Array([0, 0, 0, 1, 0]));
  });
  const later = caught(() => env.step(new Int32Array(5)));
  expect(later).toBeInstanceOf(DisposedError);
  expect(later.cause).toBe(error);
  env.close();
  return error;
}

describe('an environment that fails on a thread', () => {
  test('by throwing: the error is that of one thread, its causes included', () => {
    const error = provoke('throwing');
    expect(error).toBeInstanceOf(EnvironmentError);
    expect(error.message).toBe(
      'troubled (copy 3).step: got RangeError "the pump is dry" thrown at step 3 of the episode; expected an environment that does not throw. Mend the environment: what it threw is the cause of this error.',
    );
    const cause = error.cause as Error;
    expect([cause.name, cause.message, (cause.cause as Error).message]).toEqual(['RangeError', 'the pump is dry', 'no rain']);
    expect(cause.stack).toContain('worker-envs.mjs');
  });

  test('by a reward that is no number', () => {
    const error = provoke('notANumber');
    expect(error).toBeInstanceOf(NonFiniteError);
    expect(error.message).toContain('notANumber (copy 3).step: got the reward NaN at step 3 of the episode;');
  });

  test('by ending its thread', () => {
    const error = provoke('exiting');
    expect(error).toBeInstanceOf(EnvironmentError);
    expect(error.message).toBe(
      'troubled (copy 3).step: got a worker thread that ended with exit code 3 at step 3 of the episode; expected an environment that leaves its thread running. Remove process.exit() from the environment, or throw an error in its place.',
    );
  });

  test('by never returning', () => {
    const error = provoke('hanging', { timeoutMs: 400 });
    expect(error).toBeInstanceOf(EnvironmentError);
    expect(error.message).toBe(
      'troubled (copy 3).step: got no answer for 400 ms at step 3 of the episode; expected an environment that returns. Look for an endless loop in the environment; if it only needs longer, raise timeoutMs.',
    );
  });

  test('by needing too much memory', () => {
    const error = provoke('hungry', { heapMb: 24 });
    expect(error).toBeInstanceOf(EnvironmentError);
    expect(error.message).toContain('troubled (copy 3).step: got a worker thread out of memory at step 3 of the episode;');
  });

  test('by throwing later, when nobody waits for it', () => {
    const error = provoke('late');
    expect(error).toBeInstanceOf(EnvironmentError);
    expect(error.message).toContain('got TypeError "too late" thrown outside the environment\'s own calls; expected');
    expect((error.cause as Error).message).toBe('too late');
  });
});

describe('what cannot be posted as it is', () => {
  test('an error that is its own cause', () => {
    const { message, cause } = provoke('circular');
    expect(message).toContain('got RangeError "the pump is dry" thrown at step 3 of the episode;');
    expect((cause as Error).message).toBe('the pump is dry');
    expect((cause as Error).cause).toBe(cause);
    expect((cause as Error).stack).not.toContain('data:');
  });

  test('the same, thrown later', () => {
    const { message, cause } = provoke('lateCircular');
    expect(message).toContain('got RangeError "the pump is dry" thrown outside the environment\'s own calls;');
    expect((cause as Error).message).toBe('the pump is dry');
  });

  test('text, thrown later', () => {
    expect(provoke('lateText').message).toContain('got Error "too late" thrown outside the environment\'s own calls;');
  });
});

describe('a module that is none', () => {
  const make = (workers: WorkerOptions, spec: EnvSpec<Any, Any> = fixtures.walk) =>
    caught(() => vectorize(spec, { numEnvs: 2, workers: 2, module, export: 'walk', ...workers }).make());

  test('not found', () => {
    const error = make({ module: new URL('nowhere.mjs', module) });
    expect(error).toBeInstanceOf(InvalidOptionsError);
    expect(error.message).toMatch(/^walk\.make: got module file:.*nowhere\.mjs, which failed while it was loaded: Error "Cannot find module /);
    expect((error.cause as Error).message).toContain('nowhere.mjs');
  });

  test.each([
    ['nothing', 'const spec = 1;', 'it exports: nothing'],
    ['something else', 'export const walk = 7, other = 8;', 'it exports: other, walk'],
  ])('exports %s', (name, text, expected) => {
    expect(make({ module: moduleOf(`${name}.mjs`, text) }).message).toContain(
      `without a specification under the name "walk"; ${expected}; expected what defineEnv()`,
    );
  });

  test('without a default export', () => {
    const error = caught(() => vectorize(fixtures.walk, { numEnvs: 2, workers: 1, module }).make());
    expect(error.message).toContain('without a specification under the name "default"; it exports: ');
    expect(error.message).toContain('Name the export: the option "export".');
  });

  test.each<[string, EnvSpec<Any, Any>, keyof typeof fixtures, string]>([
    ['another environment', fixtures.walk, 'throwing', 'its id is troubled; expected walk,'],
    [
      'what has been piped since',
      fixtures.walk.pipe((space, env) => ({ name: 'same', space, actionSpace: env.actionSpace, wrap: (copy) => copy })),
      'walk',
      'its id is walk; expected walk | same,',
    ],
  ])('is another specification: %s', (_, spec, name, expected) => {
    const error = make({ export: name }, spec);
    expect(error).toBeInstanceOf(InvalidOptionsError);
    expect(error.message).toContain(`got a module that exports another specification: ${expected}`);
  });

  test('throws while it is loaded', () => {
    const error = make({ module: moduleOf('broken.mjs', 'throw new RangeError("no licence");') });
    expect(error.message).toContain('which failed while it was loaded: RangeError "no licence"');
    expect((error.cause as Error).message).toBe('no licence');
  });

  test('ends the thread while it is loaded', () => {
    expect(make({ module: moduleOf('leaving.mjs', 'process.exit(4);') }).message).toContain(
      'walk (copies 0 to 0).make: got a worker thread that ended with exit code 4 while the module was loaded;',
    );
  });

  test('starts threads itself', () => {
    const text = `import { vectorize, walk } from ${JSON.stringify(module.href)};
      vectorize(walk, { numEnvs: 2, workers: 1, module: import.meta.url }).make();`;
    expect(make({ module: moduleOf('self.mjs', text) }).message).toContain('got worker threads to be started on a worker thread of environments;');
  });

  test('is written in a language that this runtime does not read', () => {
    const typed = moduleOf('typed.ts', 'export const walk: number = 1;');
    const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
    const reads = major > 22 || (major === 22 && minor >= 18);
    expect(make({ module: typed }).message).toContain(
      reads ? 'without a specification' : 'which this runtime cannot load as it is; expected a module of JavaScript.',
    );
  });
});

describe('options', () => {
  test.each<[object, string]>([
    [{ workers: -1, module }, 'vectorize: got workers: -1; expected a number at least 0.'],
    [
      { workers: 1, module: './my-env.js' },
      `vectorize: got module: "./my-env.js"; expected a module's URL, for example new URL('./my-env.js', import.meta.url).`,
    ],
    [{ workers: 1 }, "vectorize: got workers: 1 without a module; expected module: new URL('./my-env.js', import.meta.url), which exports the environment."],
    [
      { workers: 1, module, timeout: 3 },
      'vectorize: got the unknown option "timeout"; expected one of: numEnvs, workers, module, export, timeoutMs, heapMb. Did you mean "timeoutMs"?',
    ],
    [{ workers: 1, module, timeoutMs: 0 }, 'vectorize: got timeoutMs: 0; expected a positive number.'],
    [{ workers: { count: 2, module } as never }, 'vectorize: got workers: an object with keys [count, module]; expected a number.'],
  ])('refuses %j', (options, message) => {
    expect(() => vectorize(fixtures.walk, { numEnvs: 2, ...options })).toThrow(message);
  });

  test('vectorised again, threads are chosen anew', () => {
    const spec = vectorize(fixtures.walk, { numEnvs: 2, workers: 1, module: 'file:///nowhere.mjs' });
    expect(vectorize(spec, { numEnvs: 2 }).make().reset()).toHaveLength(4);
  });
});

test('where there are no threads, says so', () => {
  const { getBuiltinModule } = process;
  try {
    process.getBuiltinModule = undefined as never;
    expect(() => onThreads('walk', 2)).toThrow(
      'walk.make: got worker threads for environments in a runtime without node:worker_threads; expected Node 20.16 or later. In a browser leave "workers" out, and run the whole learner in a Worker: waiting for other threads is forbidden on the page\'s own thread.',
    );
  } finally {
    process.getBuiltinModule = getBuiltinModule;
  }
});

describe('a program ends by itself', () => {
  const program = (body: string) =>
    `import { vectorize, walk, exiting, hanging } from ${JSON.stringify(module.href)};
    const make = (spec, name, more) => vectorize(spec, { numEnvs: 4, workers: 2, module: ${JSON.stringify(module.href)}, export: name, ...more }).make();
    ${body}`;

  test.each([
    ['after close', `const envs = make(walk, 'walk'); envs.reset(); envs.step(new Int32Array(4)); envs.close(); envs.close(); console.log('end');`],
    ['without close', `const envs = make(walk, 'walk'); envs.reset(); console.log('end');`],
    [
      'after a failure',
      `const envs = make(exiting, 'exiting'); envs.reset(); try { for (;;) envs.step(new Int32Array(4).fill(1)); } catch { console.log('end'); }`,
    ],
    [
      'while one hangs',
      `const envs = make(hanging, 'hanging', { timeoutMs: 300 }); envs.reset(); try { for (;;) envs.step(new Int32Array(4).fill(1)); } catch { console.log('end'); }`,
    ],
  ])('%s', (name, body) => {
    const file = moduleOf(`program ${name}.mjs`, program(body));
    const { status, stdout, stderr, signal } = spawnSync(process.execPath, [fileURLToPath(file)], { encoding: 'utf8', timeout: 20_000 });
    expect({ status, stdout, stderr, signal }).toEqual({ status: 0, stdout: 'end\n', stderr: '', signal: null });
  });
});
