import { InvalidOptionsError, NonFiniteError, Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { type Outline, randomNetwork } from '../../../../fixtures/networks.js';
import { normals } from '../../../../fixtures/numbers.js';
import { dense } from '../../../network/layer.js';
import type { Network } from '../../../network/network.js';
import { copyTensors } from '../../../network/parameters.js';
import { adam } from '../../../optimizers/adam.js';
import type { Optimizer } from '../../../optimizers/optimizer.js';
import { rmsprop } from '../../../optimizers/rmsprop.js';
import { sgd } from '../../../optimizers/sgd.js';
import type { TrainableNetwork } from '../../engine.js';
import { wasmEngine } from '../wasm-engine.js';

const outline: Outline = { kind: 'diagonalGaussian', inputs: 3, trunk: [5], valueHidden: [], actions: 2, activation: 'tanh', bias: true, wrapped: false };
const names = ['trunk.0.weight', 'trunk.0.bias', 'heads.policy.0.weight', 'heads.policy.0.bias', 'heads.value.0.weight', 'heads.value.0.bias', 'logStd'];
const compile = (optimizer: Optimizer) => randomNetwork(outline, { rows: 8, seed: 1, optimizer });
const snapshot = (network: TrainableNetwork) => network.parameters.map(({ values }) => values.slice());

/** Steps along made-up gradients that the number of the step decides. */
function step(network: TrainableNetwork, first: number, count: number): void {
  for (let n = first; n < first + count; n++) {
    for (const { name, values } of network.gradients) values.set(normals(Rng.fromSeed(n).stream(name), values.length));
    network.optimizerStep(0.01);
  }
}

describe.each([
  ['sgd', sgd(), []],
  ['sgd with momentum', sgd({ momentum: 0.9 }), ['momentum_buffer']],
  ['adam', adam(), ['exp_avg', 'exp_avg_sq']],
])('%s', (_, optimizer, moments) => {
  test('keeps zeros of the parameters’ names and shapes', () => {
    const network = compile(optimizer);
    expect(network.optimizerState.map(({ name }) => name)).toEqual(moments.flatMap((moment) => names.map((name) => `${moment}.${name}`)));
    expect(network.optimizerState.map(({ shape }) => shape)).toEqual(moments.flatMap(() => network.parameters.map(({ shape }) => shape)));
    expect(network.optimizerState.every(({ values }) => values.every((value) => value === 0))).toBe(true);
    expect(network.optimizerSteps).toBe(0);
  });

  test('goes on bit for bit from a copy of its state', () => {
    const whole = compile(optimizer);
    step(whole, 0, 20);
    const first = compile(optimizer);
    step(first, 0, 9);
    const second = compile(optimizer);
    copyTensors(first.parameters, second.parameters);
    copyTensors(first.optimizerState, second.optimizerState);
    second.optimizerSteps = first.optimizerSteps;
    step(second, 9, 11);
    expect(snapshot(second)).toEqual(snapshot(whole));
    expect(second.optimizerSteps).toBe(20);
  });

  test('with the learning rate 0 moves nothing', () => {
    const network = compile(optimizer);
    const before = snapshot(network);
    for (const { values } of network.gradients) values.fill(3);
    network.optimizerStep(0);
    expect(snapshot(network)).toEqual(before);
  });
});

test('momentum: v = momentum·v + g, p −= rate·v', () => {
  const network = compile(sgd({ momentum: 0.5 }));
  const { values } = network.parameters[1]!;
  values.fill(0);
  network.gradients[1]!.values.fill(1);
  for (const expected of [-1, -2.5, -4.25, -6.125]) {
    network.optimizerStep(1);
    expect(values[0]).toBe(expected);
  }
  expect(network.optimizerState[1]!.values[0]).toBe(1.875);
});

describe('Adam', () => {
  test('the first step is the learning rate against the sign, whatever the size', () => {
    const network = compile(adam({ epsilon: 0 }));
    const { values } = network.parameters[1]!;
    values.fill(0);
    for (const { values: gradient } of network.gradients) gradient.fill(1);
    network.gradients[1]!.values.set([1e-6, -1e-3, 1, -1e3, 1e6]);
    network.optimizerStep(0.25);
    for (const [i, sign] of [1, -1, 1, -1, 1].entries()) expect(Math.abs(values[i]! / (-0.25 * sign) - 1)).toBeLessThan(5e-7);
  });

  test('a constant gradient has exact moments: 1 − β^t', () => {
    const network = compile(adam());
    for (let n = 1; n <= 50; n++) {
      network.gradients[1]!.values.fill(1);
      network.optimizerStep(0.001);
    }
    const moment = (name: string) => network.optimizerState.find((state) => state.name === name)!.values[0]!;
    expect(Math.abs(moment('exp_avg.trunk.0.bias') / (1 - 0.9 ** 50) - 1)).toBeLessThan(1e-6);
    expect(Math.abs(moment('exp_avg_sq.trunk.0.bias') / (1 - 0.999 ** 50) - 1)).toBeLessThan(1e-6);
  });

  test('ε stands outside the root', () => {
    const network = compile(adam({ epsilon: 1 }));
    const { values } = network.parameters[1]!;
    values.fill(0);
    network.gradients[1]!.values.fill(3);
    network.optimizerStep(1);
    // m̂ = 3, √v̂ = 3
    expect(values[0]).toBeCloseTo(-3 / (3 + 1), 6);
  });
});

test.each([-1, 0.5, Number.NaN, Infinity, '3'])('%s is no count of steps', (steps) => {
  const network = compile(adam());
  const put = () => {
    network.optimizerSteps = steps as number;
  };
  expect(put).toThrow(InvalidOptionsError);
  expect(put).toThrow(/^network: got optimizerSteps: .+; expected a whole number from 0 on\. Put back what was read\.$/);
  expect(network.optimizerSteps).toBe(0);
});

test.each([Number.NaN, Infinity, 1e39, undefined, '0.1'])('refuses the learning rate %s, and nothing moves', (rate) => {
  const network = compile(adam());
  for (const { values } of network.gradients) values.fill(1);
  const before = snapshot(network);
  expect(() => network.optimizerStep(rate as number)).toThrow(InvalidOptionsError);
  expect(() => network.optimizerStep(rate as number)).toThrow(/^optimizerStep: got the learning rate .+; expected a finite float32 number\. Mend/);
  expect(snapshot(network)).toEqual(before);
  expect(network.optimizerSteps).toBe(0);
});

describe('gradients that are not finite', () => {
  test.each([
    ['NaN', Number.NaN],
    ['infinity', Infinity],
    ['minus infinity', -Infinity],
  ])('%s: the error names the parameter and nothing moves', (_, bad) => {
    for (const [index, name] of names.entries()) {
      const network = compile(adam());
      const before = snapshot(network);
      for (const { values } of network.gradients) values.fill(1);
      network.gradients[index]!.values[1 % network.gradients[index]!.values.length] = bad;
      expect(() => network.gradientNorm()).toThrow(NonFiniteError);
      expect(() => network.gradientNorm()).toThrow(
        `gradientNorm: got NaN or infinity in the gradient of ${name}; expected finite numbers. The parameters were left as they were before this update. ` +
          'Lower the learning rate, clip gradients, or scale rewards and observations.',
      );
      expect(snapshot(network)).toEqual(before);
      expect(network.optimizerSteps).toBe(0);
    }
  });

  test('a parameter that is not finite is named first', () => {
    const network = compile(adam());
    network.parameters[2]!.values[0] = Number.NaN;
    for (const { values } of network.gradients) values.fill(Number.NaN);
    expect(() => network.gradientNorm()).toThrow('got NaN or infinity in the parameter heads.policy.0.weight;');
  });

  test('a NaN observation reaches the gradient', () => {
    const network = compile(sgd());
    network.input[4] = Number.NaN;
    network.logProbGradients.fill(1);
    network.forward(0, 8);
    network.distribution.evaluate(0, 8);
    network.backward(8);
    expect(() => network.gradientNorm()).toThrow('in the gradient of trunk.0.weight;');
  });

  test('large finite ones have a finite norm', () => {
    const network = compile(sgd());
    for (const { values } of network.gradients) values.fill(0);
    network.gradients[1]!.values.fill(3e38);
    expect(network.gradientNorm() / (Math.sqrt(5) * Math.fround(3e38))).toBeCloseTo(1, 12);
  });
});

test.each([
  ['adam', adam()],
  ['rmsprop', rmsprop()],
  ['sgd with momentum', sgd({ momentum: 0.9 })],
])('the moments of %s fade to 0, not into subnormal numbers', (_, optimizer) => {
  const network: Network = { inputShape: [1], trunk: [], heads: { y: [dense(4, { bias: false })] } };
  const compiled = wasmEngine().compileForTraining(network, { rows: 1, distribution: { kind: 'categorical', head: 'y' }, optimizer });
  compiled.gradients[0]!.values.fill(1e-18);
  compiled.optimizerStep(1e-3);
  compiled.gradients[0]!.values.fill(0);
  for (let step = 0; step < 20_000; step++) compiled.optimizerStep(1e-3);
  for (const { values } of compiled.optimizerState) expect([...values].every((x) => x === 0 || Math.abs(x) >= 1.1754943508222875e-38)).toBe(true);
  expect([...compiled.optimizerState[0]!.values]).toEqual([0, 0, 0, 0]);
});
