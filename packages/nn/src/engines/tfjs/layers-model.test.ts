import { InvalidOptionsError, InvalidShapeError, Rng, UnavailableError } from '@pg/core';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { runsOn, tfjsEngines } from '../../../fixtures/engines.js';
import { normals, relativeError } from '../../../fixtures/numbers.js';
import { conv2d } from '../../network/conv2d.js';
import { dense, elu, relu, tanh } from '../../network/layer.js';
import type { Network } from '../../network/network.js';
import { copyTensors, initialParameters, parameterSpecs } from '../../network/parameters.js';
import { adam } from '../../optimizers/adam.js';
import type { Engine, TrainableNetwork } from '../engine.js';
import { wasmEngine } from '../wasm/wasm-engine.js';
import { layersModel, type TfLayersModel } from './layers-model.js';
import type { TfjsEngine } from './tfjs.js';

const distribution = { kind: 'categorical', head: 'y' } as const;
const heads = { y: [dense(3)], value: [dense(1)] };

/** Two layers of TensorFlow.js, and the same two of ours. */
const twins = {
  dense: {
    inputShape: [5],
    model: () =>
      tf.sequential({
        layers: [
          tf.layers.dense({ inputShape: [5], units: 4, activation: 'tanh', biasInitializer: 'randomNormal' }),
          tf.layers.dense({ units: 3, activation: 'elu' }),
        ],
      }),
    layers: [dense(4), tanh(), dense(3), elu()],
    /** Where our trunk has the weights of the model. */
    names: ['trunk.0.weight', 'trunk.0.bias', 'trunk.2.weight', 'trunk.2.bias'],
  },
  convolutional: {
    inputShape: [6, 5, 2],
    model: () =>
      tf.sequential({
        layers: [
          tf.layers.conv2d({ inputShape: [6, 5, 2], filters: 3, kernelSize: 3, strides: 2, activation: 'relu' }),
          tf.layers.flatten(),
          tf.layers.dense({ units: 4, activation: 'tanh' }),
        ],
      }),
    layers: [conv2d({ filters: 3, kernel: 3, stride: 2 }), relu(), dense(4), tanh()],
    names: ['trunk.0.weight', 'trunk.0.bias', 'trunk.2.weight', 'trunk.2.bias'],
  },
};

const trained = (engine: Engine, network: Network, rows = 6): TrainableNetwork => engine.compileForTraining(network, { rows, distribution, optimizer: adam() });

/** A model's network, with the same made of our layers and its weights. */
function pair(engine: TfjsEngine, { inputShape, model, layers, names }: (typeof twins)['dense' | 'convolutional']) {
  const { layers: trunk } = layersModel(model());
  const theirs = trained(engine, { inputShape, trunk, heads });
  const ours = trained(wasmEngine(), { inputShape, trunk: layers, heads });
  copyTensors(initialParameters({ inputShape, trunk, heads }, Rng.fromSeed(1)), theirs.parameters);
  const renamed = theirs.parameters.map((tensor, i) => ({ ...tensor, name: names[i] ?? tensor.name }));
  copyTensors(renamed, ours.parameters);
  for (const each of [ours, theirs]) each.input.set(normals(Rng.fromSeed(2), each.input.length));
  return { ours, theirs };
}

function update(network: TrainableNetwork, seed: number): void {
  const { rows } = network;
  const rng = Rng.fromSeed(seed);
  network.forward(0, rows);
  network.distribution.sample(0, rows, rng);
  network.logProbGradients.set(normals(rng, rows));
  network.outputGradient('value').set(normals(rng, rows));
  network.backward(rows);
}

const gradients = ({ gradients }: TrainableNetwork) => gradients.map(({ values }) => values.slice());

// the backend wasm lacks the kernel that TensorFlow.js itself takes a convolution's gradient with
const computable = tfjsEngines.flatMap((engine) =>
  (['dense', 'convolutional'] as const)
    .filter((name) => name === 'dense' || engine.backend !== 'wasm')
    .map((name) => ({ engine, backend: engine.backend, name })),
);

