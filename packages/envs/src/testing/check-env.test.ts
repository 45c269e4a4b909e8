import { box, type DtypeArray, discrete, EnvironmentError, frameStack, oneHot, type Rng, type Stage } from '@pg/core';
import {
  acrobot,
  babyA3cFrames,
  CopyLayer,
  cartPole,
  type Dynamics,
  deepMindFrames,
  defineEnv,
  type EnvDefinition,
  type EnvSpec,
  karpathyDifference,
  mountainCar,
  mountainCarContinuous,
  pendulum,
  pong,
  swingUp,
  vectorize,
  vpgDifference,
} from '@pg/envs';
import { checkEnv, identityEnv, inspectEnv, scriptedEnv } from '@pg/envs/testing';
import { describe, expect, test } from 'vitest';
import { counter, walk, withoutBatch } from '../../fixtures/environments.js';
import { randomEnv } from '../../fixtures/worker-envs.js';

// biome-ignore lint/suspicious/noExplicitAny: stands for every pair of spaces
type Any = any;
type Definition = EnvDefinition<Any, Any, Any>;

/** A sound environment: a noisy walk between −10 and 10, with a part of it replaced. */
function sound(broken: Partial<Definition> = {}): EnvSpec<Any, Any> {
  return defineEnv({
    id: 'sound',
    observation: box({ shape: [2], low: -10, high: 10 }),
    action: discrete(2),
    maxSteps: 30,
    init: (rng) => ({ place: rng.uniform(-1, 1), speed: 0 }),
    step({ place, speed }: { place: number; speed: number }, action: number, rng: Rng) {
      const next = 0.9 * speed + action - 0.5 + 0.1 * rng.normal();
      return { state: { place: place + 0.1 * next, speed: next }, reward: -Math.abs(place), terminated: Math.abs(place) > 2 };
    },
    observe: ({ place, speed }) => [place, speed],
    ...broken,
  } as Definition);
}

/** A copy, whose parts can be changed. */
type Copy = { -readonly [K in keyof Dynamics]: Dynamics[K] } & { place: number };

/** The same kind of walk, in place, with a part of a copy replaced. */
function inPlace(broken: (copy: Copy) => Partial<Dynamics> = () => ({}), dtype: 'float32' | 'uint8' = 'float32'): EnvSpec<Any, Any> {
  const create = (): Dynamics => {
    const copy = {
      reward: 0,
      terminated: false,
      place: 0,
      begin(rng: Rng) {
        copy.place = rng.integer(20);
        copy.terminated = false;
      },
      step(action: number | Float32Array, rng: Rng) {
        copy.place += (action as number) + rng.integer(3);
        copy.reward = copy.place;
        copy.terminated = copy.place > 100;
      },
      observe(out: DtypeArray, offset: number) {
        out[offset] = copy.place;
        out[offset + 1] = 7;
      },
      snapshot: () => [copy.place, copy.reward, copy.terminated],
      restore(snapshot: unknown) {
        [copy.place, copy.reward, copy.terminated] = snapshot as [number, number, boolean];
      },
    };
    return Object.defineProperties(copy, Object.getOwnPropertyDescriptors(broken(copy)));
  };
  return defineEnv({ id: 'inPlace', observation: box({ shape: [1, 2, 1], low: 0, high: 200, dtype }), action: discrete(2), maxSteps: 40, create });
}

const soundOnes: [string, EnvSpec<Any, Any>][] = [
  ['CartPole', cartPole({ maxSteps: 25 })],
  ['CartPole-v0', cartPole({ version: 'v0', suttonBartoReward: true, kinematicsIntegrator: 'semi-implicit' })],
  ['CartPole one by one', withoutBatch(cartPole())],
  ['SwingUp', swingUp({ maxSteps: 25 })],
  ['SwingUp-v1', swingUp({ version: 'v1' } as never)],
  ['Acrobot', acrobot({ maxSteps: 25 })],
  ['MountainCar', mountainCar({ maxSteps: 25 })],
  ['MountainCarContinuous', mountainCarContinuous({ maxSteps: 25 })],
  ['Pendulum', pendulum({ maxSteps: 25 })],
  ['pure', sound()],
  ['in place', inPlace()],
  ['bytes in place', inPlace(undefined, 'uint8')],
  ['bytes, stacked', inPlace(undefined, 'uint8').pipe(frameStack(3) as never)],
  ['identity of choices', identityEnv(4)],
  ['identity of numbers', identityEnv(box({ shape: [2], low: -1, high: 1 }))],
  ['one hot', identityEnv(3).pipe(oneHot())],
  ...Array.from({ length: 12 }, (_, seed): [string, EnvSpec<Any, Any>] => [`random ${seed}`, randomEnv(seed)]),
];

