import { box, discrete, IncompatiblePolicyError, InvalidOptionsError, Rng } from '@pg/core';
import { constant, type DenseLayer } from '@pg/nn';
import { describe, expect, test } from 'vitest';
import { choices, forces, levers } from '../../fixtures/policies.js';
import { linear } from '../networks/linear.js';
import { mlp } from '../networks/mlp.js';
import type { NetworkSpec } from '../networks/network-spec.js';
import { actorCritic } from './actor-critic.js';
import { actorCriticLstm } from './actor-critic-recurrent.js';
import { bernoulli } from './bernoulli.js';
import { categorical } from './categorical.js';
import { diagonalGaussian } from './diagonal-gaussian.js';

const image = box({ shape: [8, 8, 3], low: 0, high: 255 });
const network = mlp([6]);

/** The layers as short text. */
const outline = (layers: readonly { kind: string; units?: number; activation?: string }[] | undefined) =>
  layers?.map(({ units, activation }) => units ?? activation).join(' ');

describe('the right spaces', () => {
  test('categorical: logits', () => {
    const spec = categorical({ network });
    expect(spec).toMatchObject({ name: 'categorical', recurrent: false, critic: false });
    const model = spec.bind(choices);
    expect(model).toMatchObject({ network: { inputShape: [4], vectors: {} }, distribution: { kind: 'categorical', head: 'logits' } });
    expect(model.valueHead).toBe(undefined);
    expect([outline(model.network.trunk), outline(model.network.heads.logits)]).toEqual(['6 tanh', '2']);
  });

  test('diagonalGaussian: means, and a free log σ', () => {
    const spec = diagonalGaussian({ network: linear(), initialLogStd: -1 });
    expect(spec).toMatchObject({ name: 'diagonalGaussian', recurrent: false, critic: false });
    const { network: bound, distribution } = spec.bind(forces);
    expect(distribution).toEqual({ kind: 'diagonalGaussian', head: 'mean', logStd: 'logStd' });
    expect([outline(bound.trunk), outline(bound.heads.mean), bound.vectors?.logStd?.size]).toEqual(['', '2', 2]);
    expect(bound.vectors?.logStd?.init([1, 2], Rng.fromSeed(0))).toEqual(new Float32Array([-1, -1]));
  });

  test('log σ starts at 0 by default', () => {
    const { vectors } = diagonalGaussian({ network }).bind(forces).network;
    expect(vectors?.logStd?.init([1, 2], Rng.fromSeed(0))).toEqual(new Float32Array(2));
  });

  test('diagonalGaussian: log σ from a head, clamped, with its bias at the start', () => {
    const { network: bound, distribution } = diagonalGaussian({ network, logStd: 'head', initialLogStd: -2 }).bind(forces);
    expect(distribution).toEqual({ kind: 'diagonalGaussian', head: 'mean', logStdHead: 'logStd', logStdRange: { low: -20, high: 2 } });
    expect([outline(bound.trunk), outline(bound.heads.mean), outline(bound.heads.logStd), bound.vectors]).toEqual(['6 tanh', '2', '2', {}]);
    const [last] = bound.heads.logStd as [DenseLayer];
    expect(last.biasInit([1, 2], Rng.fromSeed(0))).toEqual(new Float32Array([-2, -2]));
  });

  test('diagonalGaussian: squashed into the bounds of the space', () => {
    const { distribution } = diagonalGaussian({ network, squash: true }).bind(levers);
    expect(distribution).toEqual({ kind: 'diagonalGaussian', head: 'mean', logStd: 'logStd', squash: { low: [-1, 0], high: [1, 5] } });
    expect(actorCritic({ encoder: network, squash: true, logStd: 'head' }).bind(levers).distribution).toEqual({
      kind: 'diagonalGaussian',
      head: 'mean',
      logStdHead: 'logStd',
      logStdRange: { low: -20, high: 2 },
      squash: { low: [-1, 0], high: [1, 5] },
    });
    // choices have nothing to squash
    expect(actorCritic({ encoder: network, squash: true }).bind(choices).distribution).toEqual({ kind: 'categorical', head: 'logits' });
  });

  test('bernoulli: one logit', () => {
    const spec = bernoulli({ network });
    expect(spec).toMatchObject({ name: 'bernoulli', recurrent: false, critic: false });
    const { network: bound, distribution } = spec.bind(choices);
    expect(distribution).toEqual({ kind: 'bernoulli', head: 'logit' });
    expect([outline(bound.trunk), outline(bound.heads.logit)]).toEqual(['6 tanh', '1']);
  });

  test('actorCritic: the action space chooses the distribution', () => {
    const spec = actorCritic({ encoder: mlp([3, 7], 'relu') });
    expect(spec).toMatchObject({ name: 'actorCritic', recurrent: false, critic: true });
    const discreteModel = spec.bind(choices);
    expect(discreteModel).toMatchObject({ distribution: { kind: 'categorical', head: 'logits' }, valueHead: 'value' });
    expect([discreteModel.network.trunk, discreteModel.network.heads.logits, discreteModel.network.heads.value].map(outline)).toEqual([
      '3 relu 7 relu',
      '2',
      '1',
    ]);
    const boxModel = spec.bind(forces);
    expect(boxModel).toMatchObject({ distribution: { kind: 'diagonalGaussian', head: 'mean', logStd: 'logStd' }, valueHead: 'value' });
    expect([boxModel.network.heads.mean, boxModel.network.heads.value].map(outline)).toEqual(['2', '1']);
  });

  test('actorCritic: each head on its own encoder', () => {
    const { network: bound, valueHead } = actorCritic({ encoder: mlp([3], 'relu'), shared: false }).bind(choices);
    expect([bound.trunk, bound.heads.logits, bound.heads.value].map(outline)).toEqual(['', '3 relu 2', '3 relu 1']);
    expect(valueHead).toBe('value');
  });

  test('last layers are made as told: without a bias, with other starting values', () => {
    const output = { bias: false, weightInit: constant(0.5) };
    const made = (layers: readonly unknown[] | undefined) => {
      const [last] = layers as [DenseLayer];
      return [last.bias, [...last.weightInit([1, last.units], Rng.fromSeed(0))]];
    };
    const heads = [
      categorical({ network, output }).bind(choices).network.heads.logits,
      bernoulli({ network, output }).bind(choices).network.heads.logit,
      diagonalGaussian({ network, output }).bind(forces).network.heads.mean,
      actorCritic({ encoder: network, output }).bind(choices).network.heads.logits,
      actorCriticLstm({ encoder: network, units: 2, output }).bind(forces).network.heads.mean,
    ];
    expect(heads.map(made)).toEqual([2, 1, 2, 2, 2].map((units) => [false, new Array(units).fill(0.5)]));
    const { value, logits } = actorCritic({ encoder: network, valueOutput: output }).bind(choices).network.heads;
    expect([made(value), (logits as [DenseLayer])[0].bias]).toEqual([[false, [0.5]], true]);
  });

  test('last layers that nobody can make', () => {
    expect(() => categorical({ network, output: { bais: false } as never })).toThrow('Did you mean "bias"?');
    expect(() => actorCritic({ encoder: network, valueOutput: 3 as never })).toThrow(
      'actorCritic: got valueOutput: 3; expected { bias, weightInit }. Change "valueOutput".',
    );
    expect(() => bernoulli({ network, output: { weightInit: 'zeros' as never } })).toThrow('an initialiser of @pg/nn');
  });

  test('mlp: without biases, with other starting values', () => {
    const { layers } = mlp([3, 2], 'relu', { bias: false, weightInit: constant(2) });
    const dense = layers.filter(({ kind }) => kind === 'dense') as DenseLayer[];
    expect(dense.map(({ bias, weightInit }) => [bias, ...weightInit([1, 1], Rng.fromSeed(0))])).toEqual([
      [false, 2],
      [false, 2],
    ]);
    expect(() => mlp([3], 'relu', { biass: false } as never)).toThrow('Did you mean "bias"?');
  });

  test('an action of no axes is one number', () => {
    const spaces = { ...forces, actionSpace: box({ shape: [], low: -1, high: 1 }) };
    expect(outline(diagonalGaussian({ network }).bind(spaces).network.heads.mean)).toBe('1');
  });
});

