import { box, discrete, InvalidActionError, InvalidOptionsError, InvalidShapeError, Rng, sample } from '@pg/core';
import { checkEnv, inspectEnv } from '@pg/envs/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { bundled } from '../../../../fixtures/bundled.js';
import * as heaps from '../../fixtures/take-away.js';
import { CopyLayer } from '../copy/copy-layer.js';
import { normalizeObservations } from '../normalization/normalize-observations.js';
import type { VectorEnv } from '../vector/vector-env.js';
import { vectorize } from '../vector/vectorize.js';
import { episodeStatistics } from '../wrappers/episode-statistics.js';
import { frameSkip } from '../wrappers/frame-skip.js';
import { noopStarts } from '../wrappers/noop-starts.js';
import { stickyActions } from '../wrappers/sticky-actions.js';
import { defineEnv } from './define-env.js';
import type { Dynamics } from './dynamics.js';
import type { EnvSpec } from './env.js';
import type { PipedEnv, Wrapper } from './wrapper.js';

const { takeAway, takeAwayInPlace, takeAwayTogether } = heaps;

// biome-ignore lint/suspicious/noExplicitAny: stands for every pair of spaces
type Any = any;

const forms: [string, EnvSpec<Any, Any>][] = [
  ['pure', takeAway],
  ['in place', takeAwayInPlace],
  ['many at once', takeAwayTogether],
  [
    'behind layers',
    takeAway.pipe(episodeStatistics()).pipe((space: Any) => ({ name: 'same', space, create: () => ({ apply: (a: Any, b: Any) => b.set(a) }) })),
  ],
];

/** What the heaps allow, from what is observed. */
const expected = (obs: ArrayLike<number>) => Array.from(obs).flatMap((heap) => [0, 1, 2].map((action) => (action < heap ? 1 : 0)));

/** An action that each copy allows. */
const allowed = ({ actionMasks: masks, numEnvs }: VectorEnv<Any, Any>, rng: Rng) =>
  Int32Array.from({ length: numEnvs }, (_, n) => sample(discrete(3), rng, masks!.slice(3 * n, 3 * n + 3)));

describe('one environment', () => {
  test.each(forms)('%s: says what is allowed while an episode runs, and refuses all else', (_, spec) => {
    expect(spec.masksActions).toBe(true);
    const env = spec.make({ seed: 3 });
    expect(env.actionMask).toBeUndefined();
    const rng = Rng.fromSeed(1);
    let refused = 0;
    for (let episode = 0; episode < 10; episode++) {
      let obs = env.reset() as Float32Array;
      for (let ended = false; !ended; ) {
        const mask = env.actionMask!;
        expect([...mask]).toEqual(expected(obs));
        if (mask[2] === 0) {
          expect(() => env.step(2)).toThrow(InvalidActionError);
          refused += 1;
        }
        const step = env.step(sample(env.actionSpace, rng, mask) as never);
        ended = step.terminated;
        obs = step.obs as Float32Array;
      }
      expect(env.actionMask).toBeUndefined();
    }
    expect(refused).toBeGreaterThan(5);
    env.close();
  });

  test('the mask is a fresh array, and a refused action has not been taken', () => {
    const env = takeAway.make({ seed: 3 });
    env.reset();
    env.actionMask!.fill(0);
    expect([...env.actionMask!]).toEqual([1, 1, 1]);
    for (let heap = (env.snapshot().data as Any).copy.dynamics.state; heap > 2; heap--) env.step(0);
    expect([...env.actionMask!]).toEqual([1, 1, 0]);
    expect(() => env.step(2)).toThrow(
      'TakeAway.step: got the action 2, which is not allowed now; expected one of 0, 1. Ask actionMask before acting: policy.act(obs, { mask: env.actionMask })',
    );
    expect(env.step(1).terminated).toBe(true);
  });

  test('a restored copy allows what the other did', () => {
    const env = takeAwayInPlace.make({ seed: 4 });
    env.reset();
    while (env.actionMask![2]) env.step(0);
    const other = takeAwayInPlace.make({ seed: 5 });
    other.restore(structuredClone(env.snapshot()));
    expect(other.actionMask).toEqual(env.actionMask);
  });

  test('an environment that does not say so has none', () => {
    const plain = defineEnv({ ...takeAway['~source'].definition, actionMask: undefined } as never).make();
    plain.reset();
    expect(plain.actionMask).toBeUndefined();
  });
});

