import { describe, expect, test } from 'vitest';
import { walk } from '../../fixtures/environments.js';
import { playSingle, playVector } from '../../fixtures/play.js';
import { cartPole } from '../cart-pole/cart-pole.js';
import { swingUp } from '../swing-up/swing-up.js';
import { vectorize } from './vectorize.js';

describe('vectorize', () => {
  test('makes copies of the same environment', () => {
    const spec = vectorize(cartPole(), { numEnvs: 3 });
    expect(spec).toMatchObject({ id: 'CartPole-v1', maxSteps: 500, rewardThreshold: 475, vectorized: true, numEnvs: 3 });
    expect(spec.make()).toMatchObject({ id: 'CartPole-v1', numEnvs: 3, obsSize: 4, actionSize: 1 });
    expect(Object.isFrozen(spec)).toBe(true);
  });

  test('of a vectorised specification counts anew', () => {
    expect(vectorize(vectorize(cartPole(), { numEnvs: 3 }), { numEnvs: 2 }).numEnvs).toBe(2);
  });

  test.each<[unknown, string]>([
    [{ numEnvs: 0 }, 'vectorize: got numEnvs: 0; expected a number at least 1. Change "numEnvs".'],
    [{ numEnvs: 1e9 }, 'vectorize: got numEnvs: 1000000000; expected a number at most 262144. Change "numEnvs".'],
    [{ numEnvs: 1.5 }, 'vectorize: got numEnvs: 1.5; expected a whole number. Change "numEnvs".'],
    [{}, 'vectorize: got no option "numEnvs"; expected a number. Set "numEnvs".'],
    [
      { numEnv: 2 },
      'vectorize: got the unknown option "numEnv"; expected one of: numEnvs, workers, module, export, timeoutMs, heapMb. Did you mean "numEnvs"?',
    ],
    [undefined, 'vectorize: got undefined; expected an options object'],
  ])('refuses %j', (options, message) => {
    expect(() => vectorize(cartPole(), options as { numEnvs: number })).toThrow(message);
  });

  test.each([undefined, null, cartPole, 'CartPole-v1'])('refuses %s for a specification', (env) => {
    expect(() => vectorize(env as never, { numEnvs: 2 })).toThrow(
      'expected an environment specification. Pass what cartPole(), defineEnv() or vectorize() return.',
    );
  });
});

describe('seeds', () => {
  test.each([
    ['walk', walk()],
    ['CartPole', cartPole({ maxSteps: 30 })],
    ['SwingUp', swingUp({ maxSteps: 30 })],
  ])('%s: copy i does not depend on the number of copies', (_, env) => {
    const settings = { seed: 11, steps: 100 };
    const many = playVector(env, 9, settings);
    for (const few of [1, 2, 5]) expect(playVector(env, few, settings)).toEqual(many.slice(0, few));
  });

  test.each([
    ['walk', walk()],
    ['CartPole', cartPole({ maxSteps: 30 })],
    ['SwingUp', swingUp({ maxSteps: 30 })],
  ])('%s: copy 0 is the single environment of the same seed', (_, env) => {
    const settings = { seed: 11, steps: 100 };
    const single = playSingle(env, settings);
    expect(single.played.filter(({ finalObs }) => finalObs).length).toBeGreaterThan(2);
    expect(playVector(env, 3, settings)[0]).toEqual(single);
  });

  test('copies differ from each other, seeds from seeds', () => {
    const [one, other] = playVector(walk(), 2, { seed: 0, steps: 3 });
    expect(one!.first).not.toEqual(other!.first);
    expect(playVector(walk(), 1, { seed: 1, steps: 3 })[0]).not.toEqual(one);
  });

  test('neighbouring seeds share no copies', () => {
    const firsts = [0, 1, 2].flatMap((seed) => playVector(walk(), 3, { seed, steps: 0 }).map(({ first }) => first[0]));
    expect(new Set(firsts).size).toBe(9);
  });

  test('0 by default', () => {
    const spec = vectorize(walk(), { numEnvs: 2 });
    expect(spec.make().reset()).toEqual(spec.make({ seed: 0 }).reset());
  });

  test('refuses a seed that is none', () => {
    expect(() => vectorize(walk(), { numEnvs: 2 }).make({ seed: 0.5 })).toThrow('walk.make: got seed: 0.5; expected a whole number. Change "seed".');
  });
});
