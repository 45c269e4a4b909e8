import { Rng } from '@pg/core';
import { expect, test } from 'vitest';
import { type Call, call, findGaps, kinds } from '../../../fixtures/wrong-arguments.js';
import { kernelsBase64 } from './engines/wasm/kernels.generated.js';
import * as nn from './index.js';

const { callable, flag, noOptions, nothingElse, positive } = kinds;
const finiteFloat = kinds.float32;
const network: nn.Network = { inputShape: [2], trunk: [nn.dense(2), nn.tanh()], heads: { y: [nn.dense(2)] } };
const distribution: nn.DistributionSpec = { kind: 'categorical', head: 'y' };
const engine = nn.wasmEngine();
const compile = (changes: object) => engine.compile({ ...network, ...(changes as Partial<nn.Network>) }, { rows: 1, distribution }).dispose();
const training = { rows: 2, distribution, optimizer: nn.adam() };
const compiled = engine.compileForTraining(network, training);
const tensors = nn.initialParameters(network, Rng.fromSeed(1));
/** A rate of decay, from 0 to below 1. */
const decay = nothingElse;
const epsilon = { accepts: (value: unknown) => positive.accepts(value) };

const calls: Record<string, Call> = {
  adam: call((options) => nn.adam(options), [{}, noOptions]),
  'adam: beta1': call((beta1, beta2, eps) => nn.adam({ beta1, beta2, epsilon: eps }), [0.9, decay], [0.9, decay], [1e-8, epsilon]),
  constant: call((value) => nn.constant(value), [1, finiteFloat]),
  conv2d: call((options) => nn.conv2d(options), [{ filters: 1, kernel: 1 }, nothingElse]),
  'conv2d: filters': call(
    (filters, kernel, stride, padding, bias, weightInit) => nn.conv2d({ filters, kernel, stride, padding, bias, weightInit }),
    [1, nothingElse],
    [1, nothingElse],
    [1, nothingElse],
    [0, nothingElse],
    [true, flag],
    [nn.zeros(), callable],
  ),
  copyTensors: call((from, to) => nn.copyTensors(from, to), [tensors, nothingElse], [tensors, nothingElse]),
  createSharedMemory: call((options) => nn.createSharedMemory(options), [{ megabytes: 1 }, nothingElse]),
  'createSharedMemory: megabytes': call((megabytes) => nn.createSharedMemory({ megabytes }), [1, nothingElse]),
  dense: call((units, options) => nn.dense(units, options), [1, nothingElse], [{}, noOptions]),
  elu: call(() => nn.elu()),
  flatten: call(() => nn.flatten()),
  gru: call((units, options) => nn.gru(units, options), [1, nothingElse], [{}, noOptions]),
  hasState: call((of) => nn.hasState(of), [network, nothingElse]),
  headSize: call((of, head) => nn.headSize(of, head), [network, nothingElse], ['y', nothingElse]),
  heUniform: call(() => nn.heUniform()),
  'heUniform: shape': call((shape, rng) => nn.heUniform()(shape, rng), [[2, 2], nothingElse], [Rng.fromSeed(1), nothingElse]),
  initialParameters: call((of, rng) => nn.initialParameters(of, rng), [network, nothingElse], [Rng.fromSeed(1), nothingElse]),
  layerOutputShape: call((layer, input) => nn.layerOutputShape(layer, input), [nn.dense(2), nothingElse], [[2], kinds.emptyList]),
  lstm: call((units, options) => nn.lstm(units, options), [1, nothingElse], [{}, noOptions]),
  orthogonal: call((gain) => nn.orthogonal(gain), [1, finiteFloat]),
  parameterSpecs: call((of) => nn.parameterSpecs(of), [network, nothingElse]),
  reclaimSharedMemory: call(
    (memory, options) => nn.reclaimSharedMemory(memory, options),
    [nn.createSharedMemory({ megabytes: 1 }), nothingElse],
    [{ user: 1 }, nothingElse],
  ),
  relu: call(() => nn.relu()),
  rmsprop: call((options) => nn.rmsprop(options), [{}, noOptions]),
  'rmsprop: alpha': call((alpha, eps) => nn.rmsprop({ alpha, epsilon: eps }), [0.9, decay], [1e-8, epsilon]),
  scaledNormal: call(() => nn.scaledNormal()),
  sgd: call((options) => nn.sgd(options), [{}, noOptions]),
  'sgd: momentum': call((momentum) => nn.sgd({ momentum }), [0, decay]),
  provideKernels: call((module) => nn.provideKernels(module), [new WebAssembly.Module(Buffer.from(kernelsBase64, 'base64')), nothingElse]),
  sigmoid: call(() => nn.sigmoid()),
  tanh: call(() => nn.tanh()),
  torchDefault: call((fanIn) => nn.torchDefault(fanIn), [2, nothingElse]),
  wasmEngine: call((options) => nn.wasmEngine(options), [{}, noOptions]),
  'wasmEngine: user': call((user) => nn.wasmEngine({ user }), [1, nothingElse]),
  'wasmEngine.compile': call((of, options) => engine.compile(of, options).dispose(), [network, nothingElse], [{ rows: 1, distribution }, nothingElse]),
  'wasmEngine.compile: network': call(
    (inputShape, trunk, heads, vectors, input) => compile({ inputShape, trunk, heads, vectors, input }),
    [[2], kinds.emptyList],
    [[], kinds.emptyList],
    [network.heads, nothingElse],
    [{}, noOptions],
    [undefined, nothingElse],
  ),
  'wasmEngine.compile: rows': call((rows, of) => engine.compile(network, { rows, distribution: of }).dispose(), [1, nothingElse], [distribution, nothingElse]),
  'wasmEngine.compileForTraining': call(
    (rows, of, optimizer) => engine.compileForTraining(network, { rows, distribution: of, optimizer }).dispose(),
    [1, nothingElse],
    [distribution, nothingElse],
    [nn.sgd(), nothingElse],
  ),
  'wasmEngine: network.forward': call((first, count) => compiled.forward(first, count), [0, nothingElse], [1, nothingElse]),
  'wasmEngine: network.output': call((head) => compiled.output(head), ['y', nothingElse]),
  'wasmEngine: network.backward': call((count) => compiled.backward(count), [1, nothingElse]),
  'wasmEngine: network.scaleGradients': call((factor) => compiled.scaleGradients(factor), [1, finiteFloat]),
  'wasmEngine: network.clipGradients': call((limit) => compiled.clipGradients(limit), [1, { accepts: (value) => typeof value === 'number' && value > 0 }]),
  'wasmEngine: network.optimizerStep': call((rate) => compiled.optimizerStep(rate), [1e-3, finiteFloat]),
  'wasmEngine: network.sample': call(
    (first, count, rng) => compiled.distribution.sample(first, count, rng),
    [0, nothingElse],
    [1, nothingElse],
    [Rng.fromSeed(1), nothingElse],
  ),
  'wasmEngine: network.mode': call((first, count) => compiled.distribution.mode(first, count), [0, nothingElse], [1, nothingElse]),
  'wasmEngine: network.evaluate': call((first, count) => compiled.distribution.evaluate(first, count), [0, nothingElse], [1, nothingElse]),
  writableInput: call((of) => nn.writableInput(of), [compiled, nothingElse]),
  xavierUniform: call((gain) => nn.xavierUniform(gain), [1, finiteFloat]),
  zeros: call(() => nn.zeros()),
};

test('every public function is called with wrong arguments', () => {
  const functions = Object.entries(nn).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
  const called = new Set(Object.keys(calls).map((name) => name.split(/[.:]/)[0]));
  expect(functions.filter((name) => !called.has(name))).toEqual([]);
});

test.each(Object.keys(calls))('%s refuses wrong arguments with a sentence', async (name) => {
  expect(await findGaps(name, calls[name]!)).toEqual([]);
});