describe('sound environments pass', () => {
  test.each(soundOnes)('%s', (_, spec) => {
    expect(inspectEnv(spec)).toMatchObject({ passed: true, failures: [], warnings: [] });
    expect(checkEnv(spec, { seed: 3, steps: 60 })).toEqual([]);
  });

  test.each<[string, EnvSpec<Any, Any>, readonly string[]]>([
    ['Pong in colours', pong({ maxSteps: 50 }), ['shortcut']],
    ['Pong in numbers', pong({ observation: 'state' }), ['shortcut']],
    ['Pong-v0', pong({ version: 'Pong-v0', noopMax: 30 }), ['shortcut']],
    ["Karpathy's differences", pong().pipe(karpathyDifference()), []],
    ['VPG differences', pong().pipe(vpgDifference()), []],
    ['DeepMind frames', pong().pipe(deepMindFrames()), ['shortcut']],
    ['baby-a3c frames', pong().pipe(babyA3cFrames()), []],
  ])('%s', (_, spec, skipped) => {
    const report = inspectEnv(spec, { steps: 60 });
    expect(report).toMatchObject({ passed: true, failures: [] });
    expect(report.skipped.filter((check) => check === 'shortcut')).toEqual(skipped);
  });

  test('all that can be checked is checked', () => {
    expect(inspectEnv(cartPole()).skipped).toEqual(['masks', 'shortcut', 'close']);
    expect(inspectEnv(inPlace()).skipped).toEqual(['pure', 'masks', 'batch', 'shortcut', 'render', 'close']);
  });

  test('of a vectorised specification one copy is looked at', () => {
    expect(inspectEnv(vectorize(sound(), { numEnvs: 4 })).passed).toBe(true);
  });
});

test('without randomness: a warning', () => {
  expect(inspectEnv(counter({ length: 5 }))).toEqual({
    passed: true,
    failures: [],
    warnings: [
      {
        check: 'seeds-differ',
        got: 'the same episodes for four seeds',
        expected: 'episodes that differ',
        remedy: 'Draw the first state from the rng that init and begin are given. Ignore this if the environment has no randomness.',
      },
    ],
    skipped: ['masks', 'batch', 'shortcut', 'render', 'close'],
  });
  expect(checkEnv(scriptedEnv({ observation: discrete(2), action: discrete(2), first: 0, steps: [{ obs: 1 }] }))).toHaveLength(1);
});

let calls = 0;
const shared = { place: 0 };
const buffer = new Float32Array(2);
const definition = sound()['~source'].definition as Definition;
const walkBatch = (numEnvs: number, wrong: number) => {
  const states = new Float64Array(numEnvs);
  return {
    init: (n: number, rng: Rng) => {
      states[n] = rng.uniform(-1, 1);
    },
    step(actions: ArrayLike<number>, rewards: Float32Array, terminated: Uint8Array) {
      for (let n = 0; n < numEnvs; n++) states[n] = states[n]! + (actions[n]! - 0.5) / 10;
      rewards.fill(wrong);
      terminated.fill(0);
    },
    observe: (n: number, out: DtypeArray, offset: number) => {
      out[offset] = states[n]!;
      out[offset + 1] = 0;
    },
    snapshot: (n: number) => states[n],
    restore: (n: number, snapshot: unknown) => {
      states[n] = snapshot as number;
    },
  };
};
const smooth: Partial<Definition> = {
  init: (rng: Rng) => ({ place: rng.uniform(-1, 1), speed: 0 }),
  step: ({ place }: { place: number }, action: number) => ({ state: { place: place + (action - 0.5) / 10, speed: 0 }, reward: 0, terminated: false }),
};
const quick = (wrong: number) => (copy: Copy) => ({
  shortcut: (stages: readonly Stage[]) => {
    if (stages[0]?.name !== 'frameStack(2)') return undefined;
    let [before, now] = [0, 0];
    return {
      stages: 1,
      begin: () => {
        now = copy.place;
        before = now + wrong;
      },
      step: () => {
        before = now;
        now = copy.place;
      },
      observe: (out: DtypeArray, offset: number) => {
        out.set([before, now, 7, 7], offset);
      },
      snapshot: () => [before, now],
      restore: (snapshot: unknown) => {
        [before, now] = snapshot as [number, number];
      },
    };
  },
});
const drawn = (picture: unknown) => inPlace(() => ({ render: () => picture as never }));

