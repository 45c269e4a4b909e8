import {
  type Box,
  DisposedError,
  elementSize,
  InvalidActionError,
  InvalidOptionsError,
  InvalidShapeError,
  NonFiniteError,
  Rng,
  type Space,
  sample,
} from '@pg/core';
import { describe, expect, test } from 'vitest';
import { choices, forces, makers, pictures } from '../../fixtures/policies.js';
import { mlp } from '../networks/mlp.js';
import { actorCritic } from '../specs/actor-critic.js';
import { actorCriticGru, actorCriticLstm } from '../specs/actor-critic-recurrent.js';
import { categorical } from '../specs/categorical.js';
import { createPolicy } from './create-policy.js';
import type { Policy } from './policy.js';

const kinds = Object.keys(makers) as (keyof typeof makers)[];
const make = (kind: keyof typeof makers, seed?: number) => makers[kind](seed) as unknown as Policy;

/** Random observations, as a list and in one array. */
function observations(space: Space, count: number): { readonly list: Float32Array[]; readonly flat: Float32Array } {
  const rng = Rng.fromSeed(9);
  const list = Array.from({ length: count }, () => Float32Array.from(sample(space, rng) as Float32Array));
  return { list, flat: Float32Array.from(list.flatMap((obs) => [...obs])) };
}

const flatten = (actions: readonly (number | Float32Array)[]) => actions.flatMap((action) => (typeof action === 'number' ? [action] : [...action]));

describe.each(kinds)('%s', (kind) => {
  // 300 are more than are computed together, 5 after 3 need more room
  test.each([1, 3, 5, 300])('%i observations: the actions of one after the other', (count) => {
    const [one, many] = [make(kind, 3), make(kind, 3)];
    many.actBatch(observations(many.observationSpace, 2).flat, { greedy: true });
    const { list, flat } = observations(one.observationSpace, count);
    const greedy = many.actBatch(flat, { greedy: true });
    expect(greedy).toBeInstanceOf(one.actionSpace.kind === 'discrete' ? Int32Array : Float32Array);
    expect(greedy).toHaveLength(count * elementSize(one.actionSpace));
    expect([...greedy]).toEqual(flatten(list.map((obs) => one.act(obs as never, { greedy: true }) as Float32Array)));
    expect([...many.actBatch(flat)]).toEqual(flatten(list.map((obs) => one.act(obs as never) as Float32Array)));
    // the stream of actions has come as far
    expect(many.act(list[0] as never)).toEqual(one.act(list[0] as never));
  });
});

test('follows the parameters and the scaling of observations', () => {
  const policy = createPolicy(categorical({ network: mlp([5]) }), choices, { seed: 1 });
  const { list, flat } = observations(choices.observationSpace, 40);
  const before = policy.actBatch(flat, { greedy: true });
  for (const { values } of policy.parameters) values.set(values.map((x, i) => -3 * x + 0.1 * (i % 3)));
  policy.observationScaling = { mean: new Float64Array(4).fill(0.3), deviation: new Float64Array(4).fill(2), clip: 5 };
  const after = policy.actBatch(flat, { greedy: true });
  expect(after).not.toEqual(before);
  expect([...after]).toEqual(list.map((obs) => policy.act(obs, { greedy: true })));
});

