import { Rng, type Shape, shapeSize } from '@pg/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normals, relativeError } from '../../../../fixtures/numbers.js';
import { forward, type LinearLoss, slope } from '../../../../fixtures/reference.js';
import { conv2d } from '../../../network/conv2d.js';
import { dense, elu, relu, sigmoid, tanh } from '../../../network/layer.js';
import type { Network } from '../../../network/network.js';
import { initialParameters } from '../../../network/parameters.js';
import { sgd } from '../../../optimizers/sgd.js';
import { wasmEngine } from '../wasm-engine.js';

const TOLERANCE = 2e-4;

const convolution = fc.record({
  filters: fc.integer({ min: 1, max: 9 }),
  kernel: fc.integer({ min: 1, max: 4 }),
  stride: fc.integer({ min: 1, max: 3 }),
  padding: fc.integer({ min: 0, max: 4 }),
  bias: fc.boolean(),
});
const activation = fc.constantFrom(relu(), tanh(), elu(), sigmoid());
const image = fc.tuple(fc.integer({ min: 4, max: 11 }), fc.integer({ min: 4, max: 11 }), fc.integer({ min: 1, max: 5 }));

test('convolutions in a trunk with two heads equal the definition, and their gradients finite differences', () => {
  fc.assert(
    fc.property(image, convolution, convolution, activation, fc.integer({ min: 1, max: 5 }), fc.nat(), (shape, first, second, act, rows, seed) => {
      const network: Network = {
        inputShape: shape as Shape,
        trunk: [conv2d(first), act, conv2d({ ...second, padding: second.kernel }), act],
        heads: { y: [dense(3)], value: [conv2d({ filters: 2, kernel: 1 }), dense(1)] },
      };
      const loss = compute(network, rows, seed);
      const rng = Rng.fromSeed(seed).stream('elements');
      for (const { name, values } of loss.gradients) {
        const numbers = loss.parameters.get(name)!;
        const elements = Array.from({ length: Math.min(6, values.length) }, () => rng.integer(values.length));
        const slopes = elements.map((i) => slope(loss.given, loss.parameters, numbers, i));
        const scale = Math.max(1, ...values.map(Math.abs));
        for (const [k, i] of elements.entries()) expect(Math.abs(values[i]! - slopes[k]!) / scale, `${name}[${i}]`).toBeLessThan(TOLERANCE);
      }
    }),
    { numRuns: 25, seed: 1 },
  );
});

test.each([
  // more filters and channels than a vector has lanes; patches that overlap in four places at once; a kernel as large as the image
  [[9, 7, 8], { filters: 17, kernel: 3, stride: 1, padding: 1 }],
  [[13, 13, 1], { filters: 8, kernel: 8, stride: 4, padding: 0 }],
  [[12, 5, 9], { filters: 12, kernel: 5, stride: 2, padding: 2 }],
  [[5, 5, 3], { filters: 33, kernel: 5, stride: 3, padding: 0 }],
  [[6, 6, 1], { filters: 1, kernel: 1, stride: 1, padding: 0 }],
] as const)('image %j, convolution %j behind another', (shape, layer) => {
  const network: Network = {
    inputShape: shape,
    trunk: [conv2d({ filters: shape[2], kernel: 1 }), elu(), conv2d({ ...layer, bias: true }), elu()],
    heads: { y: [dense(3)], value: [dense(1)] },
  };
  const loss = compute(network, 3, 1);
  for (const { name, values } of loss.gradients) {
    const numbers = loss.parameters.get(name)!;
    const scale = Math.max(1, ...values.map(Math.abs));
    for (const i of [0, Math.floor(values.length / 2), values.length - 1])
      expect(Math.abs(values[i]! - slope(loss.given, loss.parameters, numbers, i)) / scale, `${name}[${i}]`).toBeLessThan(TOLERANCE);
  }
});

/** Runs the engine forward and backward on random numbers, and compares its outputs with the definition. */
function compute(network: Network, rows: number, seed: number) {
  const compiled = wasmEngine().compileForTraining(network, { rows: rows + 1, distribution: { kind: 'categorical', head: 'y' }, optimizer: sgd() });
  const rng = Rng.fromSeed(seed);
  for (const [index, { values }] of initialParameters(network, rng).entries())
    compiled.parameters[index]!.values.set(values.map((x) => x + 0.1 * rng.normal()));
  compiled.input.set(normals(rng, (rows + 1) * shapeSize(network.inputShape)));
  compiled.outputGradient('value').set(normals(rng, rows + 1));
  compiled.logProbGradients.set(normals(rng, rows + 1));
  compiled.forward(0, rows);
  compiled.distribution.evaluate(0, rows);
  const given: LinearLoss = {
    network,
    distribution: { kind: 'categorical', head: 'y' },
    rows,
    input: Float64Array.from(compiled.input.subarray(0, rows * shapeSize(network.inputShape))),
    actions: [...compiled.distribution.actions],
    logProbGradients: Float64Array.from(compiled.logProbGradients),
    entropyGradients: Float64Array.from(compiled.entropyGradients),
    outputGradients: new Map([['value', Float64Array.from(compiled.outputGradient('value'))]]),
  };
  const parameters = new Map(compiled.parameters.map(({ name, values }) => [name, Float64Array.from(values)]));
  const outputs = forward(network, parameters, given.input, rows);
  for (const [name, values] of outputs) expect(relativeError(compiled.output(name).subarray(0, values.length), values)).toBeLessThan(TOLERANCE);
  compiled.backward(rows);
  return { given, parameters, gradients: compiled.gradients };
}
