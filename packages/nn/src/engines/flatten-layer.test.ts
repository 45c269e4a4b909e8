import { Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { allEngines } from '../../fixtures/engines.js';
import { normals } from '../../fixtures/numbers.js';
import { conv2d } from '../network/conv2d.js';
import { flatten } from '../network/flatten.js';
import { dense, elu, type Layer, relu, tanh } from '../network/layer.js';
import { layerOutputShape } from '../network/layer-shape.js';
import type { Network } from '../network/network.js';
import { initialParameters } from '../network/parameters.js';
import { sgd } from '../optimizers/sgd.js';
import type { Engine } from './engine.js';
import { wasmEngine } from './wasm/wasm-engine.js';

test('gives one axis', () => {
  expect(layerOutputShape(flatten(), [4, 3, 2])).toEqual([24]);
});

const ROWS = 3;

/** Outputs and gradients of both heads, the parameters drawn in order. */
function computed(engine: Engine, network: Network): number[] {
  const compiled = engine.compileForTraining(network, { rows: ROWS, distribution: { kind: 'categorical', head: 'y' }, optimizer: sgd() });
  const drawn = initialParameters(network, Rng.fromSeed(1));
  const rng = Rng.fromSeed(2);
  for (const [i, { values }] of compiled.parameters.entries()) values.set(normals(rng, drawn[i]!.values.length, 0.5));
  if (network.input) compiled.input.set(Array.from(compiled.input, () => rng.integer(256)));
  else compiled.input.set(normals(rng, compiled.input.length));
  compiled.forward(0, ROWS);
  const outputs = [...compiled.output('y'), ...compiled.output('value')];
  compiled.outputGradient('y').set(normals(rng, compiled.output('y').length));
  compiled.outputGradient('value').set(normals(rng, compiled.output('value').length));
  compiled.backward(ROWS);
  return [...outputs, ...compiled.gradients.flatMap(({ values }) => [...values])];
}

const bytes = { dtype: 'uint8', scale: 1 / 255 } as const;
const convolution = () => conv2d({ filters: 2, kernel: 2, padding: 1 });

/** A network with the layer in it. */
interface Case {
  readonly trunk?: readonly Layer[];
  readonly y?: readonly Layer[];
  readonly value?: readonly Layer[];
  readonly input?: Network['input'];
}

const cases: readonly [string, Case][] = [
  ['between a convolution and a dense layer', { trunk: [convolution(), relu(), flatten(), dense(4), tanh()] }],
  ['between a convolution and its function', { trunk: [convolution(), flatten(), elu(), dense(4)] }],
  ['last in the trunk', { trunk: [convolution(), tanh(), flatten()] }],
  ['first of all', { trunk: [flatten(), dense(4), relu()] }],
  ['alone in the trunk', { trunk: [flatten()] }],
  ['alone in the trunk, of bytes', { trunk: [flatten()], input: bytes }],
  ['first of all, in front of a function', { trunk: [flatten(), tanh()] }],
  [
    'in heads, in front and behind',
    { trunk: [convolution(), relu()], y: [flatten(), dense(3), flatten()], value: [flatten(), tanh(), dense(1), elu(), flatten()] },
  ],
  ['in a head, in front of a function that others do not want', { trunk: [dense(5)], y: [dense(3)], value: [flatten(), relu()] }],
];

/** The same network; parameters keep their order, not their names. */
function without({ trunk, heads, ...rest }: Network): Network {
  const kept = (layers: readonly Layer[]) => layers.filter(({ kind }) => kind !== 'flatten');
  return { ...rest, trunk: kept(trunk), heads: Object.fromEntries(Object.entries(heads).map(([name, layers]) => [name, kept(layers)])) };
}

describe.each(allEngines)('$label', ({ engine }) => {
  test.each(cases)('%s: nothing else changes', (_, { trunk = [], y = [dense(3)], value = [dense(1)], input }) => {
    const network: Network = { inputShape: [3, 2, 2], trunk, heads: { y, value }, ...(input && { input }) };
    const [found, expected] = [computed(engine, network), computed(engine, without(network))];
    expect(expected.some((x) => x !== 0)).toBe(true);
    for (const [i, number] of expected.entries()) expect(found[i]).toBeCloseTo(number, 5);
    expect(found.length).toBe(expected.length);
  });
});

test('is no layer for a head', () => {
  const network: Network = { inputShape: [2], trunk: [dense(2)], heads: { y: [flatten()] } };
  expect(() => wasmEngine().compile(network, { rows: 1, distribution: { kind: 'categorical', head: 'y' } })).toThrow('got the head "y" without layers;');
});
