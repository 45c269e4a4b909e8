import { InvalidOptionsError, InvalidShapeError } from '@pg/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomLoss, randomRecurrent, withHeads } from '../../../../fixtures/recurrent-networks.js';
import { gru } from '../../../network/gru.js';
import { dense, tanh } from '../../../network/layer.js';
import { lstm } from '../../../network/lstm.js';
import { copyTensors } from '../../../network/parameters.js';
import { sgd } from '../../../optimizers/sgd.js';
import type { CompileOptions, TrainableNetwork } from '../../engine.js';
import { wasmEngine } from '../wasm-engine.js';

const size = fc.integer({ min: 1, max: 9 });
const stacked = fc.tuple(size, size, size).map(([inputs, a, b]) => withHeads([inputs], lstm(a), tanh(), gru(b)));
const values = (tensors: TrainableNetwork['initialState']) => tensors.map((tensor) => tensor.values.slice());
const outputs = (network: TrainableNetwork) => [network.output('y').slice(), network.output('value').slice()];

describe('the same bits', () => {
  test('step by step and all at once, forward and backward', () => {
    fc.assert(
      fc.property(stacked, size, size, fc.nat(), (network, steps, numEnvs, seed) => {
        const [together, apart] = [0, 1].map(() => randomRecurrent(network, { steps, numEnvs }, seed)) as [TrainableNetwork, TrainableNetwork];
        together.forward(0, steps * numEnvs);
        for (let t = 0; t < steps; t++) apart.forward(t * numEnvs, numEnvs);
        expect(outputs(apart)).toEqual(outputs(together));
        for (const compiled of [together, apart]) {
          randomLoss(compiled, seed);
          compiled.backward(steps * numEnvs);
          compiled.carryState((steps - 1) * numEnvs);
        }
        expect(values(apart.gradients)).toEqual(values(together.gradients));
        expect(values(apart.initialState)).toEqual(values(together.initialState));
      }),
    );
  });

  test('of one long rollout and of two with the state carried over', () => {
    fc.assert(
      fc.property(stacked, size, size, size, fc.nat(), (network, first, second, numEnvs, seed) => {
        const long = randomRecurrent(network, { steps: first + second, numEnvs }, seed);
        const short = randomRecurrent(network, { steps: Math.max(first, second), numEnvs }, seed);
        long.forward(0, long.rows);
        const parts = [0, first].map((t, i) => {
          const [from, to] = [t * numEnvs, (t + (i === 0 ? first : second)) * numEnvs];
          const inputs = long.input.length / long.rows;
          short.input.set(long.input.subarray(from * inputs, to * inputs));
          short.episodeStarts.set(long.episodeStarts.subarray(from, to));
          short.forward(0, to - from);
          short.carryState(to - from - numEnvs);
          return short.output('y').slice(0, (to - from) * 3);
        });
        expect(parts.flatMap((part) => [...part])).toEqual([...long.output('y')]);
        long.carryState(long.rows - numEnvs);
        expect(values(short.initialState)).toEqual(values(long.initialState));
      }),
    );
  });

  test('from an episode start on and from a fresh start', () => {
    fc.assert(
      fc.property(stacked, size, size, size, fc.nat(), (network, before, after, numEnvs, seed) => {
        const compiled = randomRecurrent(network, { steps: before + after, numEnvs }, seed);
        compiled.episodeStarts.fill(0);
        compiled.episodeStarts.fill(1, before * numEnvs, (before + 1) * numEnvs);
        compiled.input.fill(Number.NaN, 0, compiled.input.length / (before + after));
        compiled.forward(0, compiled.rows);
        const fresh = randomRecurrent(network, { steps: after, numEnvs }, seed);
        fresh.episodeStarts.fill(0);
        for (const state of fresh.initialState) state.values.fill(0);
        fresh.input.set(compiled.input.subarray(compiled.input.length - fresh.input.length));
        fresh.forward(0, fresh.rows);
        expect(compiled.output('y').slice(before * numEnvs * 3)).toEqual(fresh.output('y'));
      }),
    );
  });
});

test('a look aside goes on from the state of any step and changes no other', () => {
  const network = withHeads([3], lstm(6), gru(5));
  const [steps, numEnvs, last] = [4, 3, 12];
  const compiled = randomRecurrent(network, { steps: steps + 1, numEnvs }, 1);
  compiled.episodeStarts.fill(0);
  compiled.forward(0, last);
  const others = compiled.output('y').slice(0, last * 3);
  // the inputs of step 2 after step 1 give what step 2 gave; after the initial state, what step 0 would
  compiled.input.copyWithin(last * 3, 6 * 3, 9 * 3);
  compiled.forward(last, numEnvs, 3);
  expect(compiled.output('y').slice(last * 3)).toEqual(others.slice(6 * 3, 9 * 3));
  compiled.input.copyWithin(last * 3, 0, 3 * 3);
  compiled.forward(last, numEnvs, -numEnvs);
  expect(compiled.output('y').slice(last * 3)).toEqual(others.slice(0, 3 * 3));
  expect(compiled.output('y').slice(0, last * 3)).toEqual(others);
});

