import { box, contains, DisposedError, discrete, InvalidActionError, InvalidOptionsError, InvalidShapeError, NonFiniteError, Rng, sample } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { choices, forces, makers } from '../../fixtures/policies.js';
import { linear } from '../networks/linear.js';
import { mlp } from '../networks/mlp.js';
import { actorCritic } from '../specs/actor-critic.js';
import { categorical } from '../specs/categorical.js';
import { diagonalGaussian } from '../specs/diagonal-gaussian.js';
import { createPolicy } from './create-policy.js';
import type { Policy } from './policy.js';

const kinds = Object.keys(makers) as (keyof typeof makers)[];
const make = (kind: keyof typeof makers, seed?: number) => makers[kind](seed) as unknown as Policy;
const observations = (policy: Policy, count: number) => {
  const rng = Rng.fromSeed(9);
  return Array.from({ length: count }, () => sample(policy.observationSpace, rng));
};
const valuesOf = (policy: Policy, name: string) => policy.parameters.find((parameter) => parameter.name === name)!.values;

/** Draws parameters large enough that actions differ between observations. */
function shake(policy: Policy): Policy {
  for (const { name, shape, values } of policy.parameters) {
    const rng = Rng.fromSeed(3).stream(name);
    const fanIn = values.length / shape.at(-1)!;
    for (let i = 0; i < values.length; i++) values[i] = rng.normal() * Math.sqrt(2 / fanIn);
  }
  return policy;
}

/** A layer of a chain by hand, in float64. */
function dense(policy: Policy, name: string, x: readonly number[]): number[] {
  const [weight, bias] = [valuesOf(policy, `${name}.weight`), valuesOf(policy, `${name}.bias`)];
  return Array.from(bias, (start, j) => x.reduce((sum, value, i) => sum + value * weight[i * bias.length + j]!, start));
}

describe.each(kinds)('%s', (kind) => {
  test('acts inside its space', () => {
    const policy = shake(make(kind));
    for (const obs of observations(policy, 300)) expect(contains(policy.actionSpace, policy.act(obs))).toBe(true);
  });

  test('greedy actions depend on the observation only', () => {
    const [a, b] = [shake(make(kind, 1)), shake(make(kind, 2))];
    for (const obs of observations(a, 50)) {
      const action = a.act(obs, { greedy: true });
      expect(a.act(obs, { greedy: true })).toEqual(action);
      b.act(obs);
      expect(b.act(obs, { greedy: true })).toEqual(action);
      expect(contains(a.actionSpace, action)).toBe(true);
    }
  });

  test('the same seed draws the same actions, another seed others', () => {
    const play = (seed: number) => {
      const policy = shake(make(kind, seed));
      return observations(policy, 64).map((obs) => policy.act(obs));
    };
    expect(play(4)).toEqual(play(4));
    expect(play(4)).not.toEqual(play(5));
  });

  test('only drawing uses the random stream up', () => {
    const [a, b] = [shake(make(kind)), shake(make(kind))];
    for (const obs of observations(a, 64)) {
      b.act(obs, { greedy: true });
      b.logProb(obs, b.act(obs, { greedy: true }));
      b.entropy(obs);
      if (b.model.valueHead) b.value(obs);
      expect(a.act(obs)).toEqual(b.act(obs));
    }
  });

  test('the same seed starts with the same parameters, another with others', () => {
    expect(make(kind, 7).parameters).toEqual(make(kind, 7).parameters);
    expect(make(kind, 7).parameters).not.toEqual(make(kind, 8).parameters);
  });

  test('is refused after dispose', () => {
    const policy = make(kind);
    const [obs] = observations(policy, 1);
    const action = policy.act(obs!);
    policy.dispose();
    const uses: [string, () => unknown][] = [
      ['act', () => policy.act(obs!)],
      ['logProb', () => policy.logProb(obs!, action)],
      ['entropy', () => policy.entropy(obs!)],
      ['toBytes', () => policy.toBytes()],
      ['parameters', () => policy.parameters],
    ];
    for (const [name, use] of uses) {
      expect(use).toThrow(DisposedError);
      expect(use).toThrow(`policy.${name}: got a policy after dispose(); expected a live policy. Load or build it again.`);
    }
    expect(() => policy.dispose()).not.toThrow();
  });
});

