import { describe, expect, test } from 'vitest';
import { allEngines } from '../../fixtures/engines.js';
import { identityNetwork } from '../../fixtures/networks.js';
import { relativeError } from '../../fixtures/numbers.js';
import golden from '../../fixtures/torch.json' with { type: 'json' };
import { zeros } from '../initializers/constant.js';
import { conv2d } from '../network/conv2d.js';
import { dense, elu, relu, sigmoid, tanh } from '../network/layer.js';
import type { Network } from '../network/network.js';
import { adam } from '../optimizers/adam.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import { rmsprop } from '../optimizers/rmsprop.js';
import { sgd } from '../optimizers/sgd.js';
import type { TrainableNetwork } from './engine.js';

const { cases } = golden;
const TOLERANCE = 1e-5;

const valuesOf = (network: TrainableNetwork, name: string) => network.parameters.find((parameter) => parameter.name === name)!.values;
const gradientOf = (network: TrainableNetwork, name: string) => network.gradients.find((gradient) => gradient.name === name)!.values;

describe.each(allEngines)('$label', ({ engine }) => {
  describe.each([
    ['mlp-tanh', tanh()],
    ['mlp-relu', relu()],
    ['mlp-elu', elu()],
    ['mlp-sigmoid', sigmoid()],
  ] as const)('%s', (name, activation) => {
    const { shape, x, w1, b1, w2, b2, y, dy, grads } = cases[name];
    const network: Network = {
      inputShape: [shape.inputs],
      trunk: [],
      heads: { unused: [dense(1)], y: [dense(shape.hidden), activation, dense(shape.outputs)] },
    };
    const compiled = engine.compileForTraining(network, { rows: shape.batch, distribution: { kind: 'categorical', head: 'unused' }, optimizer: sgd() });
    const parameters = { w1: 'heads.y.0.weight', b1: 'heads.y.0.bias', w2: 'heads.y.2.weight', b2: 'heads.y.2.bias' } as const;
    const given = { w1, b1, w2, b2 };
    for (const key of ['w1', 'b1', 'w2', 'b2'] as const) valuesOf(compiled, parameters[key]).set(given[key]);
    compiled.input.set(x);
    compiled.forward(0, shape.batch);
    compiled.outputGradient('y').set(dy);

    test('the outputs', () => {
      expect(relativeError(compiled.output('y'), y)).toBeLessThan(TOLERANCE);
    });

    test.each(['w1', 'b1', 'w2', 'b2'] as const)('the gradient of %s', (key) => {
      compiled.backward(shape.batch);
      expect(relativeError(gradientOf(compiled, parameters[key]), grads[key])).toBeLessThan(TOLERANCE);
    });
  });

  describe.each(['conv2d-s2-p1', 'conv2d-s1-p0'] as const)('%s', (name) => {
    const { x, x_shape, w, w_shape, b, stride, padding, y, y_shape, dy, grads } = cases[name];
    const [rows, channels, height, width] = x_shape as [number, number, number, number];
    const [filters, , kernel] = w_shape as [number, number, number, number];
    const convolution = conv2d({ filters, kernel, stride, padding });
    // a 1×1 convolution with the identity in front: its bias gradient stays unused, and the input's gradient becomes visible
    const identity = conv2d({ filters: channels, kernel: 1 });
    const network: Network = { inputShape: [height, width, channels], trunk: [], heads: { unused: [dense(1)], y: [identity, convolution] } };
    const compiled = engine.compileForTraining(network, { rows, distribution: { kind: 'categorical', head: 'unused' }, optimizer: sgd() });
    const nhwc = (values: readonly number[], [n, c, h, width_]: readonly number[]) => permute(values, [n!, c!, h!, width_!], [0, 2, 3, 1]);
    const hwio = (values: readonly number[]) => permute(values, w_shape, [2, 3, 1, 0]);
    valuesOf(compiled, 'heads.y.0.weight').set(Float32Array.from({ length: channels * channels }, (_, i) => (i % (channels + 1) === 0 ? 1 : 0)));
    valuesOf(compiled, 'heads.y.1.weight').set(hwio(w));
    valuesOf(compiled, 'heads.y.1.bias').set(b);
    compiled.input.set(nhwc(x, x_shape));
    compiled.forward(0, rows);
    compiled.outputGradient('y').set(nhwc(dy, y_shape));

    test('the outputs', () => {
      expect(relativeError(compiled.output('y'), nhwc(y, y_shape))).toBeLessThan(TOLERANCE);
    });

    test('the gradients of weight, bias and input', () => {
      compiled.backward(rows);
      expect(relativeError(gradientOf(compiled, 'heads.y.1.weight'), hwio(grads.w))).toBeLessThan(TOLERANCE);
      expect(relativeError(gradientOf(compiled, 'heads.y.1.bias'), grads.b)).toBeLessThan(TOLERANCE);
      // the identity's weight gradient is the sum over pixels of input times the input's gradient
      const [dx, input] = [nhwc(grads.x, x_shape), nhwc(x, x_shape)];
      const expected = Array.from({ length: channels * channels }, (_, at) => {
        let sum = 0;
        for (let pixel = 0; pixel < dx.length; pixel += channels) sum += input[pixel + Math.floor(at / channels)]! * dx[pixel + (at % channels)]!;
        return sum;
      });
      expect(relativeError(gradientOf(compiled, 'heads.y.0.weight'), expected)).toBeLessThan(TOLERANCE);
    });
  });

  /** Reorders the axes of a row-major array: axis i of the result is axis `order[i]` of the given one. */
  function permute(values: readonly number[], shape: readonly number[], order: readonly number[]): number[] {
    const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
    const sizes = order.map((axis) => shape[axis]!);
    return Array.from(values, (_, at) => {
      let rest = at;
      let from = 0;
      for (let axis = order.length - 1; axis >= 0; axis--) {
        from += (rest % sizes[axis]!) * strides[order[axis]!]!;
        rest = Math.floor(rest / sizes[axis]!);
      }
      return values[from]!;
    });
  }

  describe('categorical', () => {
    const { logits, rows, actions, log_prob, entropy, d_log_prob, d_entropy, grads } = cases.categorical;
    const network = identityNetwork('categorical', logits.length / rows, rows, engine);
    network.input.set(logits);
    network.distribution.actions.set(actions);
    network.logProbGradients.set(d_log_prob);
    network.entropyGradients.set(d_entropy);
    network.forward(0, rows);
    network.distribution.evaluate(0, rows);
    network.backward(rows);

    test('log-probabilities, entropies and the gradient of the logits', () => {
      expect(relativeError(network.distribution.logProbs, log_prob)).toBeLessThan(TOLERANCE);
      expect(relativeError(network.distribution.entropies, entropy)).toBeLessThan(TOLERANCE);
      expect(relativeError(network.outputGradient('y'), grads.logits)).toBeLessThan(TOLERANCE);
    });
  });

  describe('diagonal Gaussian', () => {
    const { mean, log_std, rows, size, actions, log_prob, entropy, d_log_prob, d_entropy, grads } = cases['diagonal-gaussian'];
    const network = identityNetwork('diagonalGaussian', size, rows, engine);
    network.input.set(mean);
    valuesOf(network, 'logStd').set(log_std);
    network.distribution.actions.set(actions);
    network.logProbGradients.set(d_log_prob);
    network.entropyGradients.set(d_entropy);
    network.forward(0, rows);
    network.distribution.evaluate(0, rows);
    network.backward(rows);

    test('log-probabilities, entropies and the gradients of the means and log σ', () => {
      expect(relativeError(network.distribution.logProbs, log_prob)).toBeLessThan(TOLERANCE);
      expect(relativeError(network.distribution.entropies, entropy)).toBeLessThan(TOLERANCE);
      expect(relativeError(network.outputGradient('y'), grads.mean)).toBeLessThan(TOLERANCE);
      expect(relativeError(gradientOf(network, 'logStd'), grads.log_std)).toBeLessThan(TOLERANCE);
    });
  });

  describe('Bernoulli', () => {
    const { logits, actions, log_prob, entropy, d_log_prob, d_entropy, grads } = cases.bernoulli;
    const rows = logits.length;
    const network = identityNetwork('bernoulli', 1, rows, engine);
    network.input.set(logits);
    network.distribution.actions.set(actions);
    network.logProbGradients.set(d_log_prob);
    network.entropyGradients.set(d_entropy);
    network.forward(0, rows);
    network.distribution.evaluate(0, rows);
    network.backward(rows);

    test('log-probabilities, entropies and the gradient of the logits', () => {
      expect(relativeError(network.distribution.logProbs, log_prob)).toBeLessThan(TOLERANCE);
      expect(relativeError(network.distribution.entropies, entropy)).toBeLessThan(TOLERANCE);
      expect(relativeError(network.outputGradient('y'), grads.logits)).toBeLessThan(TOLERANCE);
    });
  });

  describe.each([
    ['optimizer-sgd', sgd(), 0.05],
    ['optimizer-adam', adam(), 0.01],
    ['optimizer-rmsprop', rmsprop(), 0.01],
  ] as ['optimizer-sgd' | 'optimizer-adam' | 'optimizer-rmsprop', Optimizer, number][])('%s', (name, optimizer, learningRate) => {
    const { initial, gradients, parameters } = cases[name];

    test(`${gradients.length} steps`, () => {
      const network: Network = { inputShape: [1], trunk: [], heads: { y: [dense(initial.length, { bias: false })] } };
      const compiled = engine.compileForTraining(network, { rows: 1, distribution: { kind: 'categorical', head: 'y' }, optimizer });
      const values = compiled.parameters[0]!.values;
      values.set(initial);
      for (const [step, gradient] of gradients.entries()) {
        compiled.gradients[0]!.values.set(gradient);
        compiled.optimizerStep(learningRate);
        expect(relativeError(values, parameters[step]!)).toBeLessThan(TOLERANCE);
      }
      expect(compiled.optimizerSteps).toBe(gradients.length);
    });
  });

  test('clipping to a global norm', () => {
    const { a, b, max_norm, norm, a_clipped, b_clipped } = cases['clip-global-norm'];
    const network: Network = {
      inputShape: [1],
      trunk: [],
      heads: { a: [dense(a.length, { bias: false })] },
      vectors: { b: { size: b.length, init: zeros() } },
    };
    const compiled = engine.compileForTraining(network, { rows: 1, distribution: { kind: 'categorical', head: 'a' }, optimizer: sgd() });
    compiled.gradients[0]!.values.set(a);
    compiled.gradients[1]!.values.set(b);
    const found = compiled.gradientNorm();
    expect(relativeError([found], [norm])).toBeLessThan(1e-7);
    compiled.scaleGradients(max_norm / (found + 1e-6));
    expect(relativeError(compiled.gradients[0]!.values, a_clipped)).toBeLessThan(TOLERANCE);
    expect(relativeError(compiled.gradients[1]!.values, b_clipped)).toBeLessThan(TOLERANCE);
  });
});
