import { box, InvalidActionError, InvalidShapeError, ResetRequiredError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { counter, walk, withoutBatch } from '../../fixtures/environments.js';
import { cartPole } from '../cart-pole/cart-pole.js';
import { defineEnv } from '../env/define-env.js';
import { swingUp } from '../swing-up/swing-up.js';
import type { VectorStep } from './vector-env.js';
import { vectorize } from './vectorize.js';

const buffers = (numEnvs: number, obsSize: number, fill = 0): VectorStep => ({
  obs: new Float32Array(numEnvs * obsSize).fill(fill),
  rewards: new Float32Array(numEnvs).fill(fill),
  terminated: new Uint8Array(numEnvs).fill(fill),
  truncated: new Uint8Array(numEnvs).fill(fill),
  finalObs: new Float32Array(numEnvs * obsSize).fill(fill),
});

/** Both forms of CartPole with four copies. */
const forms = [
  ['at once', vectorize(cartPole(), { numEnvs: 4 })],
  ['one by one', vectorize(withoutBatch(cartPole()), { numEnvs: 4 })],
] as const;

describe('resets in the same step', () => {
  test.each([
    ['terminated', { length: 2 }, [1, 0]],
    ['truncated', { maxSteps: 2 }, [0, 1]],
    ['both', { length: 2, maxSteps: 2 }, [1, 1]],
  ] as const)('%s: obs is the first of the next episode, finalObs the true last one', (_, ends, flags) => {
    const envs = vectorize(counter(ends), { numEnvs: 1 }).make();
    expect(Array.from(envs.reset())).toEqual([0]);
    const seen = Array.from({ length: 4 }, () => {
      const { obs, rewards, terminated, truncated, finalObs } = envs.step(new Int32Array(1), buffers(1, 1, 7));
      return [obs[0], rewards[0], terminated[0], truncated[0], finalObs[0]];
    });
    // finalObs is written at an end only
    const episode = [
      [1, 1, 0, 0, 7],
      [0, 2, ...flags, 2],
    ];
    expect(seen).toEqual([...episode, ...episode]);
  });

  test('a copy that ends does not disturb the others', () => {
    const uneven = defineEnv({
      ...walk(1000)['~source'].definition,
      init: (rng) => ({ place: 0, time: Math.floor(rng.uniform(0, 5)) }),
      step: ({ time }: { time: number }) => ({ state: { place: 0, time: time + 1 }, reward: time, terminated: time >= 5 }),
    });
    const envs = vectorize(uneven, { numEnvs: 6 }).make({ seed: 2 });
    const times = Array.from(envs.reset()).filter((__, i) => i % 2 === 1);
    expect(new Set(times).size).toBeGreaterThan(2);
    const { obs, terminated, finalObs } = (() => {
      for (let t = Math.max(...times); t < 5; t++) envs.step(new Int32Array(6));
      return envs.step(new Int32Array(6), buffers(6, 2, 7));
    })();
    const latest = Math.max(...times);
    times.forEach((time, n) => {
      const ends = time === latest;
      expect(terminated[n]).toBe(ends ? 1 : 0);
      expect(finalObs[n * 2 + 1]).toBe(ends ? 6 : 7);
      if (!ends) expect(obs[n * 2 + 1]).toBe(6 - latest + time);
    });
  });
});

describe.each(forms)('buffers, %s', (_, spec) => {
  test('writes where it is told to and nowhere else', () => {
    const envs = spec.make({ seed: 1 });
    const twin = spec.make({ seed: 1 });
    const obs = new Float32Array(16);
    expect(envs.reset(obs)).toBe(obs);
    expect(obs).toEqual(twin.reset());
    const out = buffers(4, 4, 7);
    expect(envs.step(new Int32Array(4), out)).toBe(out);
    const { obs: expected, rewards } = twin.step(new Int32Array(4));
    expect(out).toEqual({ obs: expected, rewards, terminated: new Uint8Array(4), truncated: new Uint8Array(4), finalObs: new Float32Array(16).fill(7) });
  });

  test('its own buffers are used again', () => {
    const envs = spec.make({ seed: 1 });
    const first = envs.reset();
    const step = envs.step(new Int32Array(4));
    expect(step.obs).toBe(first);
    expect(envs.step(new Int32Array(4))).toBe(step);
  });

  test('the state does not live in the buffers', () => {
    const [envs, twin] = [spec.make({ seed: 1 }), spec.make({ seed: 1 })];
    envs.reset().fill(99);
    twin.reset();
    expect(envs.step(new Int32Array(4))).toEqual(twin.step(new Int32Array(4)));
  });

  test.each(['obs', 'rewards', 'terminated', 'truncated', 'finalObs'] as const)('refuses %s of another length, and steps nothing', (name) => {
    const [envs, twin] = [spec.make({ seed: 1 }), spec.make({ seed: 1 })];
    envs.reset();
    twin.reset();
    const out = buffers(4, 4);
    const wrong = { ...out, [name]: out[name].slice(1) };
    expect(() => envs.step(new Int32Array(4), wrong)).toThrow(InvalidShapeError);
    expect(() => envs.step(new Int32Array(4), wrong)).toThrow(
      `CartPole-v1.step: got out.${name} with ${out[name].length - 1} numbers; expected a typed array of ${out[name].length} for 4 environments. Pass one flat array for all environments.`,
    );
    expect(envs.step(new Int32Array(4))).toEqual(twin.step(new Int32Array(4)));
  });

  test('refuses a buffer of another length for the first observations', () => {
    expect(() => spec.make().reset(new Float32Array(4))).toThrow('CartPole-v1.reset: got obs with 4 numbers; expected a typed array of 16 for 4 environments.');
  });
});

describe('order of calls', () => {
  test('refuses a step before the first reset', () => {
    const envs = vectorize(cartPole(), { numEnvs: 2 }).make();
    expect(() => envs.step(new Int32Array(2))).toThrow(ResetRequiredError);
    expect(() => envs.step(new Int32Array(2))).toThrow('CartPole-v1.step: got a step before the first reset; expected running episodes. Call reset() first.');
  });

  test('a second reset starts all copies anew and goes on with their streams', () => {
    const envs = vectorize(walk(), { numEnvs: 2 }).make({ seed: 3 });
    const first = Array.from(envs.reset());
    const second = Array.from(envs.reset());
    expect(second[0]).not.toBe(first[0]);
    expect([second[1], second[3]]).toEqual([0, 0]);
    const single = walk().make({ seed: 3 });
    single.reset();
    expect(Array.from(single.reset())).toEqual(second.slice(0, 2));
  });
});

describe('actions', () => {
  test.each<[string, Int32Array | Float32Array, string]>([
    ['negative', new Int32Array([0, 1, -1, 0]), '-1'],
    ['too large', new Int32Array([0, 1, 2, 0]), '2'],
    ['fractional', new Float32Array([0, 1, 0.5, 0]), '0.5'],
    ['NaN', new Float32Array([0, 1, Number.NaN, 0]), 'NaN'],
  ])('a choice: refuses one that is %s, names the copy and steps nothing', (_, actions, shown) => {
    for (const [, spec] of forms) {
      const [envs, twin] = [spec.make(), spec.make()];
      envs.reset();
      twin.reset();
      expect(() => envs.step(actions)).toThrow(InvalidActionError);
      expect(() => envs.step(actions)).toThrow(
        `CartPole-v1 (copy 2).step: got the action ${shown}; expected a whole number from 0 to 1 (Discrete<2>). Pass the index of a choice.`,
      );
      expect(envs.step(new Int32Array(4))).toEqual(twin.step(new Int32Array(4)));
    }
  });

  test.each([
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ])('a box: refuses %d, names the copy and steps nothing', (value, shown) => {
    for (const spec of [swingUp(), withoutBatch(swingUp())].map((env) => vectorize(env, { numEnvs: 2 }))) {
      const [envs, twin] = [spec.make(), spec.make()];
      envs.reset();
      twin.reset();
      expect(() => envs.step(new Float32Array([0, value]))).toThrow(InvalidActionError);
      expect(() => envs.step(new Float32Array([0, value]))).toThrow(
        `CartPoleSwingUp-v0 (copy 1).step: got the action Float32Array[${shown}]; expected 1 number within [-1, 1] (Box<[1]>).`,
      );
      expect(envs.step(new Float32Array(2))).toEqual(twin.step(new Float32Array(2)));
    }
  });

  test('a box of two numbers: each has bounds of its own', () => {
    const { definition } = counter()['~source'];
    const spec = vectorize(defineEnv({ ...definition, action: box({ shape: [2], low: [-1, 0], high: [1, 5] }) }), { numEnvs: 2 });
    const envs = spec.make();
    envs.reset();
    expect(envs.step(new Float32Array([-1, 5, 1, 0])).rewards).toEqual(new Float32Array([1, 1]));
    expect(() => envs.step(new Float32Array([-1, 5, 1, -0.5]))).toThrow(
      'counter (copy 1).step: got the action Float32Array[1, -0.5]; expected 2 numbers within the bounds of each (Box<[2]>).',
    );
  });

  test('an author gets an action of one copy as an array of its own', () => {
    const seen: Float32Array[] = [];
    const { definition } = counter()['~source'];
    const spec = defineEnv({
      ...definition,
      action: box({ shape: [2], low: -1, high: 1 }),
      step: (time: number, action: Float32Array) => {
        seen.push(action);
        return { state: time + 1, reward: 0, terminated: false };
      },
    });
    const envs = vectorize(spec, { numEnvs: 2 }).make();
    envs.reset();
    const actions = new Float32Array([0.5, -0.5, 1, -1]);
    envs.step(actions);
    actions.fill(0);
    expect(seen).toEqual([new Float32Array([0.5, -0.5]), new Float32Array([1, -1])]);
  });

  test.each<[string, unknown, string]>([
    ['too few', new Int32Array(3), 'actions with 3 numbers'],
    ['too many', new Int32Array(5), 'actions with 5 numbers'],
    ['a plain list', [0, 0, 0, 0], 'actions: [0, 0, 0, 0]'],
    ['nothing', undefined, 'actions: undefined'],
  ])('refuses %s', (_, actions, got) => {
    const envs = vectorize(cartPole(), { numEnvs: 4 }).make();
    envs.reset();
    expect(() => envs.step(actions as Int32Array)).toThrow(
      `CartPole-v1.step: got ${got}; expected a typed array of 4 for 4 environments. Pass one flat array for all environments.`,
    );
  });
});