describe('closed forms', () => {
  test('categorical: log-softmax of the logits, and its entropy', () => {
    const policy = shake(make('categorical'));
    for (const obs of observations(policy, 20)) {
      const hidden = dense(policy, 'trunk.0', [...(obs as Float32Array)]).map(Math.tanh);
      const logits = dense(policy, 'heads.logits.0', hidden);
      const logSum = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
      const logs = logits.map((logit) => logit - logSum);
      for (const [action, log] of logs.entries()) expect(Math.abs(policy.logProb(obs, action) - log)).toBeLessThan(1e-5);
      expect(Math.abs(policy.entropy(obs) + logs.reduce((sum, log) => sum + Math.exp(log) * log, 0))).toBeLessThan(1e-5);
      expect(policy.act(obs, { greedy: true })).toBe(logits.indexOf(Math.max(...logits)));
    }
  });

  test('diagonalGaussian: the normal density, outside the bounds too', () => {
    const policy = shake(make('diagonalGaussian'));
    const logStd = [...valuesOf(policy, 'logStd')];
    for (const obs of observations(policy, 20)) {
      const hidden = dense(policy, 'trunk.0', [...(obs as Float32Array)]).map((x) => Math.max(0, x));
      const mean = dense(policy, 'heads.mean.0', hidden);
      for (const action of [
        [0.5, 0.25],
        [-7, -3],
        [100, 2],
      ]) {
        const density = action.reduce((sum, x, j) => sum - 0.5 * ((x - mean[j]!) / Math.exp(logStd[j]!)) ** 2 - logStd[j]! - 0.5 * Math.log(2 * Math.PI), 0);
        expect(Math.abs(policy.logProb(obs, Float32Array.from(action)) / density - 1)).toBeLessThan(1e-5);
      }
      expect(policy.entropy(obs)).toBeCloseTo(
        logStd.reduce((sum, s) => sum + s + 0.5 * Math.log(2 * Math.PI * Math.E), 0),
        5,
      );
    }
  });

  test('actorCritic: the value head', () => {
    const policy = shake(make('discrete actorCritic'));
    for (const obs of observations(policy, 10)) {
      const first = dense(policy, 'trunk.0', [...(obs as Float32Array)]).map(Math.tanh);
      const second = dense(policy, 'trunk.2', first).map(Math.tanh);
      expect(policy.value(obs)).toBeCloseTo(dense(policy, 'heads.value.0', second)[0]!, 4);
    }
  });

  test('fresh categorical policies are nearly uniform', () => {
    const policy = make('categorical');
    for (const obs of observations(policy, 5)) expect(policy.entropy(obs)).toBeCloseTo(Math.LN2, 3);
  });
});

describe('bounds', () => {
  test('Gaussian actions are clipped to them, element by element', () => {
    const policy = makers.diagonalGaussian();
    const mean = policy.parameters.find(({ name }) => name === 'heads.mean.0.bias')!.values;
    const obs = new Float32Array(3);
    mean.set([-50, -50]);
    expect([...policy.act(obs)]).toEqual([-1, 0]);
    expect([...policy.act(obs, { greedy: true })]).toEqual([-1, 0]);
    mean.set([50, 50]);
    expect([...policy.act(obs, { greedy: true })]).toEqual([1, 50]);
    expect(policy.act(obs)).toBeInstanceOf(Float32Array);
  });

  test('a returned action stays as it is when the policy acts again', () => {
    const policy = makers.diagonalGaussian();
    const action = policy.act(new Float32Array(3));
    const copy = [...action];
    policy.act(new Float32Array(3));
    expect([...action]).toEqual(copy);
  });
});