describe('masks', () => {
  const policy = createPolicy(actorCritic({ encoder: mlp([5]) }), { ...choices, actionSpace: pictures.actionSpace }, { seed: 1 });
  const { list, flat } = observations(choices.observationSpace, 300);
  const masks = list.map((_, i) => [1, i % 2, i % 3 === 0 ? 1 : 0]);

  test('each observation has its own', () => {
    const other = createPolicy(actorCritic({ encoder: mlp([5]) }), { ...choices, actionSpace: pictures.actionSpace }, { seed: 1 });
    const actions = policy.actBatch(flat, { masks: Uint8Array.from(masks.flat()) });
    expect([...actions]).toEqual(list.map((obs, i) => other.act(obs, { mask: masks[i]! })));
    expect(actions.every((action, i) => masks[i]![action] === 1)).toBe(true);
    expect(new Set(actions)).toEqual(new Set([0, 1, 2]));
    expect([...policy.actBatch(flat, { masks: masks.flat().map(Boolean), greedy: true })]).toEqual(
      list.map((obs, i) => other.act(obs, { mask: masks[i]!, greedy: true })),
    );
    // and none is left for the next batch
    expect([...policy.actBatch(flat, { greedy: true })]).toEqual(list.map((obs) => other.act(obs, { greedy: true })));
  });

  test('mistakes', () => {
    const [two, all] = [flat.subarray(0, 8), [1, 1, 1]];
    expect(() => policy.actBatch(two, { masks: all })).toThrow(InvalidShapeError);
    expect(() => policy.actBatch(two, { masks: all })).toThrow('policy.actBatch: got the mask [1, 1, 1]; expected 2 × 3 times 0 or 1, or true or false.');
    expect(() => policy.actBatch(two, { masks: [...all, 0, 0, 0] })).toThrow(InvalidActionError);
    expect(() => policy.actBatch(two, { masks: [...all, 0, 0, 0] })).toThrow('got a mask that allows none of the 3 actions in row 1;');
    expect(() => policy.actBatch(flat, { masks: all })).toThrow(InvalidShapeError);
    const gaussian = makers.diagonalGaussian();
    expect(() => gaussian.actBatch(new Float32Array(6), { masks: [1, 1] })).toThrow('got a mask for a policy that does not choose by a softmax');
  });
});

describe('mistakes', () => {
  const policy = makers.categorical();

  test.each<[string, unknown]>([
    ['a part of an observation', new Float32Array(6)],
    ['nothing', new Float32Array(0)],
    ['a number', 3],
    ['undefined', undefined],
  ])('%s', (_, obs) => {
    expect(() => policy.actBatch(obs as Float32Array)).toThrow(InvalidShapeError);
    expect(() => policy.actBatch(obs as Float32Array)).toThrow(
      /^policy\.actBatch: got observations: .*; expected one or more times 4 numbers \(Box<\[4\]>\)\. Pass one flat array/,
    );
  });

  test('what is not finite is named', () => {
    const obs = new Float32Array(12);
    obs[9] = Number.NaN;
    expect(() => policy.actBatch(obs)).toThrow(NonFiniteError);
    expect(() => policy.actBatch(obs)).toThrow('policy.actBatch: got NaN in observation 2; expected finite numbers.');
  });

  test.each<[string, () => unknown, string]>([
    [
      'act',
      () => policy.act(new Float32Array(4), { gredy: true } as never),
      'policy.act: got the unknown option "gredy"; expected one of: greedy, mask. Did you mean "greedy"?',
    ],
    ['deterministic', () => policy.act(new Float32Array(4), { deterministic: true } as never), 'Did you mean "greedy"?'],
    ['action_masks', () => policy.act(new Float32Array(4), { action_masks: [1, 1] } as never), 'Did you mean "mask"?'],
    ['a number', () => policy.act(new Float32Array(4), { greedy: 1 } as never), 'policy.act: got greedy: 1; expected true or false.'],
    ['no object', () => policy.act(new Float32Array(4), true as never), 'policy.act: got true; expected an options object.'],
    ['null', () => policy.act(new Float32Array(4), null as never), 'policy.act: got null; expected an options object.'],
    [
      'actBatch',
      () => policy.actBatch(new Float32Array(4), { mask: [1, 1] } as never),
      'policy.actBatch: got the unknown option "mask"; expected one of: greedy, masks. Did you mean "masks"?',
    ],
    [
      'logProb',
      () => policy.logProb(new Float32Array(4), 1, { greedy: true } as never),
      'policy.logProb: got the unknown option "greedy"; expected one of: mask.',
    ],
    ['entropy', () => policy.entropy(new Float32Array(4), { masks: [1, 1] } as never), 'policy.entropy: got the unknown option "masks"'],
    [
      'session',
      () => policy.session({ nEnvs: 3 } as never),
      'policy.session: got the unknown option "nEnvs"; expected one of: numEnvs. Did you mean "numEnvs"?',
    ],
    ['a session of none', () => policy.session({ numEnvs: 0 }), 'policy.session: got numEnvs: 0; expected a number at least 1.'],
  ])('options that would be ignored: %s', (_, run, message) => {
    expect(run).toThrow(InvalidOptionsError);
    expect(run).toThrow(message);
  });

  test('a policy with a memory says where it acts', () => {
    const recurrent = createPolicy(actorCriticLstm({ encoder: mlp([5]), units: 6 }), forces);
    expect(() => recurrent.actBatch(new Float32Array(6))).toThrow(
      'policy.actBatch: got actorCriticLstm, which remembers what it has seen; expected a policy without a memory, or a session. Act with policy.session({ numEnvs })',
    );
  });

  test('after dispose', () => {
    const gone = makers.categorical();
    gone.actBatch(new Float32Array(4));
    const session = gone.session({ numEnvs: 1 });
    gone.dispose();
    expect(() => gone.actBatch(new Float32Array(4))).toThrow(DisposedError);
    expect(() => session.act(new Float32Array(4))).toThrow(DisposedError);
  });
});

