import { Rng, type Shape } from '@pg/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { relativeError } from '../../../../fixtures/numbers.js';
import { randomLoss, randomRecurrent, type Size, withHeads } from '../../../../fixtures/recurrent-networks.js';
import { forward, type LinearLoss, slope } from '../../../../fixtures/reference.js';
import { conv2d } from '../../../network/conv2d.js';
import { gru } from '../../../network/gru.js';
import { dense, elu, tanh } from '../../../network/layer.js';
import { lstm } from '../../../network/lstm.js';
import type { Network } from '../../../network/network.js';
import type { NamedTensor } from '../../../network/parameters.js';
import type { TrainableNetwork } from '../../engine.js';

const TOLERANCE = 2e-4;
const layers = { lstm, gru };
const size = fc.integer({ min: 1, max: 9 });
const kind = fc.constantFrom('lstm', 'gru');
const sizes: fc.Arbitrary<Size> = fc.record({ steps: fc.integer({ min: 1, max: 7 }), numEnvs: size });
const inFloat64 = (tensors: readonly NamedTensor[]) => new Map(tensors.map(({ name, values }) => [name, Float64Array.from(values)]));

/** Runs forward and backward on random numbers; returns what the loss was made of. */
function runBackward(network: Network, compiled: TrainableNetwork, numEnvs: number, seed: number) {
  const { rows, distribution } = compiled;
  compiled.forward(0, rows);
  distribution.sample(0, rows, Rng.fromSeed(seed));
  const { logProbGradients, entropyGradients, value } = randomLoss(compiled, seed);
  const initialState = inFloat64(compiled.initialState);
  const loss: LinearLoss = {
    network,
    distribution: { kind: 'categorical', head: 'y' },
    rows,
    input: Float64Array.from(compiled.input),
    actions: [...distribution.actions],
    logProbGradients: Float64Array.from(logProbGradients),
    entropyGradients: Float64Array.from(entropyGradients),
    outputGradients: new Map([['value', Float64Array.from(value)]]),
    steps: { numEnvs, episodeStarts: [...compiled.episodeStarts], initialState },
  };
  compiled.backward(rows);
  return { loss, initialState };
}

/** Checks the outputs of all rows, and the gradients of at most `most` elements of each parameter and each state. */
function check(network: Network, at: Size, seed: number, most = 5): void {
  const compiled = randomRecurrent(network, at, seed);
  const { loss, initialState } = runBackward(network, compiled, at.numEnvs, seed);
  const parameters = inFloat64(compiled.parameters);
  for (const [name, values] of forward(network, parameters, loss.input, loss.rows, loss.steps))
    expect(relativeError(compiled.output(name), values), name).toBeLessThan(TOLERANCE);
  const rng = Rng.fromSeed(seed).stream('elements');
  for (const { name, values } of [...compiled.gradients, ...compiled.initialStateGradients]) {
    const numbers = parameters.get(name) ?? initialState.get(name)!;
    const scale = Math.max(1, ...values.map(Math.abs));
    for (let k = 0; k < most; k++) {
      const i = rng.integer(values.length);
      expect(Math.abs(values[i]! - slope(loss, parameters, numbers, i)) / scale, `${name}[${i}]`).toBeLessThan(TOLERANCE);
    }
  }
}

describe('outputs equal the definition in float64, gradients finite differences', () => {
  test('behind a dense layer, two stacked, a function behind one', () => {
    fc.assert(
      fc.property(fc.tuple(kind, kind), fc.tuple(size, size, size), size, sizes, fc.nat(), ([first, second], [hidden, a, b], inputs, at, seed) => {
        check(withHeads([inputs], dense(hidden), tanh(), layers[first](a), elu(), layers[second](b)), at, seed);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test('behind a convolution', () => {
    fc.assert(
      fc.property(kind, size, fc.integer({ min: 1, max: 3 }), sizes, fc.nat(), (layer, units, filters, at, seed) => {
        const shape: Shape = [5, 4, 2];
        check(withHeads(shape, conv2d({ filters, kernel: 3, stride: 2, padding: 1 }), tanh(), layers[layer](units)), at, seed);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  test.each(['lstm', 'gru'] as const)('heads of their own: %s', (layer) => {
    const heads = { y: [layers[layer](3), tanh()], value: [tanh(), layers[layer](2), dense(1)] };
    check({ inputShape: [4], trunk: [dense(5)], heads }, { steps: 6, numEnvs: 3 }, 3);
    check({ inputShape: [4], trunk: [], heads: { ...heads, y: [layers[layer](3)] } }, { steps: 6, numEnvs: 3 }, 4);
  });

  test.each([
    [300, 1],
    [60, 5],
    [3, 256],
    [3, 257],
    [2, 600],
  ])('more rows than a block: %d steps of %d environments', (steps, numEnvs) => {
    check(withHeads([3], dense(4), tanh(), lstm(5)), { steps, numEnvs }, 1, 3);
    check(withHeads([3], dense(4), tanh(), gru(5)), { steps, numEnvs }, 2, 3);
  });
});

describe.each(['lstm', 'gru'] as const)('%s', (layer) => {
  const network = withHeads([3], layers[layer](5));
  const copy = (tensors: readonly NamedTensor[]) => tensors.map(({ values }) => values.slice());

  test('no gradient passes an episode start', () => {
    const compiled = randomRecurrent(network, { steps: 4, numEnvs: 2 }, 1);
    compiled.episodeStarts.fill(0);
    compiled.episodeStarts[1] = 1;
    runBackward(network, compiled, 2, 1);
    for (const { values } of compiled.initialStateGradients) {
      expect([...values.subarray(5)]).toEqual([0, 0, 0, 0, 0]);
      expect(values.subarray(0, 5).every((value) => value !== 0)).toBe(true);
    }
  });

  test('gradients are set, not added to', () => {
    const compiled = randomRecurrent(network, { steps: 4, numEnvs: 3 }, 2);
    runBackward(network, compiled, 3, 1);
    const before = [copy(compiled.gradients), copy(compiled.initialStateGradients)];
    randomLoss(compiled, 1);
    compiled.backward(12);
    expect([copy(compiled.gradients), copy(compiled.initialStateGradients)]).toEqual(before);
  });

  test('only the first rows count, whatever is in the others', () => {
    const [short, long] = [randomRecurrent(network, { steps: 4, numEnvs: 3 }, 2), randomRecurrent(network, { steps: 6, numEnvs: 3 }, 2)];
    for (const compiled of [short, long]) randomLoss(compiled, 1);
    const arrays = (of: TrainableNetwork) => [of.input, of.logProbGradients, of.entropyGradients, of.outputGradient('value')];
    for (const [i, array] of arrays(long).entries()) {
      array.fill(Number.NaN);
      array.set(arrays(short)[i]!);
    }
    long.episodeStarts.set(short.episodeStarts);
    short.forward(0, 12);
    long.forward(0, 18);
    short.backward(12);
    long.backward(12);
    expect(copy(long.gradients)).toEqual(copy(short.gradients));
    expect(copy(long.initialStateGradients)).toEqual(copy(short.initialStateGradients));
  });
});