describe('wrong input', () => {
  const policy = makers.categorical();
  const gaussian = makers.diagonalGaussian();
  const obs = new Float32Array(4);

  test.each<[unknown, string]>([
    [new Float32Array(3), 'policy.act: got an observation of Float32Array[0, 0, 0]; expected 4 numbers (Box<[4]>). Pass one observation.'],
    [new Float32Array(8), 'policy.act: got an observation of Float32Array[0, 0, 0, 0, 0, 0, …]; expected 4 numbers'],
    [1, 'policy.act: got an observation of 1; expected 4 numbers (Box<[4]>).'],
    ['1234', 'policy.act: got an observation of "1234"; expected 4 numbers (Box<[4]>).'],
    [null, 'policy.act: got an observation of null;'],
    [undefined, 'policy.act: got an observation of undefined;'],
  ])('an observation of another length: %j', (wrong, message) => {
    expect(() => policy.act(wrong as Float32Array)).toThrow(InvalidShapeError);
    expect(() => policy.act(wrong as Float32Array)).toThrow(message);
  });

  test.each([Number.NaN, Infinity, -Infinity])('an observation with %d', (bad) => {
    const wrong = Float32Array.of(0, 0, bad, 0);
    expect(() => policy.act(wrong)).toThrow(NonFiniteError);
    expect(() => policy.act(wrong)).toThrow(
      `policy.act: got the observation Float32Array[0, 0, ${bad}, 0]; expected finite numbers. Look for where the observation is made.`,
    );
    expect(() => policy.entropy(wrong)).toThrow('policy.entropy: got the observation');
    expect(() => policy.logProb(wrong, 0)).toThrow('policy.logProb: got the observation');
    // and the policy goes on
    expect([0, 1]).toContain(policy.act(obs));
  });

  test.each<[unknown, string]>([
    [2, '2'],
    [-1, '-1'],
    [0.5, '0.5'],
    [Number.NaN, 'NaN'],
    ['1', '"1"'],
    [null, 'null'],
    [Float32Array.of(1), 'Float32Array[1]'],
  ])('a discrete action %j', (action, shown) => {
    expect(() => policy.logProb(obs, action as number)).toThrow(InvalidActionError);
    expect(() => policy.logProb(obs, action as number)).toThrow(
      `policy.logProb: got the action ${shown}; expected an element of Discrete<2>. Pass an action of this environment.`,
    );
  });

  test.each<[unknown, string]>([
    [new Float32Array(1), 'Float32Array[0]'],
    [new Float32Array(3), 'Float32Array[0, 0, 0]'],
    [Float32Array.of(0, Number.NaN), 'Float32Array[0, NaN]'],
    [['0', '1'], '["0", "1"]'],
    [0, '0'],
    [null, 'null'],
    [undefined, 'undefined'],
    [{ length: 2 }, 'an object with keys [length]'],
  ])('a continuous action %j', (action, shown) => {
    expect(() => gaussian.logProb(new Float32Array(3), action as Float32Array)).toThrow(InvalidActionError);
    expect(() => gaussian.logProb(new Float32Array(3), action as Float32Array)).toThrow(
      `policy.logProb: got the action ${shown}; expected an element of Box<[2]>.`,
    );
  });

  test('plain lists of numbers will do', () => {
    expect(policy.act([0, 0, 0, 0] as unknown as Float32Array, { greedy: true })).toBe(policy.act(obs, { greedy: true }));
    expect(gaussian.logProb(new Float32Array(3), [1, 2] as unknown as Float32Array)).toBe(gaussian.logProb(new Float32Array(3), Float32Array.of(1, 2)));
  });

  test('a value without a critic', () => {
    expect(() => policy.value(obs)).toThrow(InvalidOptionsError);
    expect(() => policy.value(obs)).toThrow('policy.value: got categorical, which has no critic; expected a policy with a value function. Use actorCritic.');
  });
});

