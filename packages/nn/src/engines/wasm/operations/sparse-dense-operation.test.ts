import { Rng } from '@pg/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normals } from '../../../../fixtures/numbers.js';
import { dense, relu } from '../../../network/layer.js';
import type { Network } from '../../../network/network.js';
import { copyTensors, initialParameters } from '../../../network/parameters.js';
import { sgd } from '../../../optimizers/sgd.js';
import { wasmEngine } from '../wasm-engine.js';

interface Case {
  readonly inputs: number;
  readonly units: number;
  readonly rows: number;
  readonly bias: boolean;
  readonly seed: number;
}

const cases = fc.record<Case>({
  inputs: fc.integer({ min: 64, max: 200 }),
  units: fc.integer({ min: 1, max: 75 }),
  rows: fc.integer({ min: 1, max: 12 }),
  bias: fc.boolean(),
  seed: fc.nat(),
});

/** Rows from empty to full, some with a −0, some with exactly as many non-zeros as count as sparse, some with one more. */
function rowsOf({ inputs, rows, seed }: Case): Float32Array {
  const rng = Rng.fromSeed(seed);
  const capacity = Math.floor(inputs / 8);
  const x = new Float32Array(rows * inputs);
  for (let row = 0; row < rows; row++) {
    const counts = [0, 1, capacity, capacity + 1, inputs, rng.integer(inputs)];
    const places = Array.from({ length: inputs }, (_, i) => i).sort(() => rng.uniform() - 0.5);
    for (const i of places.slice(0, counts[rng.integer(counts.length)])) x[row * inputs + i] = rng.normal();
    if (rng.integer(3) === 0) x[row * inputs + rng.integer(inputs)] = -0;
  }
  return x;
}

/**
 * Outputs and gradients, with the layer on the network's own inputs, or behind another one that passes them on unchanged and so
 * takes the dense path.
 */
function compute(given: Case, behindIdentity: boolean) {
  const { inputs, units, rows, bias, seed } = given;
  const layer = dense(units, { bias });
  const identity = dense(inputs, { bias: false, weightInit: () => Float32Array.from({ length: inputs * inputs }, (_, i) => (i % (inputs + 1) === 0 ? 1 : 0)) });
  const network: Network = { inputShape: [inputs], trunk: [...(behindIdentity ? [identity] : []), layer, relu()], heads: { y: [dense(2)] } };
  const compiled = wasmEngine().compileForTraining(network, { rows, distribution: { kind: 'categorical', head: 'y' }, optimizer: sgd() });
  const starting = initialParameters(network, Rng.fromSeed(seed));
  copyTensors(starting, compiled.parameters);
  const rng = Rng.fromSeed(seed).stream('parameters');
  for (const { values } of compiled.parameters.slice(behindIdentity ? 1 : 0)) values.set(normals(rng, values.length));
  compiled.input.set(rowsOf(given));
  compiled.logProbGradients.set(normals(rng, rows));
  compiled.forward(0, rows);
  compiled.distribution.evaluate(0, rows);
  compiled.backward(rows);
  return { outputs: compiled.output('y').slice(), gradients: compiled.gradients.slice(behindIdentity ? 1 : 0).map(({ values }) => values.slice()) };
}

describe('dense layers on sparse rows', () => {
  test('outputs and gradients have the bits of the dense path', () => {
    fc.assert(
      fc.property(cases, (given) => {
        expect(compute(given, false)).toEqual(compute(given, true));
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test('a NaN in an otherwise empty row is seen', () => {
    const network: Network = { inputShape: [100], trunk: [], heads: { y: [dense(2)] } };
    const compiled = wasmEngine().compile(network, { rows: 1, distribution: { kind: 'categorical', head: 'y' } });
    for (const { values } of compiled.parameters) values.fill(1);
    compiled.input[41] = Number.NaN;
    compiled.forward(0, 1);
    expect([...compiled.output('y')]).toEqual([Number.NaN, Number.NaN]);
  });
});
