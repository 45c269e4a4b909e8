import { InvalidOptionsError } from '@pg/core';
import { expect, test } from 'vitest';
import { adam } from './adam.js';
import { sgd } from './sgd.js';

test('the defaults are PyTorch’s', () => {
  expect(adam()).toEqual({ kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
  expect(sgd()).toEqual({ kind: 'sgd', momentum: 0 });
});

test('settings replace defaults, 0 included', () => {
  expect(adam({ beta1: 0, beta2: 0.99, epsilon: 1e-5 })).toEqual({ kind: 'adam', beta1: 0, beta2: 0.99, epsilon: 1e-5 });
  expect(sgd({ momentum: 0.9 })).toEqual({ kind: 'sgd', momentum: 0.9 });
});

test.each([
  ['beta1: 1', () => adam({ beta1: 1 }), 'adam: got beta1: 1; expected a number in [0, 1). Change "beta1".'],
  ['beta1: -0.1', () => adam({ beta1: -0.1 }), 'adam: got beta1: -0.1; expected a number in [0, 1).'],
  ['beta2: NaN', () => adam({ beta2: Number.NaN }), 'adam: got beta2: NaN; expected a number in [0, 1).'],
  ['epsilon: -1', () => adam({ epsilon: -1 }), 'adam: got epsilon: -1; expected a finite number at least 0. Change "epsilon".'],
  ['epsilon: Infinity', () => adam({ epsilon: Infinity }), 'adam: got epsilon: Infinity; expected a finite number at least 0.'],
  ['a string', () => adam({ beta1: '0.9' as unknown as number }), 'adam: got beta1: "0.9"; expected a number in [0, 1).'],
  ['momentum: 1', () => sgd({ momentum: 1 }), 'sgd: got momentum: 1; expected a number in [0, 1). Change "momentum".'],
  [
    'an unknown setting of adam',
    () => adam({ learningRate: 1 } as never),
    'adam: got the unknown option "learningRate"; expected one of: beta1, beta2, epsilon. Remove "learningRate".',
  ],
  [
    'a misspelt setting',
    () => adam({ beta_1: 0.5 } as never),
    'adam: got the unknown option "beta_1"; expected one of: beta1, beta2, epsilon. Did you mean "beta1"?',
  ],
  [
    'a learning rate, which belongs to the algorithm',
    () => adam(3e-4 as never),
    'adam: got 0.0003; expected an options object. Pass an object with some of: beta1, beta2, epsilon.',
  ],
  ["PyTorch's name", () => adam({ eps: 1e-5 } as never), 'adam: got the unknown option "eps"; expected one of: beta1, beta2, epsilon. Did you mean "epsilon"?'],
  [
    'an unknown setting of sgd',
    () => sgd({ nesterov: true } as never),
    'sgd: got the unknown option "nesterov"; expected one of: momentum. Remove "nesterov".',
  ],
])('refuses %s', (_, make, message) => {
  expect(make).toThrow(InvalidOptionsError);
  expect(make).toThrow(message);
});
