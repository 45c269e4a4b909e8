import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { InvalidOptionsError } from '../errors/kinds.js';
import { parseOptions } from './parse-options.js';

const schema = z.strictObject({
  steps: z.int().check(z.positive()),
  gamma: z._default(z.number().check(z.gte(0), z.lte(1)), 0.99),
  clipRange: z.optional(z.number().check(z.gt(0), z.lt(1))),
  batch: z.optional(z.int().check(z.multipleOf(4))),
  activation: z._default(z.enum(['relu', 'tanh']), 'tanh'),
  layers: z._default(z.array(z.int().check(z.gte(1))).check(z.minLength(1), z.maxLength(3)), [64, 64]),
  name: z.optional(z.string().check(z.minLength(2))),
  verbose: z.optional(z.boolean()),
  optimizer: z.optional(z.strictObject({ beta: z.number(), epsilon: z._default(z.number(), 1e-8) })),
  learningRate: z._default(z.union([z.number().check(z.gte(0)), z.custom((value) => typeof value === 'function', { error: 'a schedule' })]), 3e-4),
  norm: z.optional(z.union([z.boolean(), z.strictObject({ epsilon: z.number() })])),
  odd: z.optional(z.custom((value) => value === 1)),
});

const parse = (options: unknown) => parseOptions('ppo', schema, options);
const minimal = { steps: 1 };

describe('parseOptions', () => {
  test('fills in the defaults', () => {
    expect(parse({ steps: 5, gamma: 0.5 })).toEqual({ steps: 5, gamma: 0.5, activation: 'tanh', layers: [64, 64], learningRate: 3e-4 });
    expect(parse({ ...minimal, optimizer: { beta: 0.9 } })).toMatchObject({ optimizer: { beta: 0.9, epsilon: 1e-8 } });
  });

  test('leaves the given object as it is', () => {
    const options = Object.freeze({ steps: 5 });
    expect(parse(options)).not.toBe(options);
    expect(options).toEqual({ steps: 5 });
  });

  test('throws InvalidOptionsError with its parts', () => {
    expect(() => parse({ steps: 0 })).toThrow(
      new InvalidOptionsError({ where: 'ppo', got: 'steps: 0', expected: 'a number greater than 0', remedy: 'Change "steps".' }),
    );
  });

  test('an error comes with its code', () => {
    let caught: unknown;
    try {
      parse({ steps: 0 });
    } catch (error) {
      caught = error;
    }
    expect(InvalidOptionsError.isInstance(caught)).toBe(true);
    expect(caught).toMatchObject({ code: 'invalid-options', where: 'ppo', got: 'steps: 0' });
  });
});

describe('unknown options', () => {
  const names = 'steps, gamma, clipRange, batch, activation, layers, name, verbose, optimizer, learningRate, norm, odd';

  test('did you mean', () => {
    expect(() => parse({ ...minimal, gama: 1 })).toThrow(`ppo: got the unknown option "gama"; expected one of: ${names}. Did you mean "gamma"?`);
  });

  test('no suggestion when none is near', () => {
    expect(() => parse({ ...minimal, temperature: 1 })).toThrow(`ppo: got the unknown option "temperature"; expected one of: ${names}. Remove "temperature".`);
  });

  test('what is missing meanwhile is named too', () => {
    expect(() => parse({ temperature: 1 })).toThrow(`expected one of: ${names}. Remove "temperature" and set "steps".`);
  });

  test('a misspelt required option is misspelt rather than missing', () => {
    expect(() => parse({ step: 1 })).toThrow(`ppo: got the unknown option "step"; expected one of: ${names}. Did you mean "steps"?`);
  });

  test('inside an option', () => {
    expect(() => parse({ ...minimal, optimizer: { beta: 1, epsilom: 2 } })).toThrow(
      'ppo: got the unknown option "optimizer.epsilom"; expected one of: beta, epsilon. Did you mean "optimizer.epsilon"?',
    );
    expect(() => parse({ ...minimal, optimizer: { beta: 1, momentum: 2 } })).toThrow(
      'ppo: got the unknown option "optimizer.momentum"; expected one of: beta, epsilon. Remove "optimizer.momentum".',
    );
  });

  test('inside something whose options are not known', () => {
    const lists = z.strictObject({ layers: z.array(z.strictObject({ units: z.int() })) });
    expect(() => parseOptions('mlp', lists, { layers: [{ units: 1, bias: true }] })).toThrow(
      'mlp: got the unknown option "layers.0.bias"; expected only known options. Remove "layers.0.bias".',
    );
  });
});

