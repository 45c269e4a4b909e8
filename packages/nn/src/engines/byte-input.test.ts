import { InvalidOptionsError, Rng, shapeSize } from '@pg/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normals, relativeError } from '../../fixtures/numbers.js';
import { conv2d } from '../network/conv2d.js';
import { dense, type Layer, relu, tanh } from '../network/layer.js';
import { lstm } from '../network/lstm.js';
import type { Network } from '../network/network.js';
import { copyTensors, initialParameters } from '../network/parameters.js';
import { sgd } from '../optimizers/sgd.js';
import type { Engine, TrainableNetwork } from './engine.js';
import { tfjs } from './tfjs/tfjs.js';
import { wasmEngine } from './wasm/wasm-engine.js';
import { writableInput } from './writable-input.js';

const distribution = { kind: 'categorical', head: 'y' } as const;
const scale = 1 / 255;

/** A network of numbers and one of bytes, which see the same inputs: byte times scale, in float32. */
function twins(network: Network, rows: number, seed: number, engine: Engine = wasmEngine()): [TrainableNetwork, TrainableNetwork] {
  const rng = Rng.fromSeed(seed);
  const parameters = initialParameters(network, rng);
  const bytes = Uint8Array.from({ length: rows * shapeSize(network.inputShape) }, () => (rng.integer(3) === 0 ? 0 : rng.integer(256)));
  const make = (input: Network['input']) => {
    const compiled = engine.compileForTraining({ ...network, ...(input && { input }) }, { rows, distribution, optimizer: sgd() });
    copyTensors(parameters, compiled.parameters);
    return compiled;
  };
  const [numbers, small] = [make(undefined), make({ dtype: 'uint8', scale })];
  numbers.input.set(Float32Array.from(bytes, (byte) => byte * Math.fround(scale)));
  small.input.set(bytes);
  return [numbers, small];
}

/** Outputs and gradients of a pass over all rows. */
function pass(network: TrainableNetwork): number[] {
  const { rows } = network;
  network.forward(0, rows);
  const outputs = [...network.output('y')];
  network.distribution.actions.fill(1);
  network.logProbGradients.set(normals(Rng.fromSeed(1), rows));
  network.backward(rows);
  return [...outputs, ...network.gradients.flatMap(({ values }) => [...values])];
}

const convolution = fc.record({
  filters: fc.integer({ min: 1, max: 9 }),
  kernel: fc.integer({ min: 1, max: 4 }),
  stride: fc.integer({ min: 1, max: 3 }),
  padding: fc.integer({ min: 0, max: 2 }),
});
const side = fc.integer({ min: 4, max: 9 });
const rows = fc.integer({ min: 1, max: 9 });

describe('bytes have the bits of the same numbers', () => {
  test('in front of convolutions', () => {
    fc.assert(
      fc.property(fc.tuple(side, side, fc.integer({ min: 1, max: 4 })), convolution, rows, fc.nat(), (inputShape, options, count, seed) => {
        const [numbers, bytes] = twins({ inputShape, trunk: [conv2d(options), relu()], heads: { y: [dense(3)] } }, count, seed);
        expect(pass(bytes)).toEqual(pass(numbers));
      }),
      { numRuns: 40 },
    );
  });

  test('in front of dense layers, in every head', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 300 }), fc.nat(), (inputs, count, seed) => {
        const [numbers, bytes] = twins({ inputShape: [inputs], trunk: [], heads: { y: [dense(3)], z: [dense(5), tanh()] } }, count, seed);
        expect(pass(bytes)).toEqual(pass(numbers));
      }),
      { numRuns: 40 },
    );
  });

  test('when a row is larger than what is converted at a time, and rows are more than a block', () => {
    const [numbers, bytes] = twins({ inputShape: [17000], trunk: [], heads: { y: [dense(2)] } }, 11, 3);
    expect(pass(bytes)).toEqual(pass(numbers));
    const many = twins({ inputShape: [4, 5, 1], trunk: [conv2d({ filters: 2, kernel: 2 }), relu()], heads: { y: [dense(2)] } }, 600, 4);
    expect(pass(many[1])).toEqual(pass(many[0]));
  });

  test('row by row and all at once', () => {
    const [, together] = twins({ inputShape: [6, 6, 2], trunk: [conv2d({ filters: 3, kernel: 3 })], heads: { y: [dense(2)] } }, 5, 3);
    together.forward(0, 5);
    const outputs = together.output('y').slice();
    together.output('y').fill(0);
    for (let row = 4; row >= 0; row--) together.forward(row, 1);
    expect(together.output('y')).toEqual(outputs);
  });
});

test('TensorFlow.js reads them too', async () => {
  const [numbers, bytes] = twins(
    { inputShape: [5, 6, 2], trunk: [conv2d({ filters: 3, kernel: 3 }), tanh()], heads: { y: [dense(2)] } },
    7,
    1,
    await tfjs({ backend: 'cpu' }),
  );
  expect(relativeError(pass(bytes), pass(numbers))).toBeLessThan(1e-5);
});

test('take a quarter of the memory', () => {
  const network: Network = { inputShape: [84, 84, 4], trunk: [conv2d({ filters: 4, kernel: 8, stride: 4 }), relu()], heads: { y: [dense(2)] } };
  const [numbers, bytes] = [{ ...network }, { ...network, input: { dtype: 'uint8', scale } } as const].map(
    (each) => wasmEngine().compile(each, { rows: 256, distribution }).input,
  ) as [Float32Array, Uint8Array];
  expect([bytes.length, bytes.byteLength * 4]).toEqual([numbers.length, numbers.byteLength]);
  const saved = numbers.buffer.byteLength - bytes.buffer.byteLength;
  // all but the scratch for one image
  expect(saved).toBeGreaterThan(0.74 * numbers.byteLength);
});

describe('writableInput', () => {
  test('rounds to bytes instead of wrapping around', () => {
    const { input } = wasmEngine().compile(
      { inputShape: [6], input: { dtype: 'uint8', scale }, trunk: [], heads: { y: [dense(1)] } },
      { rows: 1, distribution },
    );
    writableInput({ input }).set(Float32Array.of(-3, 0.4, 1.6, 254.6, 256, 1e9));
    expect(input).toEqual(Uint8Array.of(0, 0, 2, 255, 255, 255));
  });

  test('is the input itself where it holds numbers', () => {
    const { input } = wasmEngine().compile({ inputShape: [2], trunk: [], heads: { y: [dense(1)] } }, { rows: 1, distribution });
    expect(writableInput({ input })).toBe(input);
  });
});

describe('refused', () => {
  const compile = (size: number, ...trunk: Layer[]) =>
    wasmEngine().compile(
      { inputShape: [4], input: { dtype: 'uint8', scale: size }, trunk, heads: { y: [dense(2)] } },
      { rows: 2, distribution, sequence: { numEnvs: 1 } },
    );

  test.each([0, -1, Number.NaN, Infinity, '1' as never])('the scale %s', (wrong) => {
    expect(() => compile(wrong)).toThrow(InvalidOptionsError);
    expect(() => compile(wrong)).toThrow('expected a scale greater than 0 that float32 keeps. Change the scale of the inputs, for example to 1 / 255.');
  });

  test.each<[string, Layer]>([
    ['tanh', tanh()],
    ['lstm', lstm(3)],
  ])('%s on bytes', (name, layer) => {
    expect(() => compile(1, layer)).toThrow(`wasm engine: got bytes for ${name}; expected a dense or conv2d layer first. Put such a layer in front`);
    expect(() => compile(1, dense(2), layer)).not.toThrow();
  });
});