describe('many copies', () => {
  test.each([...forms, ['normalised', takeAway.pipe(normalizeObservations())] as [string, EnvSpec<Any, Any>]])(
    '%s: masks lie beside the observations, and behind an end are of the next episode',
    (name, spec) => {
      const envs = vectorize(spec, { numEnvs: 7 }).make({ seed: 2 });
      const plain = vectorize(takeAway, { numEnvs: 7 }).make({ seed: 2 });
      const rng = Rng.fromSeed(5);
      const masks = envs.actionMasks!;
      expect(masks).toHaveLength(21);
      envs.reset();
      let obs = plain.reset();
      let ends = 0;
      for (let t = 0; t < 60; t++) {
        expect([...masks]).toEqual(expected(obs));
        const actions = allowed(envs, rng);
        const { terminated } = envs.step(actions);
        obs = plain.step(actions).obs;
        ends += terminated.reduce((sum, one) => sum + one, 0);
      }
      expect(envs.actionMasks, name).toBe(masks);
      expect(ends).toBeGreaterThan(30);
      const snapshot = envs.snapshot();
      const restored = vectorize(spec, { numEnvs: 7 }).make({ seed: 9 });
      restored.restore(snapshot);
      expect([...restored.actionMasks!]).toEqual([...masks]);
    },
  );

  test('an action that a copy does not allow is refused before anything is stepped', () => {
    const envs = vectorize(takeAway, { numEnvs: 3 }).make({ seed: 2 });
    const rng = Rng.fromSeed(5);
    envs.reset();
    while (envs.actionMasks![5]) envs.step(allowed(envs, rng));
    const before = envs.snapshot();
    const actions = allowed(envs, rng);
    actions[1] = 2;
    expect(() => envs.step(actions)).toThrow(/^TakeAway \(copy 1\)\.step: got the action 2, which is not allowed now; expected one of 0/);
    expect(envs.snapshot()).toEqual(before);
  });

  const module = bundled(new URL('../../fixtures/take-away.ts', import.meta.url));
  const open: VectorEnv<Any, Any>[] = [];
  afterAll(() => {
    for (const env of open) env.close();
  });

  test('on threads the same', () => {
    const threads = vectorize(takeAwayInPlace, { numEnvs: 5, workers: 2, module, export: 'takeAwayInPlace' }).make({ seed: 1 });
    open.push(threads);
    const local = vectorize(takeAwayInPlace, { numEnvs: 5 }).make({ seed: 1 });
    const rng = Rng.fromSeed(2);
    threads.reset();
    local.reset();
    for (let t = 0; t < 30; t++) {
      expect([...threads.actionMasks!]).toEqual([...local.actionMasks!]);
      const actions = allowed(local, rng);
      threads.step(actions);
      local.step(actions);
    }
    const snapshot = local.snapshot();
    for (let t = 0; t < 3; t++) threads.step(allowed(threads, rng));
    threads.restore(snapshot);
    expect([...threads.actionMasks!]).toEqual([...local.actionMasks!]);
  });
});