describe('the wrong spaces', () => {
  const specs = {
    categorical: categorical({ network }),
    diagonalGaussian: diagonalGaussian({ network: linear() }),
    actorCritic: actorCritic({ encoder: network }),
    bernoulli: bernoulli({ network }),
    squashed: actorCritic({ encoder: linear(), squash: true }),
  };

  test.each([
    ['categorical', forces, 'categorical: got an environment that takes Box<[2]>; expected a Discrete space. Use diagonalGaussian for it.'],
    ['diagonalGaussian', choices, 'diagonalGaussian: got an environment that takes Discrete<2>; expected a Box space. Use categorical for it.'],
    [
      'bernoulli',
      { ...choices, actionSpace: discrete(3) },
      'bernoulli: got an environment that takes Discrete<3>; expected Discrete<2>. Use categorical for it.',
    ],
    ['bernoulli', { ...choices, actionSpace: discrete(1) }, 'bernoulli: got an environment that takes Discrete<1>; expected Discrete<2>.'],
    ['bernoulli', forces, 'bernoulli: got an environment that takes Box<[2]>; expected Discrete<2>. Use diagonalGaussian for it.'],
    [
      'squashed',
      forces,
      'actorCritic: got squash: true for Box<[2]> with the bounds [0, Infinity] at element 1; expected finite bounds with low < high. Leave "squash" out',
    ],
    [
      'squashed',
      { ...forces, actionSpace: box({ shape: [2], low: [1, 0], high: [1, 1] }) },
      'actorCritic: got squash: true for Box<[2]> with the bounds [1, 1] at element 0; expected finite bounds with low < high.',
    ],
    [
      'categorical',
      { ...choices, observationSpace: image },
      'categorical: got observations of Box<[8, 8, 3]>; expected Box<[number]>, which is what mlp([6]) reads. Use a network for such observations.',
    ],
    [
      'diagonalGaussian',
      { ...forces, observationSpace: image },
      'diagonalGaussian: got observations of Box<[8, 8, 3]>; expected Box<[number]>, which is what linear() reads.',
    ],
    [
      'actorCritic',
      { ...choices, observationSpace: discrete(7) },
      'actorCritic: got observations of Discrete<7>; expected Box<[number]>, which is what mlp([6]) reads. Pipe the environment through oneHot().',
    ],
  ] as const)('%s refuses them', (name, spaces, message) => {
    expect(() => specs[name].bind(spaces)).toThrow(IncompatiblePolicyError);
    expect(() => specs[name].bind(spaces)).toThrow(message);
  });

  test('a network for images says so', () => {
    const conv: NetworkSpec<never> = { name: 'conv()', inputRank: 3, layers: [] };
    expect(() => categorical({ network: conv }).bind(choices)).toThrow(
      'categorical: got observations of Box<[4]>; expected a Box with 3 axes, which is what conv() reads.',
    );
  });
});

