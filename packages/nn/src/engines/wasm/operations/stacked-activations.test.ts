import { Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { normals, relativeError } from '../../../../fixtures/numbers.js';
import { conv2d } from '../../../network/conv2d.js';
import { dense, elu, type Layer, sigmoid, tanh } from '../../../network/layer.js';
import { copyTensors, initialParameters } from '../../../network/parameters.js';
import { sgd } from '../../../optimizers/sgd.js';
import { wasmEngine } from '../wasm-engine.js';

describe('an activation on an activation', () => {
  test.each<[string, readonly number[], readonly Layer[]]>([
    ['behind a dense layer', [6], [dense(5), tanh(), elu()]],
    ['three of them', [6], [dense(5), elu(), sigmoid(), tanh()]],
    ['behind a convolution', [3, 2, 1], [conv2d({ filters: 2, kernel: 2, stride: 1 }), elu(), tanh()]],
    ['on the inputs themselves', [6], [sigmoid(), tanh()]],
  ])('%s: the gradients equal finite differences', (_, inputShape, trunk) => {
    const rows = 3;
    const network = { inputShape, trunk, heads: { y: [dense(2)], value: [dense(1)] } };
    const compiled = wasmEngine().compileForTraining(network, { rows, distribution: { kind: 'categorical', head: 'y' }, optimizer: sgd() });
    const rng = Rng.fromSeed(3);
    copyTensors(initialParameters(network, rng), compiled.parameters);
    compiled.input.set(normals(rng, rows * 6));
    const weights = normals(rng, rows);
    const loss = () => {
      compiled.forward(0, rows);
      return compiled.output('value').reduce((sum, value, i) => sum + value * weights[i]!, 0);
    };
    loss();
    compiled.outputGradient('value').set(weights);
    compiled.backward(rows);
    const h = 2 ** -7;
    const slopes = compiled.parameters.map(({ values }) =>
      Array.from(values, (value, i) => {
        values[i] = value + h;
        const above = loss();
        values[i] = value - h;
        const below = loss();
        values[i] = value;
        return (above - below) / (2 * h);
      }),
    );
    const found = compiled.gradients.flatMap(({ values }) => [...values]);
    expect(relativeError(found, slopes.flat())).toBeLessThan(1e-3);
  });
});