describe.each(computable)('a $name model on $backend', ({ engine, name }) => {
  test('computes what our layers do with its weights, forwards, backwards and through updates', () => {
    const { ours, theirs } = pair(engine, twins[name]);
    for (let n = 0; n < 5; n++) {
      for (const each of [ours, theirs]) {
        update(each, n);
        each.scaleGradients(Math.min(1, 0.5 / each.gradientNorm()));
      }
      expect(relativeError(theirs.output('y'), ours.output('y'))).toBeLessThan(1e-4);
      for (const [i, values] of gradients(theirs).entries())
        expect(relativeError(values, ours.gradients[i]!.values), ours.gradients[i]!.name).toBeLessThan(1e-4);
      for (const each of [ours, theirs]) each.optimizerStep(0.01);
    }
  });

  test('updates leave no tensors behind', () => {
    const before = tf.memory().numTensors;
    const { theirs } = pair(engine, twins[name]);
    update(theirs, 0);
    const some = tf.memory().numTensors;
    for (let n = 1; n <= runsOn(engine, 50); n++) {
      update(theirs, n);
      theirs.optimizerStep(0.01);
    }
    expect(tf.memory().numTensors).toBe(some);
    theirs.dispose();
    // the model keeps its own
    expect(tf.memory().numTensors - before).toBe(4);
  });
});

describe.each(tfjsEngines)('on $backend', (engine) => {
  test('two networks share a model and not its weights, and a layer in front of it learns', () => {
    const { layers: model } = layersModel(tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units: 4 })] }));
    const network: Network = { inputShape: [3], trunk: [dense(4)], heads: { y: [...model, dense(3)], value: [...model, dense(1)] } };
    const [one, other] = [trained(engine, network), trained(engine, network)];
    for (const each of [one, other]) {
      copyTensors(initialParameters(network, Rng.fromSeed(1)), each.parameters);
      each.input.set(normals(Rng.fromSeed(2), each.input.length));
    }
    expect(one.parameters.map((parameter) => parameter.name)).toContain('heads.value.0.weights.1');
    update(one, 1);
    const alone = gradients(one);
    for (const { values } of other.parameters) values.fill(0.1);
    update(other, 2);
    update(one, 1);
    expect(gradients(one)).toEqual(alone);
    expect(one.gradients[0]!.name).toBe('trunk.0.weight');
    expect(one.gradients[0]!.values.some((value) => value !== 0)).toBe(true);
  });
});

const [engine] = tfjsEngines;

test('starts at the weights that the model had, whatever the seed and whatever came after', () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 2 })] });
  model.setWeights([
    tf.tensor2d([
      [1, 2],
      [3, 4],
    ]),
    tf.tensor1d([5, 6]),
  ]);
  const { name, inputRank, layers } = layersModel(model);
  model.setWeights([tf.zeros([2, 2]), tf.zeros([2])]);
  expect([name, inputRank]).toEqual([`layersModel(${model.name})`, 1]);
  expect(layers[0]).toMatchObject({ kind: 'model', inputShape: [2], outputShape: [2] });
  const network: Network = { inputShape: [2], trunk: layers, heads };
  for (const seed of [1, 2]) {
    const tensors = initialParameters(network, Rng.fromSeed(seed));
    expect(tensors.slice(0, 2)).toEqual([
      { name: 'trunk.0.weights.0', shape: [2, 2], values: new Float32Array([1, 2, 3, 4]) },
      { name: 'trunk.0.weights.1', shape: [2], values: new Float32Array([5, 6]) },
    ]);
  }
  expect(parameterSpecs(network)).toHaveLength(6);
});

test('frozen weights stay, the others learn; dropout and the moving averages of batch normalisation do as in predict', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [3], units: 4, trainable: false }),
      tf.layers.batchNormalization(),
      tf.layers.dropout({ rate: 0.9 }),
      tf.layers.dense({ units: 4 }),
    ],
  });
  const network: Network = { inputShape: [3], trunk: layersModel(model).layers, heads };
  const compiled = trained(engine!, network);
  copyTensors(initialParameters(network, Rng.fromSeed(1)), compiled.parameters);
  compiled.input.set(normals(Rng.fromSeed(2), compiled.input.length));
  const before = compiled.parameters.map(({ values }) => values.slice());
  update(compiled, 1);
  const outputs = compiled.output('y').slice();
  compiled.forward(0, compiled.rows);
  expect(compiled.output('y')).toEqual(outputs);
  compiled.optimizerStep(0.1);
  const changed = compiled.parameters.map(({ values }, i) => values.some((value, at) => value !== before[i]![at]));
  const trainable = model.weights.map((weight) => model.trainableWeights.includes(weight));
  expect(trainable).toContain(false);
  expect(changed.slice(0, model.weights.length)).toEqual(trainable);
});

