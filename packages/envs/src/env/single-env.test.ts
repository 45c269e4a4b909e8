import { box, discrete, InvalidActionError, ResetRequiredError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { counter, walk } from '../../fixtures/environments.js';
import { playSingle } from '../../fixtures/play.js';
import { cartPole } from '../cart-pole/cart-pole.js';
import { swingUp } from '../swing-up/swing-up.js';
import { defineEnv } from './define-env.js';

describe('order of calls', () => {
  test('refuses a step before the first reset', () => {
    const env = counter().make();
    expect(() => env.step(0)).toThrow(ResetRequiredError);
    expect(() => env.step(0)).toThrow('counter.step: got a step before the first reset; expected a running episode. Call reset() first.');
  });

  test.each([
    ['terminated', counter({ length: 2 })],
    ['truncated', counter({ maxSteps: 2 })],
  ] as const)('refuses a step after the end, %s', (flag, spec) => {
    const env = spec.make();
    env.reset();
    expect(env.step(0)[flag]).toBe(false);
    expect(env.step(0)[flag]).toBe(true);
    expect(() => env.step(0)).toThrow(ResetRequiredError);
    expect(() => env.step(0)).toThrow("counter.step: got a step after the episode's end; expected a running episode. Call reset() first.");
    expect(env.reset()).toEqual(new Float32Array([0]));
    expect(env.step(0)).toEqual({ obs: new Float32Array([1]), reward: 1, terminated: false, truncated: false });
  });

  test('a reset in the middle starts anew, the time limit included', () => {
    const env = counter({ maxSteps: 3 }).make();
    env.reset();
    env.step(0);
    env.step(0);
    env.reset();
    expect([1, 2, 3].map(() => env.step(0).truncated)).toEqual([false, false, true]);
  });

  test('without a time limit nothing is cut', () => {
    const env = counter().make();
    env.reset();
    let last = env.step(0);
    for (let t = 1; t < 10_000; t++) last = env.step(0);
    expect(last).toEqual({ obs: new Float32Array([10_000]), reward: 10_000, terminated: false, truncated: false });
  });
});

describe('actions', () => {
  test.each<[unknown, string]>([
    [-1, '-1'],
    [2, '2'],
    [0.5, '0.5'],
    [Number.NaN, 'NaN'],
    ['1', '"1"'],
    [undefined, 'undefined'],
    [new Float32Array([1]), 'Float32Array[1]'],
  ])('a choice: refuses %s', (action, shown) => {
    const env = counter().make();
    env.reset();
    expect(() => env.step(action as number)).toThrow(InvalidActionError);
    expect(() => env.step(action as number)).toThrow(
      `counter.step: got the action ${shown}; expected a whole number from 0 to 1 (Discrete<2>). Pass the index of a choice.`,
    );
    // nothing was stepped
    expect(env.step(1).obs).toEqual(new Float32Array([1]));
  });

  test.each<[unknown, string]>([
    [new Float32Array([1.5]), 'Float32Array[1.5]'],
    [new Float32Array([Number.NaN]), 'Float32Array[NaN]'],
    [new Float32Array(2), 'Float32Array[0, 0]'],
    [new Float32Array(0), 'Float32Array[]'],
    [0.5, '0.5'],
  ])('a box: refuses %s', (action, shown) => {
    const env = swingUp().make({ seed: 3 });
    const untouched = swingUp().make({ seed: 3 });
    env.reset();
    untouched.reset();
    expect(() => env.step(action as Float32Array)).toThrow(InvalidActionError);
    expect(() => env.step(action as Float32Array)).toThrow(
      `CartPoleSwingUp-v0.step: got the action ${shown}; expected 1 number within [-1, 1] (Box<[1]>). Pass a Float32Array, clipped to the bounds.`,
    );
    expect(env.step(new Float32Array(1))).toEqual(untouched.step(new Float32Array(1)));
  });

  test('shows bounds in the digits that they were written in', () => {
    const spec = (low: number[]) => defineEnv({ ...counter()['~source'].definition, action: box({ shape: [2], low, high: Infinity }) });
    const env = spec([-0.1, -0.1]).make();
    env.reset();
    expect(() => env.step(new Float32Array([0, -1]) as never)).toThrow('expected 2 numbers within [-0.1, Infinity] (Box<[2]>)');
    const uneven = spec([-0.1, 0]).make();
    uneven.reset();
    expect(() => uneven.step(new Float32Array([0, -1]) as never)).toThrow('expected 2 numbers within the bounds of each (Box<[2]>)');
  });
});

describe('seeds', () => {
  test('the same seed gives the same episodes', () => {
    expect(playSingle(walk(), { seed: 5, steps: 50 })).toEqual(playSingle(walk(), { seed: 5, steps: 50 }));
  });

  test('different seeds give different ones', () => {
    expect(playSingle(walk(), { seed: 5, steps: 1 })).not.toEqual(playSingle(walk(), { seed: 6, steps: 1 }));
  });

  test('0 by default', () => {
    const [env, zero] = [walk().make(), walk().make({ seed: 0 })];
    expect(env.reset()).toEqual(zero.reset());
    expect(env.step(1)).toEqual(zero.step(1));
  });

  test('a second reset goes on with the stream', () => {
    const env = walk().make({ seed: 5 });
    expect(env.reset()).not.toEqual(env.reset());
  });

  test('reset with a seed starts the stream anew, whatever came before', () => {
    const env = walk().make({ seed: 1 });
    env.reset();
    env.step(1);
    const first = env.reset({ seed: 5 });
    const fresh = walk().make({ seed: 5 });
    expect(first).toEqual(fresh.reset());
    expect(env.step(1)).toEqual(fresh.step(1));
    expect(env.reset()).toEqual(fresh.reset());
  });

  test.each([1.5, Number.NaN, '7', 2 ** 60])('refuses the seed %s', (seed) => {
    const env = cartPole().make();
    expect(() => cartPole().make({ seed: seed as number })).toThrow(/^CartPole-v1\.make: got seed: .* Change "seed"\.$/);
    expect(() => env.reset({ seed: seed as number })).toThrow(/^CartPole-v1\.reset: got seed: .* Change "seed"\.$/);
  });

  test('refuses other options', () => {
    expect(() => cartPole().make({ sed: 1 } as object)).toThrow('CartPole-v1.make: got the unknown option "sed"; expected one of: seed. Did you mean "seed"?');
    expect(() =>
      cartPole()
        .make()
        .reset({ sead: 1 } as object),
    ).toThrow('CartPole-v1.reset: got the unknown option "sead"');
  });
});

describe('observations', () => {
  test('are fresh arrays', () => {
    const env = counter().make();
    const first = env.reset();
    const second = env.step(0).obs;
    second[0] = 99;
    const third = env.step(0).obs;
    expect([first, second, third]).toEqual([new Float32Array([0]), new Float32Array([99]), new Float32Array([2])]);
  });

  test("changing one does not change the environment's state", () => {
    const env = cartPole().make({ seed: 2 });
    const untouched = cartPole().make({ seed: 2 });
    env.reset().fill(0);
    untouched.reset();
    expect(env.step(1)).toEqual(untouched.step(1));
  });

  test('of a discrete space are numbers', () => {
    const env = defineEnv({ ...counter()['~source'].definition, observation: discrete(100) }).make();
    expect(env.reset()).toBe(0);
    expect(env.step(0).obs).toBe(1);
  });

  test('the rewards keep float64', () => {
    const env = defineEnv({ ...counter()['~source'].definition, step: (time: number) => ({ state: time, reward: 0.1, terminated: false }) }).make();
    env.reset();
    expect(env.step(0 as never).reward).toBe(0.1);
  });
});
