import { InvalidOptionsError, Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { constant } from '../initializers/constant.js';
import { orthogonal } from '../initializers/orthogonal.js';
import { dense, relu, tanh } from './layer.js';

describe('dense', () => {
  test('has a bias of zeros and orthogonal weights with gain √2 unless told otherwise', () => {
    const layer = dense(3);
    expect(layer).toMatchObject({ kind: 'dense', units: 3, bias: true });
    expect(layer.weightInit([4, 3], Rng.fromSeed(1))).toEqual(orthogonal(Math.SQRT2)([4, 3], Rng.fromSeed(1)));
    expect(layer.biasInit([1, 3], Rng.fromSeed(1))).toEqual(new Float32Array(3));
  });

  test('takes other starting values and no bias', () => {
    const [weightInit, biasInit] = [constant(1), constant(2)];
    expect(dense(1, { bias: false, weightInit, biasInit })).toEqual({ kind: 'dense', units: 1, bias: false, weightInit, biasInit });
  });

  test.each([
    [0, '0'],
    [-3, '-3'],
    [2.5, '2.5'],
    [Number.NaN, 'NaN'],
    ['64', '"64"'],
    [[64], '[64]'],
    [undefined, 'undefined'],
  ])('refuses %j units', (units, shown) => {
    expect(() => dense(units as number)).toThrow(InvalidOptionsError);
    expect(() => dense(units as number)).toThrow(
      `dense: got units: ${shown}; expected a positive whole number. Give the number of outputs, for example dense(64).`,
    );
  });
});

test('dense refuses an unknown option', () => {
  expect(() => dense(3, { useBias: false } as never)).toThrow('dense: got the unknown option "useBias"; expected one of: bias, weightInit, biasInit.');
});

test.each<[object, string]>([
  [{ bias: 0 }, 'bias: 0; expected true or false. Change "bias".'],
  [{ weightInit: 'zeros' }, 'weightInit: "zeros"; expected an initialiser of @pg/nn. Change "weightInit".'],
  [{ biasInit: null }, 'biasInit: null; expected an initialiser of @pg/nn. Change "biasInit".'],
])('dense refuses %j', (options, message) => {
  expect(() => dense(3, options as never)).toThrow(`dense: got ${message}`);
});

test('activations are values', () => {
  expect(relu()).toEqual({ kind: 'activation', activation: 'relu' });
  expect(tanh()).toEqual({ kind: 'activation', activation: 'tanh' });
});
