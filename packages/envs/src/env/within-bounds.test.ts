import { type Box, box, contains, discrete, Rng, sample } from '@pg/core';
import { expect, test } from 'vitest';
import { vectorize } from '../vector/vectorize.js';
import { actionClip } from '../wrappers/action-clip.js';
import { actionRescale } from '../wrappers/action-rescale.js';
import { defineEnv } from './define-env.js';

const tenth = box({ shape: [2], low: -0.1, high: 0.1 });
/** The float32 numbers next to 0.1. */
const [below, above] = [0.09999999403953552, 0.10000000149011612];

/** An environment that keeps the actions it is given. */
function recorder(action: Box<readonly [2]> = tenth) {
  const seen: number[] = [];
  const spec = defineEnv({
    id: 'recorder',
    observation: box({ shape: [1], low: -0.1, high: 0.1 }),
    action,
    maxSteps: 10,
    init: () => 0,
    step(state, given) {
      seen.push(...given);
      return { state, reward: 0, terminated: false };
    },
    observe: () => [0.1],
  });
  return { spec, seen };
}

test('an action at a bound that float32 does not represent is accepted, and the environment gets one that is not outside', () => {
  const { spec, seen } = recorder();
  const env = spec.make();
  env.reset();
  env.step(Float32Array.of(0.1, -0.1));
  env.step([0.1, -0.1] as never);
  env.step(Float32Array.of(0.05, below));
  expect(seen).toEqual([below, -below, below, -below, Math.fround(0.05), below]);
  expect(() => env.step(Float32Array.of(0.1000001, 0))).toThrow(
    'recorder.step: got the action Float32Array[0.1000001, 0]; expected 2 numbers within [-0.1, 0.1]',
  );
});

test('many copies get the same, and the array of actions stays as it is', () => {
  const { spec, seen } = recorder();
  const envs = vectorize(spec, { numEnvs: 2 }).make();
  envs.reset();
  const actions = Float32Array.of(0.1, -0.1, 0, 0.05);
  envs.step(actions);
  expect(seen).toEqual([below, -below, 0, Math.fround(0.05)]);
  expect(actions[0]).toBe(above);
  expect(() => envs.step(Float32Array.of(0, 0, 0, 0.1000001))).toThrow('recorder (copy 1).step: got the action Float32Array[0, 0.1000001]');
});

test('clipped, rescaled and drawn actions are within the bounds that the author wrote', () => {
  const { spec, seen } = recorder();
  const clipped = spec.pipe(actionClip()).make();
  clipped.reset();
  clipped.step(Float32Array.of(5, -5));
  const rescaled = spec.pipe(actionRescale()).make();
  rescaled.reset();
  rescaled.step(Float32Array.of(1, -1));
  const odd = spec.pipe(actionRescale(-0.3, 0.3));
  const rescaledFromOdd = odd.make();
  rescaledFromOdd.reset();
  rescaledFromOdd.step(Float32Array.of(0.3, -0.3));
  expect(seen).toEqual([below, -below, below, -below, below, -below]);
  expect(seen.every((action) => Math.sqrt(0.1 ** 2 - action * action) >= 0)).toBe(true);
  expect(contains(odd.actionSpace, sample(odd.actionSpace, Rng.fromSeed(1)))).toBe(true);
});

test('bounds that float32 represents cost nothing: the action is handed on as it is', () => {
  const { spec, seen } = recorder(box({ shape: [2], low: -1, high: Math.fround(0.1) }));
  const env = spec.make();
  env.reset();
  env.step(Float32Array.of(0.1, -1));
  expect(seen).toEqual([above, -1]);
});

test('observations at a bound lie in the space of observations', () => {
  const env = recorder().spec.make();
  expect(contains(env.observationSpace, env.reset())).toBe(true);
  expect(env.observationSpace.high[0]).toBe(above);
});

test('observations of more choices than float32 tells apart are refused when they are defined', () => {
  const define = (size: number) =>
    defineEnv({
      id: 'choices',
      observation: discrete(size),
      action: discrete(2),
      maxSteps: 10,
      init: () => size - 1,
      step: (state) => ({ state, reward: 0, terminated: false }),
      observe: (state) => state,
    });
  expect(
    define(2 ** 24)
      .make()
      .reset(),
  ).toBe(2 ** 24 - 1);
  expect(() => define(2 ** 24 + 2)).toThrow('defineEnv: got observations of 16777218 choices; expected at most 16777216 (2^24)');
});

test('a definition may be an instance of a class', () => {
  class Corridor {
    readonly id = 'corridor';
    readonly observation = box({ shape: [1], low: 0, high: 10 });
    readonly action = discrete(2);
    readonly maxSteps = 5;
    init() {
      return 3;
    }
    step(state: number) {
      return { state, reward: 0, terminated: false };
    }
    observe(state: number) {
      return [state];
    }
  }
  expect([...defineEnv(new Corridor()).make().reset()]).toEqual([3]);
  expect(() => defineEnv(new Date(0) as never)).toThrow('defineEnv: got no option "id"');
});
