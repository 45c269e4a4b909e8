import { InvalidOptionsError, type OptionSchema, parseOptions } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { a3cSchema } from '../a3c/options.js';
import { a2c } from '../algorithms/a2c.js';
import { ppo } from '../algorithms/ppo.js';
import { reinforce } from '../algorithms/reinforce.js';
import { definitionOf } from '../definition/plan-run.js';

type Schema = OptionSchema<Record<string, unknown>>;
const [a2cSchema, ppoSchema, reinforceSchema] = [a2c, ppo, reinforce].map((algorithm) => definitionOf(algorithm).schema) as [Schema, Schema, Schema];
const schemas: Readonly<Record<string, OptionSchema<unknown>>> = { a2c: a2cSchema, a3c: a3cSchema, ppo: ppoSchema, reinforce: reinforceSchema };
const range = 'from 1.4e-45 to 3.4e+38, the range of float32. Change';

describe.each(Object.entries(schemas))('%s refuses numbers that float32 makes 0 or infinite', (name, schema) => {
  test.each([
    ['learningRate', 1e-46],
    ['learningRate', 1e39],
    ['entropyCoef', 5e-324],
    ['entropyCoef', 1e39],
    ['valueCoef', 1e-46],
    ['valueCoef', 1e39],
    ['gamma', 1e-300],
    ['maxGradNorm', 1e-300],
    ['maxGradNorm', 1e39],
    ['maxGradValue', 1e-46],
    ['maxGradValue', 1e300],
  ])('%s: %d', (option, value) => {
    const parse = () => parseOptions(name, schema, { [option]: value });
    expect(parse).toThrow(InvalidOptionsError);
    expect(parse).toThrow(`${name}: got ${option}: ${value}; expected 0, or a number ${range} "${option}".`);
  });

  test('what float32 keeps stays, and so do 0 and infinity', () => {
    const options = { learningRate: 0, entropyCoef: 1e-45, valueCoef: 0, gamma: 0, maxGradNorm: Number.POSITIVE_INFINITY, maxGradValue: 3.4e38 };
    expect(parseOptions(name, schema, options)).toMatchObject(options);
  });
});

test.each([
  ['lambda', a2cSchema, { lambda: 1e-46 }],
  ['clipRange', ppoSchema, { clipRange: 1e-46 }],
  ['clipRangeValue', ppoSchema, { clipRangeValue: 1e39 }],
  ['targetKl', ppoSchema, { targetKl: 1e-46 }],
])('%s too', (option, schema, options) => {
  expect(() => parseOptions<unknown>('options', schema, options)).toThrow(`expected 0, or a number ${range} "${option}".`);
});

test.each([1e-46, 1e39])("Huber's δ too: %d", (huber) => {
  expect(() => parseOptions('a2c', a2cSchema, { valueLoss: { huber } })).toThrow('expected { huber: δ }, δ a number from 1.4e-45 to 3.4e+38');
  expect(parseOptions('a2c', a2cSchema, { valueLoss: { huber: Number.POSITIVE_INFINITY } }).valueLoss).toEqual({ huber: Infinity });
});