describe('refuses', () => {
  const layer = () => tf.layers.dense({ inputShape: [2], units: 1 });

  test('the WebAssembly engine: any model', () => {
    const model = tf.sequential({ name: 'mine', layers: [layer()] });
    const compile = () => wasmEngine().compile({ inputShape: [2], trunk: layersModel(model).layers, heads }, { rows: 1, distribution });
    expect(compile).toThrow(UnavailableError);
    expect(compile).toThrow(
      "wasm engine: got layersModel(mine); expected layers of @pg/nn. Give the engine of tfjs() from '@pg/nn/tfjs', which computes TensorFlow.js models.",
    );
  });

  test('a model for other inputs', () => {
    const { layers } = layersModel(tf.sequential({ name: 'mine', layers: [layer()] }));
    const compile = () => engine!.compile({ inputShape: [4], trunk: layers, heads }, { rows: 1, distribution });
    expect(compile).toThrow(InvalidShapeError);
    expect(compile).toThrow('layersModel(mine): got inputs of shape [4]; expected [2], which is what the model takes.');
  });

  test('to train what a backend has no gradient for; acting is let through', () => {
    class Sign extends tf.layers.Layer {
      static className = 'Sign';
      override call(inputs: tf.Tensor | tf.Tensor[]) {
        return tf.customGrad((x) => {
          if (!(x instanceof tf.Tensor)) throw new Error('one tensor');
          return {
            value: tf.sign(x),
            gradFunc: () => {
              throw new Error('Kernel of the sign is missing.\nmore');
            },
          };
        })(Array.isArray(inputs) ? inputs[0]! : inputs);
      }
    }
    const model = tf.sequential({ name: 'mine', layers: [layer(), new Sign()] });
    const network: Network = { inputShape: [2], trunk: layersModel(model).layers, heads };
    expect(() => trained(engine!, network)).toThrow(UnavailableError);
    expect(() => trained(engine!, network)).toThrow(
      'tfjs engine: got layersModel(mine), whose gradients cannot be computed here (Kernel of the sign is missing);',
    );
    const acting = engine!.compile(network, { rows: 1, distribution });
    acting.forward(0, 1);
    acting.dispose();
  });

  test.runIf(tfjsEngines.some(({ backend }) => backend === 'wasm'))('to train a convolutional model on the backend wasm', () => {
    const wasm = tfjsEngines.find(({ backend }) => backend === 'wasm')!;
    const { inputShape, model } = twins.convolutional;
    const network: Network = { inputShape, trunk: layersModel(model()).layers, heads };
    expect(() => trained(wasm, network)).toThrow(/Conv2DBackpropFilter.* not registered .*wasm.*or use another backend or other layers\./s);
    expect(() => wasm.compile(network, { rows: 2, distribution }).forward(0, 2)).not.toThrow();
  });

  test.each<[string, () => unknown, string]>([
    ['no model', () => ({ layers: [] }), 'expected a tf.LayersModel. Build one with tf.sequential or tf.model.'],
    ['nothing', () => undefined, 'layersModel: got undefined; expected a tf.LayersModel.'],
    [
      'two outputs',
      () => {
        const input = tf.input({ shape: [2] });
        const outputs = [tf.layers.dense({ units: 1 }), tf.layers.dense({ units: 2 })].map((each) => each.apply(input) as tf.SymbolicTensor);
        return tf.model({ inputs: input, outputs });
      },
      'layersModel: got 1 inputs and 2 outputs; expected one of each.',
    ],
    [
      'inputs of any size',
      () => tf.sequential({ layers: [tf.layers.simpleRNN({ inputShape: [null, 2] as never, units: 1 })] }),
      'layersModel: got inputs of shape [any, 2]; expected sizes that are known.',
    ],
    [
      'a state',
      () => tf.sequential({ layers: [tf.layers.simpleRNN({ batchInputShape: [1, 3, 2], units: 1, stateful: true })] }),
      'layersModel: got a stateful model; expected one that forgets between batches.',
    ],
  ])('%s', (_, make, message) => {
    expect(() => layersModel(make() as TfLayersModel)).toThrow(InvalidOptionsError);
    expect(() => layersModel(make() as TfLayersModel)).toThrow(message);
  });
});
