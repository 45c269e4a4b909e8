import { Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { choices, forces, makers } from '../../fixtures/policies.js';
import { mlp } from '../networks/mlp.js';
import { actorCriticGru, actorCriticLstm } from '../specs/actor-critic-recurrent.js';
import { createPolicy } from './create-policy.js';
import { loadPolicy } from './load-policy.js';

const observations = Array.from({ length: 12 }, (_, i) => Float32Array.from({ length: 3 }, (__, j) => Math.sin(i * 3 + j)));

describe.each([actorCriticLstm, actorCriticGru])('%o', (recurrent) => {
  const make = () => createPolicy(recurrent({ encoder: mlp([5]), units: 6 }), forces, { seed: 1 });

  test('what it does depends on what it has seen, until it is reset', () => {
    const policy = make();
    expect(policy.recurrent).toBe(true);
    const session = policy.session();
    const play = () => observations.map((obs) => session.act(obs, { greedy: true }));
    const first = play();
    expect(play()).not.toEqual(first);
    session.reset();
    expect(play()).toEqual(first);
    expect(first[3]).not.toEqual(policy.session().act(observations[3]!, { greedy: true }));
  });

  test('sessions side by side do not disturb each other', () => {
    const policy = make();
    const alone = observations.map(
      (
        (session) => (obs) =>
          session.act(obs, { greedy: true })
      )(policy.session()),
    );
    const [one, other] = [policy.session(), policy.session()];
    const mixed = observations.map((obs) => {
      const action = one.act(obs, { greedy: true });
      other.act(obs.map((x) => -x));
      return action;
    });
    expect(mixed).toEqual(alone);
  });

  test('a refused observation is not remembered', () => {
    const session = make().session();
    const clean = make().session();
    session.act(observations[0]!);
    clean.act(observations[0]!);
    expect(() => session.act(new Float32Array([1, Number.NaN, 2]))).toThrow('policy.act: got the observation');
    expect(session.act(observations[1]!, { greedy: true })).toEqual(clean.act(observations[1]!, { greedy: true }));
  });

  test('is saved and loaded', async () => {
    const policy = make();
    const loaded = await loadPolicy(policy.toBytes(), { env: forces });
    expect(loaded.name).toBe(policy.name);
    const [one, other] = [policy.session(), loaded.session()];
    for (const obs of observations) expect(other.act(obs, { greedy: true })).toEqual(one.act(obs, { greedy: true }));
  });

  test('one observation alone is refused', () => {
    const policy = make();
    const message = `${policy.name}, which remembers what it has seen; expected a policy without a memory, or a session. Act with policy.session()`;
    expect(() => policy.act(observations[0]!)).toThrow(`policy.act: got ${message}`);
    expect(() => policy.value(observations[0]!)).toThrow(`policy.value: got ${message}`);
    expect(() => policy.entropy(observations[0]!)).toThrow(`policy.entropy: got ${message}`);
    expect(() => policy.logProb(observations[0]!, new Float32Array(2))).toThrow(`policy.logProb: got ${message}`);
  });
});

test('a policy without a memory acts in a session as it does alone', () => {
  const [alone, policy] = [makers.categorical(), makers.categorical()];
  const session = policy.session();
  const rng = Rng.fromSeed(0);
  for (let i = 0; i < 50; i++) {
    const obs = Float32Array.from({ length: 4 }, () => rng.normal());
    expect(session.act(obs)).toBe(alone.act(obs));
  }
});

test('a session ends with its policy', () => {
  const policy = createPolicy(actorCriticLstm({ encoder: mlp([]), units: 2 }), choices);
  const session = policy.session();
  policy.dispose();
  expect(() => session.act(new Float32Array(4))).toThrow('policy.session.act: got a policy after dispose()');
});

test.each([
  [() => actorCriticLstm({ encoder: mlp([4]), units: 0 }), 'actorCriticLstm: got units: 0; expected a positive whole number. Set "units".'],
  [() => actorCriticGru({ encoder: mlp([4]) } as never), 'actorCriticGru: got units: undefined; expected a positive whole number.'],
  [() => actorCriticGru({ encoder: mlp([4]), units: 4, cell: 'gru' } as never), 'actorCriticGru: got the unknown option "cell"'],
])('refuses wrong options', (make, message) => {
  expect(make).toThrow(message);
});
