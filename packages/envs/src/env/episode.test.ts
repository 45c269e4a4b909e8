import { box, discrete, InvalidOptionsError, InvalidShapeError, NonFiniteError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { vectorize } from '../vector/vectorize.js';
import { defineEnv } from './define-env.js';

interface Faults {
  readonly reward?: (time: number) => number;
  readonly observe?: (time: number) => unknown;
  readonly result?: (time: number) => unknown;
  readonly discreteObs?: boolean;
}

/** An environment of two numbers whose author made a mistake. */
function faulty({ reward = () => 0, observe = (time) => [time, 0], result, discreteObs = false }: Faults) {
  return defineEnv({
    id: 'faulty',
    observation: discreteObs ? discrete(3) : box({ shape: [2], low: -Infinity, high: Infinity }),
    action: discrete(2),
    maxSteps: 10,
    init: () => 0,
    step: (time: number) =>
      (result?.(time + 1) ?? { state: time + 1, reward: reward(time + 1), terminated: false }) as { state: number; reward: number; terminated: boolean },
    observe: (time) => observe(time) as number[],
  });
}

/** Steps until something is thrown, alone or as two copies, and gives what it was. */
function failure(spec: ReturnType<typeof faulty>, form: 'single' | 'vector'): Error {
  const env = form === 'single' ? spec.make() : vectorize(spec, { numEnvs: 2 }).make();
  try {
    env.reset();
    for (let t = 0; t < 10; t++) env.step((form === 'single' ? 0 : new Int32Array(2)) as never);
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe.each([
  ['single', 'faulty'],
  ['vector', 'faulty (copy 0)'],
] as const)('%s', (form, name) => {
  test.each([
    [Number.NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [-Infinity, '-Infinity'],
    [undefined, 'undefined'],
    ['1', '"1"'],
    [true, 'true'],
  ])('refuses the reward %s', (value, shown) => {
    const error = failure(faulty({ reward: (time) => (time === 3 ? (value as number) : 1) }), form);
    expect(error).toBeInstanceOf(NonFiniteError);
    expect(error.message).toBe(
      `${name}.step: got the reward ${shown} at step 3 of the episode; expected finite numbers. Look for a division by zero or a state that grows without bound in the environment.`,
    );
  });

  test.each([
    ['NaN', (time: number) => [0, time === 2 ? Number.NaN : 0], 'NaN at element 1 of the observation at step 2'],
    ['an infinity', (time: number) => [time === 2 ? -Infinity : 0, 0], '-Infinity at element 0 of the observation at step 2'],
    ['too large a number for float32', (time: number) => [time === 1 ? 1e39 : 0, 0], 'Infinity at element 0 of the observation at step 1'],
    ['NaN at once', () => [Number.NaN, 0], 'NaN at element 0 of the observation at step 0'],
  ])('refuses %s in an observation', (_, observe, got) => {
    const error = failure(faulty({ observe }), form);
    expect(error).toBeInstanceOf(NonFiniteError);
    expect(error.message).toContain(`${name}.observe: got ${got} of the episode; expected finite numbers.`);
  });

  test.each<[string, unknown, string]>([
    ['too few', [1], '1 number'],
    ['too many', new Float32Array(3), '3 numbers'],
    ['none', [], '0 numbers'],
    ['nothing', undefined, 'nothing'],
    ['null', null, 'nothing'],
    ['a lone number', 5, '1 number'],
    ['an object', { x: 1, y: 2 }, 'an object with keys [x, y]'],
  ])('refuses an observation with %s', (_, value, got) => {
    const error = failure(faulty({ observe: () => value }), form);
    expect(error).toBeInstanceOf(InvalidShapeError);
    expect(error.message).toBe(
      `${name}.observe: got ${got} at step 0 of the episode; expected 2, as Box<[2]> has. Return as many numbers as the observation space declares.`,
    );
  });

  test.each([3, -1, 0.5])('refuses %d as one of three choices', (seen) => {
    expect(failure(faulty({ observe: () => seen, discreteObs: true }), form).message).toBe(
      `${name}.observe: got ${seen} at step 0 of the episode; expected an element of Discrete<3>. Return a whole number below the size of the space, from 0 on.`,
    );
  });

  test('refuses two numbers for a choice', () => {
    expect(failure(faulty({ observe: () => [1, 2], discreteObs: true }), form).message).toContain(
      `${name}.observe: got 2 numbers at step 0 of the episode; expected 1, as Discrete<3> has.`,
    );
  });

  test.each<[string, unknown, string]>([
    ['another name for the end', { state: 1, reward: 0, done: true }, 'an object with keys [state, reward, done]'],
    ['a truncation of its own', { state: 1, reward: 0, terminated: false, truncated: true }, 'an object with keys [state, reward, terminated, truncated]'],
    ['no state', { reward: 0, terminated: false }, 'an object with keys [reward, terminated]'],
    ['a word for the end', { state: 1, reward: 0, terminated: 'no' }, 'an object with keys [state, reward, terminated]'],
    ['a promise', Promise.resolve(), 'an instance of Promise'],
  ])('refuses a step that returns %s', (_, value, got) => {
    const error = failure(faulty({ result: () => value }), form);
    expect(error).toBeInstanceOf(InvalidOptionsError);
    expect(error.message).toBe(
      `${name}.step: got ${got} at step 1 of the episode; expected an object { state, reward, terminated }, terminated true or false. Return these three and no truncated: the time limit is maxSteps, and the library adds it.`,
    );
  });
});

test('an asynchronous init is refused', () => {
  const env = defineEnv({ ...faulty({})['~source'].definition, init: (async () => 0) as never }).make();
  expect(() => env.reset()).toThrow('faulty.reset: got a promise of a state at step 0 of the episode; expected a state, at once.');
});

test('a step that returns nothing is refused', () => {
  const env = defineEnv({ ...faulty({})['~source'].definition, step: () => undefined as never }).make();
  env.reset();
  expect(() => env.step(0 as never)).toThrow(
    'faulty.step: got nothing at step 1 of the episode; expected an object { state, reward, terminated }, terminated true or false.',
  );
});

test('a choice may be observed as a number or as a list of one', () => {
  for (const observe of [() => 2, () => [2]]) expect(faulty({ observe, discreteObs: true }).make().reset()).toBe(2);
});