describe('wrong options', () => {
  test.each<[string, object, string]>([
    ['missing', {}, 'ppo: got no option "steps"; expected a number. Set "steps".'],
    ['missing inside', { ...minimal, optimizer: {} }, 'ppo: got no option "optimizer.beta"; expected a number. Set "optimizer.beta".'],
    ['a string for a number', { ...minimal, gamma: '0.9' }, 'ppo: got gamma: "0.9"; expected a number. Change "gamma".'],
    ['null', { ...minimal, gamma: null }, 'ppo: got gamma: null; expected a number. Change "gamma".'],
    ['NaN', { ...minimal, gamma: Number.NaN }, 'ppo: got gamma: NaN; expected a finite number. Change "gamma".'],
    ['an infinity', { ...minimal, gamma: Infinity }, 'ppo: got gamma: Infinity; expected a finite number. Change "gamma".'],
    ['a fraction', { steps: 1.5 }, 'ppo: got steps: 1.5; expected a whole number. Change "steps".'],
    ['no multiple', { ...minimal, batch: 6 }, 'ppo: got batch: 6; expected a multiple of 4. Change "batch".'],
    ['below, inclusive', { ...minimal, gamma: -0.1 }, 'ppo: got gamma: -0.1; expected a number at least 0. Change "gamma".'],
    ['above, inclusive', { ...minimal, gamma: 1.1 }, 'ppo: got gamma: 1.1; expected a number at most 1. Change "gamma".'],
    ['below, exclusive', { ...minimal, clipRange: 0 }, 'ppo: got clipRange: 0; expected a number greater than 0. Change "clipRange".'],
    ['above, exclusive', { ...minimal, clipRange: 1 }, 'ppo: got clipRange: 1; expected a number less than 1. Change "clipRange".'],
    ['not of the list', { ...minimal, activation: 'elu' }, 'ppo: got activation: "elu"; expected one of: "relu", "tanh". Change "activation".'],
    ['no list', { ...minimal, layers: 64 }, 'ppo: got layers: 64; expected an array. Change "layers".'],
    ['an empty list', { ...minimal, layers: [] }, 'ppo: got layers: []; expected at least 1 element. Change "layers".'],
    ['a long list', { ...minimal, layers: [1, 2, 3, 4] }, 'ppo: got layers: [1, 2, 3, 4]; expected at most 3 elements. Change "layers".'],
    ['an element', { ...minimal, layers: [64, 0] }, 'ppo: got layers.1: 0; expected a number at least 1. Change "layers.1".'],
    ['a short string', { ...minimal, name: 'a' }, 'ppo: got name: "a"; expected at least 2 characters. Change "name".'],
    ['no boolean', { ...minimal, verbose: 1 }, 'ppo: got verbose: 1; expected true or false. Change "verbose".'],
    ['no object', { ...minimal, optimizer: 'adam' }, 'ppo: got optimizer: "adam"; expected an object. Change "optimizer".'],
    [
      'neither a number nor a function',
      { ...minimal, learningRate: 'low' },
      'ppo: got learningRate: "low"; expected a number or a schedule. Change "learningRate".',
    ],
    [
      'a number out of range that could be a function',
      { ...minimal, learningRate: -1 },
      'ppo: got learningRate: -1; expected a number at least 0. Change "learningRate".',
    ],
    ['neither a boolean nor an object', { ...minimal, norm: 3 }, 'ppo: got norm: 3; expected true or false or an object. Change "norm".'],
    ['a custom check without words', { ...minimal, odd: 2 }, 'ppo: got odd: 2; expected another value. Change "odd".'],
    ['several: the first', { steps: 1.5, gamma: 2 }, 'ppo: got steps: 1.5; expected a whole number. Change "steps".'],
  ])('%s', (_, options, message) => {
    expect(() => parse(options)).toThrow(message);
  });

  test('a check of the whole object', () => {
    const range = z.strictObject({ low: z.number(), high: z.number() }).check(z.refine(({ low, high }) => low <= high, { error: 'low ≤ high' }));
    expect(() => parseOptions('uniform', range, { low: 2, high: 1 })).toThrow(
      'uniform: got an object with keys [low, high]; expected low ≤ high. Change the options.',
    );
  });
});

describe('no options object', () => {
  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [3, '3'],
    ['ppo', '"ppo"'],
    [[1], '[1]'],
    [() => 1, 'a function'],
  ])('%s', (options, shown) => {
    expect(() => parseOptions('vectorize', z.strictObject({ numEnvs: z.int(), seed: z.int() }), options)).toThrow(
      `vectorize: got ${shown}; expected an options object. Pass an object with some of: numEnvs, seed.`,
    );
  });
});
