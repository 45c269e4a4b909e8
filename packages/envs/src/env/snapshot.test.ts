import { box, frameStack, Rng, type Space, sample } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { type AnySpec, counter, walk, withoutBatch } from '../../fixtures/environments.js';
import { acrobot } from '../acrobot/acrobot.js';
import { cartPole } from '../cart-pole/cart-pole.js';
import { mountainCarContinuous } from '../mountain-car/mountain-car-continuous.js';
import { pendulum } from '../pendulum/pendulum.js';
import { swingUp } from '../swing-up/swing-up.js';
import { vectorize } from '../vector/vectorize.js';
import { defineEnv } from './define-env.js';

const pixels = () =>
  defineEnv({ ...walk()['~source'].definition, observation: box({ shape: [1, 2, 1], low: -Infinity, high: Infinity }) }).pipe(
    frameStack(3) as never,
  ) as AnySpec;

const specs: [string, AnySpec][] = [
  ['CartPole', cartPole({ maxSteps: 15 })],
  ['CartPole one by one', withoutBatch(cartPole({ maxSteps: 15 }))],
  ['SwingUp', swingUp({ maxSteps: 15 })],
  ['Acrobot', acrobot({ maxSteps: 15 })],
  ['MountainCarContinuous', mountainCarContinuous({ maxSteps: 15 })],
  ['Pendulum one by one', withoutBatch(pendulum({ maxSteps: 15 }))],
  ['a walk with stacked frames', pixels()],
];

describe.each(specs)('%s', (_, spec) => {
  test.each([0, 1, 14, 15, 23])('a copy goes on from a snapshot after %d steps, resets included', (before) => {
    const actions = (rng: Rng, n: number) => Array.from({ length: n }, () => sample(spec.actionSpace as Space, rng)) as never[];
    const [env, other] = [vectorize(spec, { numEnvs: 3 }).make({ seed: 4 }), vectorize(spec, { numEnvs: 3 }).make({ seed: 9 })];
    const rng = Rng.fromSeed(1);
    const flat = () =>
      spec.actionSpace.kind === 'discrete'
        ? Int32Array.from(actions(rng, 3))
        : Float32Array.from(actions(rng, 3).flatMap((action) => [...(action as never as Float32Array)]));
    env.reset();
    other.reset();
    for (let t = 0; t < before; t++) env.step(flat());
    const snapshot = env.snapshot();
    const all = Array.from({ length: 40 }, flat);
    const play = (of: typeof env) => all.map((step) => structuredClone({ ...of.step(step), finalObs: [] }));
    const expected = play(env);
    other.restore(structuredClone(snapshot));
    expect(play(other)).toEqual(expected);
    env.restore(snapshot);
    expect(play(env)).toEqual(expected);
  });

  test('alone as well, random stream and phase included', () => {
    const env = spec.make({ seed: 3 });
    const fresh = env.snapshot();
    const rng = Rng.fromSeed(2);
    const play = (of: typeof env) => {
      const actions = rng.stream('actions');
      const seen: unknown[] = [of.reset()];
      for (let t = 0; t < 12; t++) {
        const step = of.step(sample(spec.actionSpace as Space, actions));
        seen.push(step, step.terminated || step.truncated ? of.reset() : undefined);
      }
      return seen;
    };
    const expected = play(env);
    const other = spec.make({ seed: 77 });
    other.restore(fresh);
    expect(play(other)).toEqual(expected);
  });
});

test('an ended episode stays ended', () => {
  const env = counter({ maxSteps: 1 }).make();
  env.reset();
  env.step(0);
  const other = counter({ maxSteps: 1 }).make();
  other.restore(env.snapshot());
  expect(() => other.step(0)).toThrow("counter.step: got a step after the episode's end");
});

test.each<[string, unknown, string]>([
  ['of another environment', walk().make().snapshot(), 'counter.restore: got a snapshot of walk in 1 copies; expected one of counter in 1 copies.'],
  ['of more copies', vectorize(counter(), { numEnvs: 2 }).make().snapshot(), 'counter.restore: got a snapshot of counter in 2 copies;'],
  ['of nothing', undefined, 'counter.restore: got undefined; expected one of counter'],
])('refuses a snapshot %s, and changes nothing', (_, snapshot, message) => {
  const env = counter().make();
  env.reset();
  env.step(0);
  expect(() => env.restore(snapshot as never)).toThrow(message);
  expect(env.step(0).reward).toBe(2);
});