/** Acts on the action of the step before, and keeps the array that it was passed in. */
function keepingActions(): EnvSpec<Any, Any> {
  const create = (): Dynamics => {
    const copy = inPlace()['~source'].createDynamics();
    const { begin, step, snapshot, restore } = copy;
    let kept = new Float32Array(1);
    return Object.assign(copy, {
      begin(rng: Rng) {
        kept = new Float32Array(1);
        begin(rng);
      },
      step(action: Float32Array, rng: Rng) {
        step(Math.round(kept[0]!), rng);
        kept = action as Float32Array<ArrayBuffer>;
      },
      snapshot: () => [snapshot(), kept.slice()],
      restore(taken: [unknown, Float32Array<ArrayBuffer>]) {
        restore(taken[0]);
        kept = taken[1].slice();
      },
    });
  };
  const { id, observation, maxSteps } = inPlace()['~source'].definition;
  return defineEnv({ id, observation, maxSteps, action: box({ shape: [1], low: 0, high: 1 }), create });
}

/** One mistake for each way in which a check can fail. */
const mistakes: [string, string, () => EnvSpec<Any, Any>, string][] = [
  [
    'spaces',
    'a shape and bounds that do not fit',
    () => sound({ observation: { ...box({ shape: [2], low: 0, high: 1 }), shape: [3] } }),
    'an observation space with low: Float32Array[0, 0] for the shape [3]',
  ],
  [
    'spaces',
    'crossed bounds',
    () => sound({ action: { ...box({ shape: [1], low: -1, high: 1 }), low: Float32Array.of(2) } }),
    'an action space with low 2 and high 1 at element 0',
  ],
  ['spaces', 'no choices', () => sound({ action: { kind: 'discrete', size: 0 } }), 'an action space with the size 0'],
  [
    'runs',
    'throws',
    () =>
      sound({
        step: () => {
          throw new RangeError('dry');
        },
      }),
    'RangeError "dry" thrown at step 1 of the episode (sound.step)',
  ],
  ['observations', 'out of bounds', () => sound({ observe: ({ place }: { place: number }) => [place, 11] }), 'with 11 at element 1, outside [-10, 10]'],
  ['observations', 'too few', () => sound({ observe: () => [1] }), '1 number at step 0 of the episode (sound.observe)'],
  ['observations', 'NaN', () => sound({ observe: () => [1, Number.NaN] }), 'NaN at element 1 of the observation at step 0 of the episode (sound.observe)'],
  [
    'observations',
    'no byte',
    () => inPlace((copy) => ({ observe: (out, offset) => out.set([copy.place, 300], offset) }), 'uint8'),
    'with 300 at element 1, outside [0, 200]',
  ],
  [
    'observations',
    'beside its place',
    () => inPlace((copy) => ({ observe: (out, offset) => out.set([copy.place, 7], 0 * offset) })),
    'an observe that writes beside its place',
  ],
  [
    'observations',
    'not all of it',
    () =>
      inPlace((copy) => ({
        observe: (out, offset) => {
          out[offset] = copy.place;
        },
      })),
    'an observe that leaves element 1 as it was, or NaN',
  ],
  [
    'observations',
    'changes when looked at',
    () =>
      inPlace((copy) => {
        let looks = 0;
        return { observe: (out, offset) => out.set([copy.place, ++looks % 100], offset) };
      }),
    'of one observation that is looked at twice',
  ],
  [
    'observations',
    'out of bounds behind a stage',
    () => sound().pipe((space) => ({ name: 'far', space, create: () => ({ apply: (_, output) => void output.fill(50) }) })),
    'the observation Float32Array[50, 50] with 50 at element 0, outside [-10, 10]',
  ],
  [
    'rewards',
    'infinite',
    () => sound({ step: (state: object) => ({ state, reward: Infinity, terminated: false }) }),
    'the reward Infinity at step 1 of the episode (sound.step)',
  ],
  [
    'flags',
    'another name for the end',
    () => sound({ step: (state: object) => ({ state, reward: 0, done: true }) as never }),
    'an object with keys [state, reward, done] at step 1 of the episode (sound.step)',
  ],
  [
    'flags',
    'a number for the end',
    () =>
      inPlace((copy) => ({
        get terminated() {
          return (copy.place > 100 ? 1 : 0) as never;
        },
        begin(rng) {
          copy.place = rng.integer(20);
        },
        step(action, rng) {
          copy.place += (action as number) + rng.integer(3);
        },
        restore(snapshot) {
          [copy.place] = snapshot as [number];
        },
      })),
    'terminated: 0',
  ],
  [
    'time-limit',
    'a wrapper that hides it',
    () =>
      sound().pipe((space, env) => ({
        name: 'endless',
        space,
        actionSpace: env.actionSpace,
        wrap: (copy) =>
          new (class extends CopyLayer {
            override get truncated() {
              return false;
            }
          })(copy),
      })),
    'an episode that is not truncated at step 30',
  ],
  [
    'buffers',
    'one array for all',
    () =>
      sound({
        observe: ({ place, speed }: { place: number; speed: number }) => {
          buffer.set([place, speed]);
          return buffer;
        },
      }),
    'one array for two observations',
  ],
  [
    'buffers',
    'one copy for all',
    () => {
      const copy = inPlace()['~source'].createDynamics();
      return defineEnv({ ...inPlace()['~source'].definition, create: () => copy } as never);
    },
    'a create() that returns the same copy twice',
  ],
  [
    'pure',
    'changes the state',
    () =>
      sound({
        step: (state: { place: number }, action: number, rng: Rng) => {
          state.place += 0.01;
          return definition.step(state, action, rng);
        },
      }),
    'a step() that changes the state it is given, at step 1',
  ],
  [
    'pure',
    'changes it when it is observed',
    () =>
      sound({
        observe: (state: { place: number; speed: number }) => {
          state.speed = 1;
          return [state.place, 0];
        },
      }),
    'an observe() that changes the state it is given, at step 1',
  ],
  [
    'seeding',
    'counts on',
    () => sound({ step: (state: { place: number; speed: number }, action: number, rng: Rng) => ({ ...definition.step(state, action, rng), reward: ++calls }) }),
    'of two plays with one seed',
  ],
  [
    'seeding',
    'an episode that begins where the one before ended',
    () =>
      inPlace((copy) => ({
        begin: () => {},
        step(action: number | Float32Array, rng: Rng) {
          copy.place = (copy.place + (action as number) + rng.integer(3)) % 100;
          copy.reward = copy.place;
        },
      })),
    'after make({ seed: 0 }) and after reset({ seed: 0 })',
  ],
  [
    'seeding',
    'remembers what no first observation shows',
    () =>
      inPlace((copy) => {
        let pace = 1;
        return {
          step(_action: number | Float32Array, rng: Rng) {
            pace += 1;
            copy.place = (copy.place + pace + rng.integer(3)) % 100;
            copy.reward = copy.place;
          },
        };
      }),
    'after make({ seed: 0 }) and after reset({ seed: 0 })',
  ],
  [
    'isolation',
    'a variable for all',
    () =>
      sound({
        init: (rng: Rng) => {
          shared.place = 0;
          return definition.init(rng);
        },
        step: (state: object, action: number, rng: Rng) => {
          shared.place += action;
          return { ...definition.step(state, action, rng), reward: shared.place };
        },
      }),
    'alone and beside another copy',
  ],
  [
    'snapshots',
    'forgets something',
    () => inPlace((copy) => ({ snapshot: () => [0, copy.reward, copy.terminated] })),
    'in the environment and in one restored from a copy of its snapshot after step 0',
  ],
  [
    'snapshots',
    'changes afterwards',
    () =>
      inPlace((copy) => {
        const kept = [0];
        const { step, begin } = copy;
        const keep = () => {
          kept[0] = copy.place;
        };
        return {
          begin: (rng) => {
            begin(rng);
            keep();
          },
          step: (action, rng) => {
            step(action, rng);
            keep();
          },
          snapshot: () => kept,
          restore: (snapshot) => {
            [copy.place] = snapshot as [number];
            copy.terminated = false;
          },
        };
      }),
    'which later steps must not change',
  ],
  ['snapshots', 'is no data', () => inPlace((copy) => ({ snapshot: () => ({ step: copy.step }) })), 'a snapshot that is no plain data'],
  ['vectorized', 'keeps an action', () => keepingActions(), 'alone and as one of 3 copies'],
  [
    'batch',
    'another reward',
    () => sound({ ...smooth, batch: (numEnvs) => walkBatch(numEnvs, 1) }),
    'reward 0 and then 1 at step 1, from step() and from batch()',
  ],
  ['shortcut', 'another first frame', () => inPlace(quick(1)).pipe(frameStack(2) as never), 'by the shortcut and by its stages (frameStack(2))'],
  ['render', 'too few bytes', () => drawn({ width: 2, height: 2, data: new Uint8Array(8) }), 'a picture of 2 × 2 with 8 bytes'],
  [
    'render',
    'another kind of array',
    () => drawn({ width: 2, height: 2, data: new Uint8ClampedArray(12) }),
    'a picture of 2 × 2 with Uint8ClampedArray[0, 0, 0, 0, 0, 0, …]',
  ],
  [
    'render',
    'changes the state',
    () =>
      inPlace((copy) => ({
        render() {
          copy.place += 1;
          return { width: 1, height: 1, data: new Uint8Array(3) };
        },
      })),
    'without and with pictures in between',
  ],
  [
    'close',
    'only once',
    () =>
      inPlace(() => {
        let open = true;
        return {
          close() {
            if (!open) throw new Error('closed already');
            open = false;
          },
        };
      }),
    'Error: closed already when it is closed',
  ],
];

