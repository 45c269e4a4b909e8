import { box, discrete, IncompatiblePolicyError, InvalidOptionsError, Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { choices, forces } from '../../fixtures/policies.js';
import { linear } from '../networks/linear.js';
import { mlp } from '../networks/mlp.js';
import type { NetworkSpec } from '../networks/network-spec.js';
import { actorCritic } from './actor-critic.js';
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
  };

  test.each([
    ['categorical', forces, 'categorical: got an environment that takes Box<[2]>; expected a Discrete space. Use diagonalGaussian for it.'],
    ['diagonalGaussian', choices, 'diagonalGaussian: got an environment that takes Discrete<2>; expected a Box space. Use categorical for it.'],
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
    ['no options', () => categorical(undefined as never), 'categorical: got undefined; expected an options object. Pass an object with some of: network.'],
    ['no network', () => categorical({} as never), 'categorical: got network: undefined; expected a network: linear() or mlp([...]). Set "network".'],
    [
      'a list of sizes',
      () => diagonalGaussian({ network: [64] } as never),
      'diagonalGaussian: got network: [64]; expected a network: linear() or mlp([...]). Set "network".',
    ],
    [
      'a misspelt option',
      () => actorCritic({ encodr: network } as never),
      'actorCritic: got the unknown option "encodr"; expected one of: encoder, shared, initialLogStd. Did you mean "encoder"?',
    ],
    [
      'an unknown option',
      () => categorical({ network, temperature: 2 } as never),
      'categorical: got the unknown option "temperature"; expected one of: network. Remove "temperature".',
    ],
    [
      'a flag of text',
      () => actorCritic({ encoder: network, shared: 'no' as never }),
      'actorCritic: got shared: "no"; expected true or false. Change "shared".',
    ],
    [
      'an infinite log σ',
      () => diagonalGaussian({ network, initialLogStd: Infinity }),
      'diagonalGaussian: got initialLogStd: Infinity; expected a finite number. Change "initialLogStd".',
    ],
    ['a log σ of text', () => actorCritic({ encoder: network, initialLogStd: '0' as never }), 'actorCritic: got initialLogStd: "0"; expected a finite number.'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(InvalidOptionsError);
    expect(make).toThrow(message);
  });
});

describe('networks', () => {
  test('mlp: dense layers, each with its activation', () => {
    expect(mlp([64, 32])).toMatchObject({ name: 'mlp([64, 32])', inputRank: 1 });
    expect(outline(mlp([64, 32]).layers)).toBe('64 tanh 32 tanh');
    expect(outline(mlp([8], 'relu').layers)).toBe('8 relu');
    expect(mlp([]).layers).toEqual(linear().layers);
    expect(linear()).toEqual({ name: 'linear()', inputRank: 1, layers: [] });
  });

  test.each<[string, () => unknown, string]>([
    ['one size', () => mlp(64 as never), 'mlp: got units: 64; expected a list of positive whole numbers. Write mlp([64, 64]).'],
    ['a size of 0', () => mlp([64, 0]), 'mlp: got units: [64, 0]; expected a list of positive whole numbers.'],
    ['half a unit', () => mlp([0.5]), 'mlp: got units: [0.5];'],
    ['text', () => mlp(['64'] as never), 'mlp: got units: ["64"];'],
    ['an unknown activation', () => mlp([4], 'gelu' as never), 'mlp: got activation: "gelu"; expected "tanh" or "relu". Change the activation.'],
  ])('mlp refuses %s', (_, make, message) => {
    expect(make).toThrow(InvalidOptionsError);
    expect(make).toThrow(message);
  });
});