describe('wrappers that repeat actions take none that is not allowed', () => {
  const pipes: [string, EnvSpec<Any, Any>][] = [
    ['frameSkip', takeAway.pipe(frameSkip(3))],
    ['frameSkip with the larger of two frames', takeAway.pipe(frameSkip(3, { maxOfTwoFrames: true }))],
    ['stickyActions', takeAway.pipe(stickyActions(0.7))],
    ['noopStarts', takeAway.pipe(noopStarts(9, { action: 2 }))],
  ];
  // the heap itself throws when more is taken than there is
  test.each(pipes)('%s', (name, spec) => {
    const envs = vectorize(spec, { numEnvs: 4 }).make({ seed: 2 });
    const rng = Rng.fromSeed(5);
    let obs = envs.reset() as Float32Array;
    let ends = 0;
    for (let t = 0; t < 100; t++) {
      // the larger of two frames is not what there is
      if (!name.includes('larger')) expect([...envs.actionMasks!]).toEqual(expected(obs));
      const step = envs.step(allowed(envs, rng));
      obs = step.obs as Float32Array;
      ends += step.terminated.reduce((sum, one) => sum + one, 0);
    }
    expect(ends).toBeGreaterThan(30);
  });

  test('a skip ends early, its rewards summed so far', () => {
    const env = takeAway.pipe(frameSkip(3)).make({ seed: 3 });
    const [first] = env.reset();
    const { obs } = env.step(2);
    // as often as 3 can be taken
    expect(obs[0]).toBe(Math.max(first! % 3, first! - 9));
  });
});