describe('a mistake is found by its check, and by no other', () => {
  test.each(mistakes)('%s: %s', (check, _, spec, got) => {
    const { passed, failures } = inspectEnv(spec());
    expect(passed).toBe(false);
    expect(failures.map((failure) => failure.check)).toEqual([check]);
    expect(failures[0]!.got).toContain(got);
    expect(failures[0]!.remedy).toMatch(/^[A-Z].*\.$/);
  });

  test('there is a mistake for every check but the warning', () => {
    const names = new Set(mistakes.map(([check]) => check));
    expect([...names].sort()).toEqual(
      [
        'spaces',
        'runs',
        'observations',
        'rewards',
        'flags',
        'time-limit',
        'buffers',
        'pure',
        'seeding',
        'isolation',
        'snapshots',
        'vectorized',
        'batch',
        'shortcut',
        'render',
        'close',
      ].sort(),
    );
  });

  test('a sound shortcut and a sound batch form pass', () => {
    expect(inspectEnv(inPlace(quick(0)).pipe(frameStack(2) as never))).toMatchObject({ failures: [], skipped: ['pure', 'masks', 'batch', 'render', 'close'] });
    expect(inspectEnv(sound({ ...smooth, batch: (numEnvs) => walkBatch(numEnvs, 0) })).failures).toEqual([]);
    expect(inspectEnv(drawn({ width: 2, height: 2, data: new Uint8Array(12) })).failures).toEqual([]);
  });
});

