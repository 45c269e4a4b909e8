import { InvalidOptionsError } from '@pg/core';
import { expect, test } from 'vitest';
import { adam } from './adam.js';
import { rmsprop } from './rmsprop.js';
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
    'what is 1 in float32',
    () => adam({ beta2: 0.99999999999 }),
    'adam: got beta2: 0.99999999999; expected a number in [0, 1) that stays so in float32: 0, or 1.4e-45 to 3.4e+38, the range of float32.',
  ],
  ['what is 0 in float32', () => adam({ epsilon: 1e-46 }), 'adam: got epsilon: 1e-46; expected a finite number at least 0 that stays so in float32'],
  ['what is infinite in float32', () => rmsprop({ epsilon: 1e39 }), 'rmsprop: got epsilon: 1e+39; expected a finite number at least 0 that stays so'],
  ['alpha of 1 in float32', () => rmsprop({ alpha: 1 - 1e-12 }), 'rmsprop: got alpha: 0.999999999999; expected a number in [0, 1) that stays so'],
  ['a momentum of 0 in float32', () => sgd({ momentum: 1e-300 }), 'sgd: got momentum: 1e-300; expected a number in [0, 1) that stays so in float32'],
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