describe('wrappers that change actions', () => {
  const halved = (more: Partial<Wrapper>) => (space: Any, env: PipedEnv) =>
    ({ name: 'two', space, actionSpace: discrete(2), wrap: (copy) => new TwoChoices(copy), ...more, masksBefore: env.masksActions }) as Wrapper;

  /** Takes 1 or 2. */
  class TwoChoices extends CopyLayer {
    readonly #mask = new Uint8Array(3);

    override actionMask(out: Uint8Array, offset: number): void {
      super.actionMask(this.#mask, 0);
      out.set(this.#mask.subarray(0, 2), offset);
    }
  }

  test('say whether they have masks of their own', () => {
    const two = takeAway.pipe(halved({ masksActions: true }));
    const env = two.make({ seed: 0 });
    env.reset();
    expect(env.actionMask).toEqual(Uint8Array.of(1, 1));
    expect(takeAway.pipe(halved({ masksActions: false })).masksActions).toBe(false);
    expect(() => takeAway.pipe(halved({}))).toThrow(
      'TakeAway.pipe: got two, which takes Discrete<2> in place of Discrete<3>, of which masks say what is allowed; expected a wrapper that says whether its copies have masks of its own choices. Set masksActions: true',
    );
  });
});

describe('mistakes', () => {
  const { definition } = takeAway['~source'];
  const broken = (actionMask: unknown) => defineEnv({ ...definition, actionMask } as never) as EnvSpec<Any, Any>;

  test.each<[string, unknown, RegExp, new (...args: never[]) => Error]>([
    ['nothing', () => undefined, /got nothing at step 0 of the episode; expected 3 times 0 or 1, or true or false/, InvalidShapeError],
    ['too short', () => [1, 1], /got the mask \[1, 1\] at step 0 of the episode/, InvalidShapeError],
    ['weights', () => [1, 0.5, 0], /got the mask \[1, 0.5, 0\]/, InvalidShapeError],
    [
      'nothing allowed',
      (heap: number) => [0, 0, 0].fill(heap > 99 ? 1 : 0),
      /got a mask that allows none of the 3 actions at step 0 of the episode/,
      InvalidActionError,
    ],
  ])('%s', (_, mask, message, Kind) => {
    const env = broken(mask).make();
    expect(() => env.reset()).toThrow(Kind);
    expect(() => env.reset()).toThrow(message);
    expect(() => env.reset()).toThrow(/^TakeAway\.actionMask: /);
    expect(inspectEnv(broken(mask)).failures).toMatchObject([{ check: 'masks' }]);
  });

  test('nothing allowed later: the copy and the step are named', () => {
    const spec = broken((heap: number) => (heap > 4 ? [1, 0, 0] : [0, 0, 0]));
    const envs = vectorize(spec, { numEnvs: 2 }).make({ seed: 0 });
    envs.reset();
    const run = () => {
      for (;;) envs.step(Int32Array.of(0, 0));
    };
    expect(run).toThrow(/^TakeAway \(copy [01]\)\.actionMask: got a mask that allows none of the 3 actions at step [1-8] of the episode;/);
  });

  test('an entry that a copy in place leaves out', () => {
    const forgetful = defineEnv({
      id: 'forgetful',
      observation: box({ shape: [1], low: 0, high: 12 }),
      action: discrete(3),
      maxSteps: 20,
      masksActions: true,
      create: () =>
        Object.assign(takeAwayInPlace['~source'].createDynamics(), { actionMask: (out: Uint8Array, offset: number) => out.fill(1, offset, offset + 2) }),
    });
    expect(() => forgetful.make().reset()).toThrow('forgetful.actionMask: got a mask whose entry 2 was not written at step 0 of the episode');
  });

  test('masks of numbers, a promise that is not kept, and one that nobody has asked for', () => {
    const numbers = { ...definition, action: box({ shape: [1], low: 0, high: 1 }) };
    expect(() => defineEnv(numbers as never)).toThrow(InvalidOptionsError);
    const inPlace = (masksActions: boolean, actionMask?: Dynamics['actionMask']) =>
      defineEnv({
        id: 'place',
        observation: discrete(2),
        action: discrete(3),
        maxSteps: 9,
        masksActions,
        create: () => Object.assign(takeAwayInPlace['~source'].createDynamics(), { actionMask }),
      });
    expect(() => inPlace(true).make()).toThrow('place.create: got a copy without actionMask()');
    expect(() => inPlace(false, () => {}).make()).toThrow('place.create: got a copy with actionMask() of a definition without masksActions');
    const batch = (numEnvs: number) => ({ ...takeAwayTogether['~source'].definition.batch!(numEnvs), actionMask: undefined });
    expect(() => vectorize(defineEnv({ ...definition, batch } as never), { numEnvs: 2 }).make()).toThrow('TakeAway.batch: got copies without actionMask()');
  });

  test('the same mistakes in the form for many at once', () => {
    const batch = (numEnvs: number) => ({
      ...takeAwayTogether['~source'].definition.batch!(numEnvs),
      actionMask: (index: number, out: Uint8Array, offset: number) => out.fill(index === 1 ? 0 : 1, offset, offset + 3),
    });
    const envs = vectorize(defineEnv({ ...definition, batch } as never), { numEnvs: 2 }).make();
    expect(() => envs.reset()).toThrow('TakeAway (copy 1).batch.actionMask: got a mask that allows none of the 3 actions at step 0 of the episode');
  });
});

describe('checkEnv', () => {
  test.each(forms)('%s passes', (_, spec) => {
    expect(inspectEnv(spec)).toMatchObject({ failures: [], passed: true });
    expect(inspectEnv(spec).skipped).not.toContain('masks');
    expect(checkEnv(spec, { seed: 2, steps: 40 })).toEqual([]);
  });

  test('a mask that depends on how often it was looked at', () => {
    let looks = 0;
    const moody = defineEnv({ ...takeAway['~source'].definition, actionMask: (heap: number) => [true, heap > 1 && looks++ % 2 === 0, heap > 2] });
    expect(inspectEnv(moody).failures.map(({ check }) => check)).toContain('seeding');
    const remembered = defineEnv({
      ...takeAwayInPlace['~source'].definition,
      masksActions: true,
      create: () => {
        const heap = takeAwayInPlace['~source'].createDynamics();
        let steps = 0;
        const step = heap.step.bind(heap);
        const begin = heap.begin.bind(heap);
        return Object.assign(heap, {
          begin(rng: Rng) {
            steps = 0;
            begin(rng);
          },
          step(action: number, rng: Rng) {
            steps += 1;
            step(action, rng);
          },
          // what a snapshot does not hold
          actionMask(out: Uint8Array, offset: number) {
            for (let k = 0; k < 3; k++) out[offset + k] = k === 0 || (steps < 2 && k < (heap as Any).heap) ? 1 : 0;
          },
        });
      },
    } as never) as EnvSpec<Any, Any>;
    expect(inspectEnv(remembered).failures).toMatchObject([{ check: 'masks', expected: 'the same mask, also from a restored copy' }]);
  });
});