test('what was compiled for acting gives the same bits', () => {
  const network = withHeads([3], gru(5), lstm(3));
  const learning = randomRecurrent(network, { steps: 4, numEnvs: 3 }, 1);
  const acting = wasmEngine().compile(network, { rows: 12, sequence: { numEnvs: 3 }, distribution: { kind: 'categorical', head: 'y' } });
  copyTensors(learning.parameters, acting.parameters);
  copyTensors(learning.initialState, acting.initialState);
  acting.input.set(learning.input);
  acting.episodeStarts.set(learning.episodeStarts);
  for (const compiled of [learning, acting]) {
    compiled.forward(0, 12);
    compiled.carryState(9);
  }
  expect(acting.output('y')).toEqual(learning.output('y'));
  expect(values(acting.initialState)).toEqual(values(learning.initialState));
});

describe('compiling', () => {
  const network = withHeads([3], dense(4), lstm(5), gru(2));
  const compile = (options: Partial<CompileOptions>, of = network) =>
    wasmEngine().compileForTraining(of, { rows: 6, distribution: { kind: 'categorical', head: 'y' }, optimizer: sgd(), ...options });

  test('gives states by name, of zeros', () => {
    const compiled = compile({ sequence: { numEnvs: 3 } });
    const states = [
      ['trunk.1.h', [3, 5], 15],
      ['trunk.1.c', [3, 5], 15],
      ['trunk.2.h', [3, 2], 6],
    ];
    for (const tensors of [compiled.initialState, compiled.initialStateGradients])
      expect(tensors.map(({ name, shape, values: { length } }) => [name, shape, length])).toEqual(states);
    expect(values(compiled.initialState).every((state) => state.every((value) => value === 0))).toBe(true);
    expect(compiled.episodeStarts).toEqual(new Uint8Array(6));
    expect(compiled.parameters.slice(2, 6).map(({ name, shape }) => [name, shape])).toEqual([
      ['trunk.1.inputWeight', [4, 20]],
      ['trunk.1.recurrentWeight', [5, 20]],
      ['trunk.1.inputBias', [20]],
      ['trunk.1.recurrentBias', [20]],
    ]);
  });

  test('needs to know the environments', () => {
    expect(() => compile({})).toThrow(InvalidOptionsError);
    expect(() => compile({})).toThrow(
      'wasm engine: got a network with recurrent layers and no sequence; expected sequence: { numEnvs }. Say how many environments are stepped side by side.',
    );
    expect(() => compile({ sequence: { numEnvs: 0 } })).toThrow('wasm engine: got sequence.numEnvs: 0; expected a positive whole number.');
    expect(() => compile({ sequence: { numEnvs: 1.5 } })).toThrow('wasm engine: got sequence.numEnvs: 1.5; expected a positive whole number.');
    expect(() => compile({ sequence: { numEnvs: 4 } })).toThrow('wasm engine: got 6 rows for 4 environments; expected a multiple of 4.');
  });

  test('a network without recurrent layers has no states, and rows as it likes', () => {
    const plain = compile({ sequence: { numEnvs: 4 } }, withHeads([3], dense(4)));
    expect([plain.episodeStarts, plain.initialState, plain.initialStateGradients]).toEqual([new Uint8Array(0), [], []]);
    plain.forward(1, 2);
    expect(() => plain.carryState(5)).not.toThrow();
  });

  test.each<[string, (compiled: TrainableNetwork) => void, string]>([
    ['forward from within a step', (compiled) => compiled.forward(1, 3), 'forward: got 3 rows from row 1 on'],
    ['forward of a part of a step', (compiled) => compiled.forward(0, 4), 'forward: got 4 rows from row 0 on'],
    ['forward after a part of a step', (compiled) => compiled.forward(3, 3, 1), 'forward: got 3 rows from row 1 on'],
    ['backward of a part of a step', (compiled) => compiled.backward(2), 'backward: got 2 rows from row 0 on'],
    ['carryState from within a step', (compiled) => compiled.carryState(2), 'carryState: got 3 rows from row 2 on'],
  ])('refuses %s', (_, call, message) => {
    const compiled = compile({ sequence: { numEnvs: 3 } });
    expect(() => call(compiled)).toThrow(InvalidShapeError);
    expect(() => call(compiled)).toThrow(`${message}; expected whole steps of the 3 environments that the network was compiled for. Use multiples of numEnvs.`);
  });

  test('refuses rows that are not there', () => {
    const compiled = compile({ sequence: { numEnvs: 3 } });
    for (const call of [() => compiled.forward(6, 3), () => compiled.forward(0, 3, 6), () => compiled.forward(0, 3, Number.NaN), () => compiled.carryState(6)])
      expect(call).toThrow('expected whole numbers within the 6 rows that the network was compiled for.');
  });
});
