import { box, discrete, InvalidOptionsError } from '@pg/core';
import { identityEnv, scriptedEnv } from '@pg/envs/testing';
import { describe, expect, test } from 'vitest';

describe('identityEnv', () => {
  test('of choices: 1 for what is observed, 0 for another', () => {
    const env = identityEnv(4, { maxSteps: 200 }).make({ seed: 2 });
    let obs = env.reset();
    const seen = new Set<number>();
    for (let t = 1; t <= 200; t++) {
      const right = t % 2 === 0;
      const step = env.step(right ? obs : (obs + 1) % 4);
      expect(step).toMatchObject({ reward: right ? 1 : 0, terminated: false, truncated: t === 200 });
      obs = step.obs;
      seen.add(obs);
    }
    expect([...seen].sort()).toEqual([0, 1, 2, 3]);
  });

  test('of numbers: minus the mean square of the distance', () => {
    const spec = identityEnv(box({ shape: [2], low: -1, high: 1 }));
    expect(spec.maxSteps).toBe(100);
    const env = spec.make();
    const [first, other] = [env.reset(), Float32Array.of(0.5, -0.5)];
    const expected = -((other[0]! - first[0]!) ** 2 + (other[1]! - first[1]!) ** 2) / 2;
    const { obs, reward } = env.step(other);
    expect(reward).toBe(expected);
    expect(env.step(obs).reward).toBeCloseTo(0, 15);
  });

  test('takes a space as well as its size', () => {
    expect(identityEnv(discrete(3)).actionSpace).toEqual(discrete(3));
    expect(identityEnv(discrete(3)).id).toBe('Identity(3)');
  });
});

describe('scriptedEnv', () => {
  const [observation, action] = [box({ shape: [2], low: 0, high: 9 }), discrete(2)];

  test('plays its script in every episode, whatever the actions', () => {
    const steps = [{ obs: [1, 2], reward: 5 }, { obs: [3, 4] }, { obs: Float32Array.of(5, 6), reward: -1, terminated: true }, { obs: [9, 9] }];
    const env = scriptedEnv({ id: 'story', observation, action, first: [0, 0], steps }).make();
    expect(env.id).toBe('story');
    for (const act of [0, 1]) {
      expect(env.reset()).toEqual(Float32Array.of(0, 0));
      expect(env.step(act)).toEqual({ obs: Float32Array.of(1, 2), reward: 5, terminated: false, truncated: false });
      expect(env.step(act)).toEqual({ obs: Float32Array.of(3, 4), reward: 0, terminated: false, truncated: false });
      expect(env.step(act)).toEqual({ obs: Float32Array.of(5, 6), reward: -1, terminated: true, truncated: false });
    }
  });

  test('is cut where the script ends', () => {
    const env = scriptedEnv({ observation: discrete(3), action, first: 2, steps: [{ obs: 1 }, { obs: 0 }] }).make();
    expect([env.reset(), env.step(0), env.step(0)]).toEqual([
      2,
      { obs: 1, reward: 0, terminated: false, truncated: false },
      { obs: 0, reward: 0, terminated: false, truncated: true },
    ]);
  });

  test('refuses a script without steps', () => {
    expect(() => scriptedEnv({ observation, action, first: [0, 0], steps: [] })).toThrow(InvalidOptionsError);
  });
});

test('unknown options are refused', () => {
  expect(() => identityEnv(2, { maxStep: 10 } as never)).toThrow(
    'identityEnv: got the unknown option "maxStep"; expected one of: maxSteps. Did you mean "maxSteps"?',
  );
  expect(() => scriptedEnv({ observation: discrete(2), action: discrete(2), first: 0, steps: [{ obs: 1 }], name: 'x' } as never)).toThrow(
    'scriptedEnv: got the unknown option "name"',
  );
});

test.each([undefined, null, 'two'])('identityEnv refuses %s', (space) => {
  expect(() => identityEnv(space as never)).toThrow(/^identityEnv: got .+; expected a space, or how many choices there are\./);
});