describe('a session in many environments', () => {
  const T = 12;
  const N = 3;
  const steps = Array.from({ length: T }, (_, t) => Float32Array.from({ length: N * 3 }, (__, i) => Math.sin(5 * t + 2 * i)));
  const row = (array: Float32Array, n: number, size: number) => array.slice(n * size, (n + 1) * size);

  test.each([actorCriticLstm({ encoder: mlp([5]), units: 6 }), actorCriticGru({ encoder: mlp([5]), units: 6 }), actorCritic({ encoder: mlp([5]) })])(
    '$name: each environment as in a session of its own',
    (spec) => {
      const policy = createPolicy<Box, Space, typeof forces.observationSpace, typeof forces.actionSpace>(spec as never, forces, { seed: 1 });
      const many = policy.session({ numEnvs: N });
      expect(many.numEnvs).toBe(N);
      const single = Array.from({ length: N }, () => policy.session());
      // environment 1 begins anew after step 4, all of them after step 8
      for (const [t, obs] of steps.entries()) {
        if (t === 4) {
          many.reset(Uint8Array.of(0, 1, 0));
          single[1]!.reset();
        }
        if (t === 8) {
          many.reset();
          for (const session of single) session.reset();
        }
        const actions = many.act(obs, { greedy: true });
        for (const [n, session] of single.entries()) expect(row(actions, n, 2)).toEqual(session.act(row(obs, n, 3), { greedy: true }));
      }
    },
  );

  test('it remembers, apart from other sessions, and not what it refuses', () => {
    const policy = createPolicy(actorCriticGru({ encoder: mlp([5]), units: 6 }), forces, { seed: 1 });
    const [one, other] = [policy.session({ numEnvs: N }), policy.session({ numEnvs: N })];
    const first = steps.map((obs) => one.act(obs, { greedy: true }));
    expect(first[0]).not.toEqual(one.act(steps[0]!, { greedy: true }));
    const again = steps.map((obs) => {
      one.act(obs);
      expect(() => other.act(new Float32Array(9).fill(Number.NaN))).toThrow(NonFiniteError);
      return other.act(obs, { greedy: true });
    });
    expect(again).toEqual(first);
    expect(() => other.act(new Float32Array(6))).toThrow('session.act: got observations of Float32Array[0, 0, 0, 0, 0, 0]; expected 3 × 3 numbers (Box<[3]>).');
    expect(() => other.reset([1])).toThrow('session.reset: got [1]; expected an entry for each of 3 environments.');
  });

  test('gives its memory back, alone', () => {
    const policy = createPolicy(actorCriticLstm({ encoder: mlp([5]), units: 6 }), forces, { seed: 1 });
    const [one, other] = [policy.session({ numEnvs: N }), policy.session({ numEnvs: N })];
    one.dispose();
    one.dispose();
    expect(() => one.act(steps[0]!)).toThrow(DisposedError);
    expect(() => one.act(steps[0]!)).toThrow('session.act: got a session after dispose(); expected a live session. Start another');
    expect(other.act(steps[0]!)).toHaveLength(2 * N);
    policy.dispose();
    other.dispose();
    expect(() => other.act(steps[0]!)).toThrow(DisposedError);
  });

  test('masks', () => {
    const policy = createPolicy(actorCriticLstm({ encoder: mlp([5]), units: 6 }), { ...choices, actionSpace: pictures.actionSpace }, { seed: 1 });
    const session = policy.session({ numEnvs: 2 });
    for (let t = 0; t < 20; t++) expect([...session.act(new Float32Array(8).fill(t), { masks: [0, 1, 0, 0, 0, 1] })]).toEqual([1, 2]);
  });
});
