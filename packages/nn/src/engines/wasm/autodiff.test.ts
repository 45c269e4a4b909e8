import { Rng } from '@pg/core';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { fromOutline, type Outline, outlines, randomNetwork } from '../../../fixtures/networks.js';
import { normals, relativeError } from '../../../fixtures/numbers.js';
import type { Layer } from '../../network/layer.js';
import type { TrainableNetwork } from '../engine.js';

beforeAll(async () => {
  // no advice to install the native package, while the backend starts
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
  tf.env().set('IS_TEST', false);
});

interface Batch {
  readonly rows: number;
  readonly actions: Int32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
  readonly entropyCoef: number;
  readonly valueCoef: number;
}

/** The means over the rows of −A·log π − β·H + c·½(V − R)². */
function lossInTensorFlow(outline: Outline, network: TrainableNetwork, batch: Batch, parameters: readonly tf.Tensor[]): tf.Scalar {
  const { rows, actions, advantages, returns, entropyCoef, valueCoef } = batch;
  const byName = new Map(network.parameters.map(({ name }, i) => [name, parameters[i]!]));
  const chain = (layers: readonly Layer[], prefix: string, start: tf.Tensor) =>
    layers.reduce((x, layer, index) => {
      if (layer.kind === 'activation') return layer.activation === 'relu' ? tf.relu(x) : tf.tanh(x);
      const y = tf.matMul(x as tf.Tensor2D, byName.get(`${prefix}.${index}.weight`)! as tf.Tensor2D);
      return 'bias' in layer && layer.bias ? tf.add(y, byName.get(`${prefix}.${index}.bias`)!) : y;
    }, start);
  const { trunk, heads } = fromOutline(outline).network;
  const features = chain(trunk, 'trunk', tf.tensor2d(network.input, [rows, outline.inputs]));
  const logits = chain(heads.policy!, 'heads.policy', features);
  const values = tf.reshape(chain(heads.value!, 'heads.value', features), [rows]);
  const logs = tf.logSoftmax(logits);
  const chosen = tf.sum(tf.mul(logs, tf.oneHot(tf.tensor1d(actions, 'int32'), outline.actions)), 1);
  const entropy = tf.neg(tf.sum(tf.mul(tf.exp(logs), logs), 1));
  const errors = tf.squaredDifference(values, tf.tensor1d(returns));
  const policyLoss = tf.neg(tf.mul(chosen, tf.tensor1d(advantages)));
  return tf.mean(tf.addN([policyLoss, tf.mul(entropy, -entropyCoef), tf.mul(errors, 0.5 * valueCoef)]));
}

/** The same loss as three derivatives a row, then one backward pass. */
function backward(network: TrainableNetwork, batch: Batch): void {
  const { rows, actions, advantages, returns, entropyCoef, valueCoef } = batch;
  network.forward(0, rows);
  network.distribution.actions.set(actions);
  const values = network.output('value');
  const valueGradients = network.outputGradient('value');
  for (let row = 0; row < rows; row++) {
    network.logProbGradients[row] = -advantages[row]! / rows;
    network.entropyGradients[row] = -entropyCoef / rows;
    valueGradients[row] = (valueCoef * (values[row]! - returns[row]!)) / rows;
  }
  network.backward(rows);
}

const batches = fc.record({
  rows: fc.integer({ min: 1, max: 300 }),
  entropyCoef: fc.double({ min: 0, max: 0.1, noNaN: true }),
  valueCoef: fc.double({ min: 0, max: 1, noNaN: true }),
});
const softmax = outlines.map((outline): Outline => ({ ...outline, kind: 'categorical', actions: outline.actions + 1 }));

test('the gradients of an actor-critic loss equal those of TensorFlow.js', () => {
  fc.assert(
    fc.property(softmax, batches, fc.nat(), (outline, { rows, entropyCoef, valueCoef }, seed) => {
      const network = randomNetwork(outline, { rows, seed });
      const rng = Rng.fromSeed(seed).stream('batch');
      const actions = Int32Array.from({ length: rows }, () => rng.integer(outline.actions));
      const batch: Batch = { rows, actions, advantages: normals(rng, rows), returns: normals(rng, rows), entropyCoef, valueCoef };
      backward(network, batch);
      tf.tidy(() => {
        const inputs = network.parameters.map(({ values, shape }) => tf.tensor(values, [...shape]));
        const expected = tf.grads((...parameters: tf.Tensor[]) => lossInTensorFlow(outline, network, batch, parameters))(inputs);
        const everything = expected.flatMap((gradient) => [...gradient.dataSync()]);
        expect(
          relativeError(
            network.gradients.flatMap(({ values }) => [...values]),
            everything,
          ),
        ).toBeLessThan(1e-4);
      });
    }),
    // fixed: with one seed of many, a relu's argument would round to either side of its kink
    { seed: 1, numRuns: 100 },
  );
});