test('`using` gives a policy and its sessions back', () => {
  let [policy, session]: [Policy | undefined, { act: (obs: Float32Array) => unknown } | undefined] = [undefined, undefined];
  const obs = new Float32Array(choices.observationSpace.low.length);
  {
    using scoped = createPolicy(categorical({ network: linear() }), choices);
    using many = scoped.session({ numEnvs: 1 });
    [policy, session] = [scoped as unknown as Policy, many];
    expect(many.act(obs)).toHaveLength(1);
  }
  expect(() => policy?.act(obs)).toThrow(DisposedError);
  expect(() => session?.act(obs)).toThrow(DisposedError);
});

describe('createPolicy', () => {
  test('needs spaces', () => {
    const create = createPolicy as (spec: unknown, spaces?: unknown) => void;
    expect(() => create(categorical({ network: mlp([3]) }))).toThrow(
      'createPolicy: got undefined; expected an environment, or an object with its observationSpace and actionSpace. Pass it second: createPolicy(policy, cartPole()).',
    );
  });

  test('has seed 0 by default', () => {
    const spec = categorical({ network: mlp([3]) });
    expect(createPolicy(spec, choices).parameters).toEqual(createPolicy(spec, choices, { seed: 0 }).parameters);
  });

  test('weights are orthogonal with the customary gains, biases 0', () => {
    const policy = createPolicy(actorCritic({ encoder: mlp([4]) }), choices) as unknown as Policy;
    const norm = (name: string) => Math.hypot(...valuesOf(policy, name));
    // of an orthogonal matrix the squares sum to gain²·(the shorter side)
    expect(norm('trunk.0.weight')).toBeCloseTo(Math.sqrt(2 * 4), 5);
    expect(norm('heads.logits.0.weight')).toBeCloseTo(0.01 * Math.SQRT2, 7);
    expect(norm('heads.value.0.weight')).toBeCloseTo(1, 5);
    for (const name of ['trunk.0.bias', 'heads.logits.0.bias', 'heads.value.0.bias']) expect(norm(name)).toBe(0);
  });

  test('takes boxes of one number as well', () => {
    const spaces = { observationSpace: box({ shape: [1], low: 0, high: 1 }), actionSpace: discrete(1) };
    const policy = createPolicy(categorical({ network: linear() }), spaces);
    expect(policy.act(Float32Array.of(0.5))).toBe(0);
    expect(policy.entropy(Float32Array.of(0.5))).toBe(0);
  });

  test.each<[string, () => unknown, string]>([
    [
      'a misspelt option',
      () => createPolicy(categorical({ network: linear() }), choices, { sed: 1 } as never),
      'createPolicy: got the unknown option "sed"; expected one of: seed, engine. Did you mean "seed"?',
    ],
    [
      'spaces that are none',
      () => createPolicy(diagonalGaussian({ network: linear() }), { observationSpace: [4], actionSpace: forces.actionSpace } as never),
      'createPolicy: got an object with keys [observationSpace, actionSpace]; expected an environment, or an object with its observationSpace and actionSpace.',
    ],
    [
      'a network in place of a policy',
      () => createPolicy(linear() as never, forces),
      "createPolicy: got an object with keys [name, inputRank, layers]; expected a policy's specification. Pass what categorical(), actorCritic() and their like return",
    ],
    ['half a seed', () => createPolicy(diagonalGaussian({ network: linear() }), forces, { seed: 0.5 }), 'createPolicy: got seed: 0.5; expected'],
    [
      'no engine',
      () => createPolicy(categorical({ network: linear() }), choices, { engine: 'wasm' as never }),
      'createPolicy: got engine: "wasm"; expected an engine: wasmEngine() of @pg/nn. Change "engine".',
    ],
  ])('refuses %s', (_, create, message) => {
    expect(create).toThrow(InvalidOptionsError);
    expect(create).toThrow(message);
  });
});
