import { NonFiniteError } from '@pg/core';
import { dense, type Network, sgd, type TrainableNetwork, wasmEngine, zeros } from '@pg/nn';
import { describe, expect, test } from 'vitest';
import { optimize, type StepOptions } from './optimize.js';

/** One input of 1, two logits: the gradient of log π(0) = log ½ by the bias is (½, −½), by the weight the same. */
function twoLogits() {
  const network: Network = { inputShape: [1], trunk: [], heads: { logits: [dense(2, { weightInit: zeros() })] } };
  const compiled = wasmEngine().compileForTraining(network, { rows: 1, distribution: { kind: 'categorical', head: 'logits' }, optimizer: sgd() });
  compiled.input[0] = 1;
  compiled.forward(0, 1);
  compiled.distribution.actions[0] = 0;
  return { compiled, values: () => compiled.parameters.map(({ values }) => Array.from(values)) };
}

/** The backward pass of one row and a step. */
function learn(network: TrainableNetwork, options: StepOptions): number {
  network.backward(1);
  return optimize(network, options);
}

const unclipped = { maxGradValue: Infinity, maxGradNorm: Infinity };

describe('optimize', () => {
  test('a step along the gradient', () => {
    const { compiled, values } = twoLogits();
    compiled.logProbGradients[0] = -1;
    expect(learn(compiled, { ...unclipped, learningRate: 0.5 })).toBe(1);
    const [weight, bias] = values();
    expect([weight, bias]).toEqual([
      [0.25, -0.25],
      [0.25, -0.25],
    ]);
  });

  test('is clipped to the norm, and gives the norm before', () => {
    const { compiled, values } = twoLogits();
    compiled.logProbGradients[0] = -4;
    expect(learn(compiled, { ...unclipped, learningRate: 1, maxGradNorm: 0.5 })).toBe(4);
    // (½, −½, ½, −½)·4 scaled by 0.5/(4 + 1e-6)
    for (const [positive, negative] of values()) {
      expect(positive).toBeCloseTo(0.25, 6);
      expect(negative).toBeCloseTo(-0.25, 6);
    }
  });

  test('a norm below the limit is left alone', () => {
    const { compiled, values } = twoLogits();
    compiled.logProbGradients[0] = -1;
    learn(compiled, { ...unclipped, learningRate: 0.5, maxGradNorm: 1.5 });
    expect(values()[1]).toEqual([0.25, -0.25]);
  });

  test('is clipped by value', () => {
    const { compiled, values } = twoLogits();
    compiled.logProbGradients[0] = -4;
    // (2, −2, 2, −2) brought to ±0.25
    expect(learn(compiled, { ...unclipped, learningRate: 1, maxGradValue: 0.25 })).toBe(4);
    expect(values()).toEqual([
      [0.25, -0.25],
      [0.25, -0.25],
    ]);
  });

  test('by value first, then what is left to the norm', () => {
    const { compiled, values } = twoLogits();
    compiled.input[0] = 100;
    compiled.forward(0, 1);
    compiled.logProbGradients[0] = -1;
    // (50, −50, ½, −½) to (1, −1, ½, −½), whose norm is √2.5, and that to 0.5; by the norm alone it would be (0.35, −0.35, 0.0035, −0.0035)
    const norm = learn(compiled, { learningRate: 1, maxGradValue: 1, maxGradNorm: 0.5 });
    expect(norm).toBeCloseTo(Math.sqrt(2 * 50 ** 2 + 0.5), 4);
    const factor = 0.5 / Math.sqrt(2.5);
    expect(values().flat()[0]).toBeCloseTo(factor, 5);
    expect(values().flat()[2]).toBeCloseTo(0.5 * factor, 5);
  });

  test('a value that nothing exceeds changes no bit', () => {
    const [one, other] = [twoLogits(), twoLogits()];
    for (const { compiled } of [one, other]) compiled.logProbGradients[0] = -0.3;
    learn(one.compiled, { ...unclipped, learningRate: 0.1 });
    learn(other.compiled, { ...unclipped, learningRate: 0.1, maxGradValue: 0.16 });
    expect(other.values()).toEqual(one.values());
  });

  test.each([Number.NaN, Infinity])('clipping by value does not hide a gradient of %d', (gradient) => {
    const { compiled, values } = twoLogits();
    compiled.logProbGradients[0] = gradient;
    expect(() => learn(compiled, { learningRate: 0.1, maxGradValue: 1, maxGradNorm: 1 })).toThrow(NonFiniteError);
    expect(values().flat()).toEqual([0, 0, 0, 0]);
  });

  test.each<[string, number, number, string]>([
    ['a NaN gradient', Number.NaN, 1, 'NaN or infinity in the gradient of heads.logits.0.weight'],
    ['an infinite gradient', Infinity, 1, 'NaN or infinity in the gradient of heads.logits.0.weight'],
    ['a step that would overflow float32', -1e20, 1e20, 'optimize: got a step of length 1'],
  ])('refuses %s and leaves the parameters', (_, gradient, learningRate, message) => {
    const { compiled, values } = twoLogits();
    compiled.logProbGradients[0] = gradient;
    expect(() => learn(compiled, { ...unclipped, learningRate })).toThrow(NonFiniteError);
    compiled.logProbGradients[0] = gradient;
    expect(() => learn(compiled, { ...unclipped, learningRate })).toThrow(message);
    expect(values()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(compiled.optimizerSteps).toBe(0);
  });
});
