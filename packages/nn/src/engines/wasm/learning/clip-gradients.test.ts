import { InvalidOptionsError, NonFiniteError } from '@pg/core';
import { expect, test } from 'vitest';
import { dense } from '../../../network/layer.js';
import type { Network } from '../../../network/network.js';
import { sgd } from '../../../optimizers/sgd.js';
import { wasmEngine } from '../wasm-engine.js';

/** A network whose gradients are the given numbers. */
function withGradients(values: readonly number[]) {
  const network: Network = { inputShape: [1], trunk: [], heads: { y: [dense(values.length, { bias: false })] } };
  const compiled = wasmEngine().compileForTraining(network, { rows: 1, distribution: { kind: 'categorical', head: 'y' }, optimizer: sgd() });
  const gradients = compiled.gradients[0]!.values;
  gradients.set(values);
  return { compiled, gradients };
}

test('each element is brought within the limit, as torch.nn.utils.clip_grad_value_ does', () => {
  const { compiled, gradients } = withGradients([0.5, -0.5, 0.25, -0.75, 3, -1e30, 0, -0, 1e-40]);
  compiled.clipGradients(0.5);
  expect(gradients).toEqual(Float32Array.of(0.5, -0.5, 0.25, -0.5, 0.5, -0.5, 0, -0, 1e-40));
});

test('a NaN stays and is found, an infinity becomes the limit, and an infinite limit changes nothing', () => {
  const { compiled, gradients } = withGradients([1, Number.NaN, Infinity, -Infinity, -7]);
  compiled.clipGradients(Infinity);
  expect([...gradients]).toEqual([1, Number.NaN, Infinity, -Infinity, -7]);
  compiled.clipGradients(2);
  expect([...gradients]).toEqual([1, Number.NaN, 2, -2, -2]);
  expect(() => compiled.gradientNorm()).toThrow(NonFiniteError);
});

test.each([0, -1, Number.NaN, 1e-46])('refuses the limit %d', (limit) => {
  const { compiled, gradients } = withGradients([1, 2]);
  expect(() => compiled.clipGradients(limit)).toThrow(InvalidOptionsError);
  expect(() => compiled.clipGradients(limit)).toThrow(`clipGradients: got the limit ${limit}; expected a number greater than 0.`);
  expect([...gradients]).toEqual([1, 2]);
});