describe('checkEnv', () => {
  test('throws one error with all failures', () => {
    const spec = inPlace((copy) => ({ snapshot: () => [0, copy.reward, copy.terminated], render: () => ({ width: 1, height: 1, data: new Uint8Array(4) }) }));
    expect(() => checkEnv(spec)).toThrow(EnvironmentError);
    expect(() => checkEnv(spec)).toThrow(
      /^checkEnv\(inPlace\): got 2 failures; expected none\. Mend these:\n- snapshots: got .*; expected the same steps\. Put .*\n- render: got a picture of 1 × 1 with 4 bytes; expected width × height × 3 bytes in a Uint8Array\. Return .*\.$/,
    );
  });

  test.each([undefined, null, cartPole, 'CartPole-v1'])('refuses %s for a specification', (env) => {
    expect(() => checkEnv(env as never)).toThrow(/^checkEnv: got /);
    expect(() => inspectEnv(env as never)).toThrow(/^inspectEnv: got /);
    expect(() => checkEnv(env as never)).toThrow('expected an environment specification. Pass what cartPole() or defineEnv() return.');
  });

  test('refuses options that are none', () => {
    expect(() => checkEnv(walk(), { step: 3 } as never)).toThrow('checkEnv: got the unknown option "step"');
    expect(() => checkEnv(walk(), { steps: 0 })).toThrow('got steps: 0;');
  });
});