describe('options', () => {
  test.each<[string, () => unknown, string]>([
    [
      'no options',
      () => categorical(undefined as never),
      'categorical: got undefined; expected an options object. Pass an object with some of: network, output.',
    ],
    [
      'no network',
      () => categorical({} as never),
      'categorical: got no option "network"; expected a network: linear(), mlp([...]) or conv([...]). Set "network".',
    ],
    [
      'a list of sizes',
      () => diagonalGaussian({ network: [64] } as never),
      'diagonalGaussian: got network: [64]; expected a network: linear(), mlp([...]) or conv([...]). Change "network".',
    ],
    [
      'a misspelt option',
      () => actorCritic({ encodr: network } as never),
      'actorCritic: got the unknown option "encodr"; expected one of: encoder, shared, output, valueOutput, logStd, initialLogStd, squash. Did you mean "encoder"?',
    ],
    [
      'an unknown option',
      () => categorical({ network, temperature: 2 } as never),
      'categorical: got the unknown option "temperature"; expected one of: network, output. Remove "temperature".',
    ],
    [
      'the option of another policy',
      () => categorical({ encoder: network } as never),
      'categorical: got the unknown option "encoder"; expected one of: network, output. Did you mean "network"?',
    ],
    [
      'a flag of text',
      () => actorCritic({ encoder: network, shared: 'no' as never }),
      'actorCritic: got shared: "no"; expected true or false. Change "shared".',
    ],
    [
      'an infinite log σ',
      () => diagonalGaussian({ network, initialLogStd: Infinity }),
      'diagonalGaussian: got initialLogStd: Infinity; expected a number in [-20, 20], which a free log σ is clamped to. Change "initialLogStd".',
    ],
    [
      'a log σ from nowhere',
      () => diagonalGaussian({ network, logStd: 'vector' as never }),
      'diagonalGaussian: got logStd: "vector"; expected "free" or "head". Change "logStd".',
    ],
    [
      'a log σ that is clamped away',
      () => actorCritic({ encoder: network, logStd: 'head', initialLogStd: 3 }),
      'actorCritic: got initialLogStd: 3; expected a number in [-20, 2], which log σ of a head is clamped to.',
    ],
    ['squashing by a number', () => diagonalGaussian({ network, squash: 1 as never }), 'diagonalGaussian: got squash: 1; expected true or false.'],
    ['σ for bits', () => bernoulli({ network, squash: true } as never), 'bernoulli: got the unknown option "squash"; expected one of: network, output.'],
    [
      'a log σ of text',
      () => actorCritic({ encoder: network, initialLogStd: '0' as never }),
      'actorCritic: got initialLogStd: "0"; expected a number in [-20, 20]',
    ],
    [
      'a log σ whose σ is 0 in float32',
      () => diagonalGaussian({ network, initialLogStd: -110 }),
      'diagonalGaussian: got initialLogStd: -110; expected a number in [-20, 20]',
    ],
    ['a log σ whose σ is infinite in float32', () => diagonalGaussian({ network, initialLogStd: 90 }), 'diagonalGaussian: got initialLogStd: 90;'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(InvalidOptionsError);
    expect(make).toThrow(message);
  });
});

describe('networks', () => {
  test('mlp: dense layers, each with its activation', () => {
    expect(mlp([64, 32])).toMatchObject({ name: 'mlp([64, 32])', inputRank: 1 });
    expect(outline(mlp([64, 32]).layers)).toBe('64 tanh 32 tanh');
    for (const activation of ['relu', 'elu', 'sigmoid'] as const) expect(outline(mlp([8], activation).layers)).toBe(`8 ${activation}`);
    expect(mlp([]).layers).toEqual(linear().layers);
    expect(linear()).toEqual({ name: 'linear()', inputRank: 1, layers: [] });
  });

  test.each<[string, () => unknown, string]>([
    ['one size', () => mlp(64 as never), 'mlp: got units: 64; expected a list of positive whole numbers. Write mlp([64, 64]).'],
    ['a size of 0', () => mlp([64, 0]), 'mlp: got units: [64, 0]; expected a list of positive whole numbers.'],
    ['half a unit', () => mlp([0.5]), 'mlp: got units: [0.5];'],
    ['text', () => mlp(['64'] as never), 'mlp: got units: ["64"];'],
    [
      'an unknown activation',
      () => mlp([4], 'gelu' as never),
      'mlp: got activation: "gelu"; expected one of: "tanh", "relu", "elu", "sigmoid". Change the activation.',
    ],
  ])('mlp refuses %s', (_, make, message) => {
    expect(make).toThrow(InvalidOptionsError);
    expect(make).toThrow(message);
  });
});
