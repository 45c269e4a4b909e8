import { box, discrete, InvalidOptionsError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { defineEnv } from './define-env.js';

const definition = {
  id: 'corridor',
  observation: box({ shape: [1], low: 0, high: 10 }),
  action: discrete(2),
  maxSteps: 50,
  init: () => 0,
  step: (place: number, action: number) => ({ state: place + action, reward: action, terminated: place + action === 10 }),
  observe: (place: number) => [place],
};

describe('defineEnv', () => {
  test('takes over what the definition says', () => {
    const env = defineEnv({ ...definition, rewardThreshold: 9.5 });
    expect(env).toMatchObject({ id: 'corridor', maxSteps: 50, rewardThreshold: 9.5, vectorized: false, numEnvs: 1 });
    expect(env.observationSpace).toBe(definition.observation);
    expect(env.actionSpace).toBe(definition.action);
    expect(defineEnv(definition).rewardThreshold).toBeUndefined();
  });

  test.each<[string, object, string]>([
    ['no id', { id: undefined }, 'defineEnv: got no option "id"; expected a string. Set "id".'],
    ['an empty id', { id: '' }, 'defineEnv: got id: ""; expected at least 1 character. Change "id".'],
    [
      'no observation space',
      { observation: undefined },
      'defineEnv: got no option "observation"; expected a space: box({...}) or discrete(n). Set "observation".',
    ],
    ['a number for a space', { action: 2 }, 'defineEnv: got action: 2; expected a space: box({...}) or discrete(n). Change "action".'],
    ['no limit', { maxSteps: undefined }, 'defineEnv: got no option "maxSteps"; expected a positive whole number, or Infinity. Set "maxSteps".'],
    ['a limit of 0', { maxSteps: 0 }, 'defineEnv: got maxSteps: 0; expected a positive whole number, or Infinity. Change "maxSteps".'],
    ['half a step', { maxSteps: 2.5 }, 'defineEnv: got maxSteps: 2.5; expected a positive whole number, or Infinity. Change "maxSteps".'],
    ['NaN steps', { maxSteps: Number.NaN }, 'defineEnv: got maxSteps: NaN; expected a positive whole number, or Infinity. Change "maxSteps".'],
    ['an infinite threshold', { rewardThreshold: Infinity }, 'defineEnv: got rewardThreshold: Infinity; expected a finite number. Change "rewardThreshold".'],
    ['no init', { init: undefined }, 'defineEnv: got no option "init"; expected the function init(rng). Set "init".'],
    ['a step that is no function', { step: 3 }, 'defineEnv: got step: 3; expected the function step(state, action, rng). Change "step".'],
    ['no observe', { observe: undefined }, 'defineEnv: got no option "observe"; expected the function observe(state). Set "observe".'],
    ['an unknown part', { reward: () => 1 }, 'defineEnv: got the unknown option "reward"'],
    ['a misspelt part', { maxStep: 50, maxSteps: undefined }, 'Did you mean "maxSteps"?'],
    ['a misspelt function', { obsreve: () => [0], observe: undefined }, 'Did you mean "observe"?'],
  ])('refuses %s', (_, change, message) => {
    const { run } = { run: () => defineEnv({ ...definition, ...change }) };
    expect(run).toThrow(InvalidOptionsError);
    expect(run).toThrow(message);
  });

  test('refuses what is no definition', () => {
    expect(() => defineEnv(undefined as never)).toThrow('defineEnv: got undefined; expected an options object');
  });

  test('is not reached by later changes of the definition', () => {
    const mutable = { ...definition };
    const env = defineEnv(mutable);
    mutable.maxSteps = 1;
    mutable.observe = () => [7];
    const running = env.make();
    expect(env.maxSteps).toBe(50);
    expect(running.reset()).toEqual(new Float32Array([0]));
    expect(running.step(1)).toMatchObject({ obs: new Float32Array([1]), truncated: false });
  });

  test('functions of a definition find each other by `this`', () => {
    const env = defineEnv({
      ...definition,
      init: () => 3,
      observe(place: number) {
        return [place + this.maxSteps];
      },
    });
    expect(env.make().reset()).toEqual(new Float32Array([53]));
  });
});
