import { Rng } from '@pg/core';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runsOn, tfjsEngines } from '../../../fixtures/engines.js';
import { relativeError } from '../../../fixtures/numbers.js';
import { randomLoss, randomRecurrent, type Size, withHeads } from '../../../fixtures/recurrent-networks.js';
import { conv2d } from '../../network/conv2d.js';
import { gru } from '../../network/gru.js';
import { dense, elu, tanh } from '../../network/layer.js';
import { lstm } from '../../network/lstm.js';
import type { Network } from '../../network/network.js';
import type { NamedTensor } from '../../network/parameters.js';
import type { Engine, TrainableNetwork } from '../engine.js';
import { wasmEngine } from '../wasm/wasm-engine.js';
import { loadBackend } from './backend/load-backend.js';
import type { TfjsEngine } from './tfjs.js';
import { tfjsEngine } from './tfjs-engine.js';

const layers = { lstm, gru };
const size = fc.integer({ min: 1, max: 6 });
const kind = fc.constantFrom('lstm', 'gru');
const sizes: fc.Arbitrary<Size> = fc.record({ steps: size, numEnvs: size });
const runs = (engine: TfjsEngine, numRuns = 15) => ({ seed: 1, numRuns: runsOn(engine, numRuns) });

const copies = (tensors: readonly NamedTensor[]) => tensors.map(({ name, values }): [string, Float32Array] => [name, values.slice()]);

/** Two rollouts, each with its backward pass, the state carried over; everything that came out, by name. */
function learn(network: TrainableNetwork, numEnvs: number, seed: number): Record<string, Float32Array> {
  const { rows } = network;
  const results: [string, Float32Array][] = [];
  for (const round of [0, 1]) {
    for (let row = 0; row < rows; row += numEnvs) network.forward(row, numEnvs);
    network.distribution.sample(0, rows, Rng.fromSeed(seed));
    // carried before the backward pass, which needs the state that there was
    network.carryState(rows - numEnvs);
    randomLoss(network, seed + round);
    network.backward(rows);
    const all = [...copies(network.gradients), ...copies(network.initialStateGradients), ...copies(network.initialState)];
    results.push(...all.map(([name, values], i): [string, Float32Array] => [`${round}.${i}.${name}`, values]));
    results.push([`${round}.y`, network.output('y').slice()], [`${round}.value`, network.output('value').slice()]);
  }
  return Object.fromEntries(results);
}

function expectParity(network: Network, at: Size, seed: number, engine: Engine): void {
  const [kernels, other] = [wasmEngine(), engine].map((each) => randomRecurrent(network, at, seed, each)) as [TrainableNetwork, TrainableNetwork];
  const expected = learn(kernels, at.numEnvs, seed);
  const actual = learn(other, at.numEnvs, seed);
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, values] of Object.entries(expected)) expect(relativeError(actual[name]!, values), name).toBeLessThan(1e-4);
  other.dispose();
}

const whole = tfjsEngines.map((engine) => ({ label: engine.backend, engine }));
const inBlocks = { label: 'cpu, in blocks of a step or a few', engine: tfjsEngine(await loadBackend('cpu'), 100) };

describe.each([...whole, inBlocks])('on $label: outputs, states and gradients are those of the WebAssembly engine', ({ engine }) => {
  test('behind a dense layer, two stacked, a function behind one', () => {
    fc.assert(
      fc.property(fc.tuple(kind, kind), fc.tuple(size, size, size), size, sizes, fc.nat(), ([first, second], [hidden, a, b], inputs, at, seed) => {
        expectParity(withHeads([inputs], dense(hidden), tanh(), layers[first](a), elu(), layers[second](b)), at, seed, engine);
      }),
      runs(engine),
    );
  });

  test('first of all, on inputs of any shape', () => {
    fc.assert(
      fc.property(kind, size, sizes, fc.nat(), (layer, units, at, seed) => expectParity(withHeads([2, 3], layers[layer](units)), at, seed, engine)),
      runs(engine),
    );
  });

  test('behind a convolution', () => {
    const convolution = conv2d({ filters: 2, kernel: 3, stride: 2, padding: 1 });
    fc.assert(
      fc.property(kind, size, sizes, fc.nat(), (layer, units, at, seed) =>
        expectParity(withHeads([5, 4, 2], convolution, tanh(), layers[layer](units)), at, seed, engine),
      ),
      runs(engine, 6),
    );
  });

  test('heads of their own', () => {
    for (const layer of [lstm, gru]) {
      const heads = { y: [layer(3), tanh()], value: [tanh(), layer(2), dense(1)] };
      expectParity({ inputShape: [4], trunk: [dense(5)], heads }, { steps: 6, numEnvs: 3 }, 3, engine);
      expectParity({ inputShape: [4], trunk: [], heads: { ...heads, y: [layer(3)] } }, { steps: 6, numEnvs: 3 }, 4, engine);
    }
  });

  test('a look aside goes on from another place, and from the initial state before row 0', () => {
    for (const layer of [lstm, gru]) {
      const networks = [wasmEngine(), engine].map((each) => randomRecurrent(withHeads([3], layer(4)), { steps: 5, numEnvs: 2 }, 7, each));
      for (const network of networks) {
        network.forward(0, 8);
        network.forward(8, 2, 2);
      }
      expect(relativeError(networks[1]!.output('y'), networks[0]!.output('y'))).toBeLessThan(1e-5);
      for (const network of networks) network.forward(8, 2, -2);
      expect(relativeError(networks[1]!.output('y'), networks[0]!.output('y'))).toBeLessThan(1e-5);
    }
  });

  test.each(['lstm', 'gru'] as const)('%s: an episode start forgets a state that is NaN, and cuts its gradient', (layer) => {
    const network = randomRecurrent(withHeads([3], layers[layer](4)), { steps: 2, numEnvs: 2 }, 8, engine);
    for (const { values } of network.initialState) values.fill(Number.NaN);
    network.episodeStarts.set([1, 1, 0, 0]);
    network.forward(0, 4);
    network.distribution.mode(0, 4);
    randomLoss(network, 1);
    network.backward(4);
    expect([...network.output('y')].every(Number.isFinite)).toBe(true);
    for (const { values } of network.initialStateGradients) expect([...values]).toEqual(Array(8).fill(0));
    expect(network.gradientNorm()).toBeGreaterThan(0);
  });

  test('updates leave no tensors behind', () => {
    const network = randomRecurrent(withHeads([3], lstm(4), gru(2)), { steps: 3, numEnvs: 2 }, 9, engine);
    const round = (seed: number) => {
      learn(network, 2, seed);
      network.optimizerStep(0.01);
    };
    round(0);
    const some = tf.memory().numTensors;
    for (let seed = 1; seed <= 3; seed++) round(seed);
    expect(tf.memory().numTensors).toBe(some);
    network.dispose();
    expect(tf.memory().numTensors).toBe(some - network.parameters.length);
  });
});
