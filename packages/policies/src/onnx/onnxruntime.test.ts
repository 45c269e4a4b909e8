import { Rng, scaleObservations, shapeSize } from '@pg/core';
import { type CompiledNetwork, copyTensors, wasmEngine, writableInput } from '@pg/nn';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Ports, startOnnx } from '../../fixtures/onnx-runtime.js';
import { anyPolicy } from '../../fixtures/random-models.js';
import type { Policy } from '../policy/policy.js';
import { exportOnnx } from './export-onnx.js';

const ROWS = 3;
const STEPS = 3;
/** Of 1 + |x|: both add up float32 numbers in orders of their own. In 900 batches of 300 random policies the largest was 5.2e-6. */
const TOLERANCE = 2e-5;

test('onnxruntime computes what the policy computes', async () => {
  const property = fc.asyncProperty(anyPolicy, fc.integer({ min: 0, max: 1e6 }), async (policy, seed) => {
    const rng = Rng.fromSeed(seed);
    const model = await startOnnx(exportOnnx(policy));
    const network = compile(policy);
    let state = model.zeroState(ROWS);
    for (let step = 0; step < STEPS; step++) {
      const obs = observe(policy, rng);
      const found = await model.run(ROWS, { obs, ...state });
      compare(found, forward(policy, network, obs));
      state = Object.fromEntries(Object.keys(state).map((name) => [name, found[`next.${name}`]!]));
      network.carryState(0);
      for (const { name, values } of network.initialState) expectNear(name, state[name]!, values);
    }
    network.dispose();
    policy.dispose();
    await model.release();
  });
  await fc.assert(property, { numRuns: 40 });
});

function compile({ model: { network, distribution }, parameters }: Policy): CompiledNetwork {
  const compiled = wasmEngine().compile(network, { rows: ROWS, distribution, sequence: { numEnvs: ROWS } });
  copyTensors(parameters, compiled.parameters);
  return compiled;
}

function observe({ observationSpace: space, observationScaling: scaling }: Policy, rng: Rng): Float32Array | Uint8Array {
  if (space.kind !== 'box') throw new Error('no box');
  const size = shapeSize(space.shape);
  const numbers = Float32Array.from({ length: ROWS * size }, (_, i) => {
    if (scaling) return scaling.mean[i % size]! + 2 * scaling.deviation[i % size]! * rng.normal();
    return space.low[0]! + rng.uniform() * (space.high[0]! - space.low[0]!);
  });
  return space.dtype === 'uint8' ? Uint8Array.from(numbers) : numbers;
}

/** What the engine makes of observations, under the names of the model's outputs. */
function forward({ model, observationScaling, actionSpace }: Policy, network: CompiledNetwork, obs: Float32Array | Uint8Array): Ports {
  const { distribution: spec } = model;
  const input = writableInput(network);
  input.set(obs);
  if (observationScaling) scaleObservations(input as Float32Array, observationScaling);
  network.forward(0, ROWS);
  network.distribution.mode(0, ROWS);
  const value = model.valueHead === undefined ? {} : { value: network.output(model.valueHead) };
  const actions = network.distribution.actions;
  if (spec.kind !== 'diagonalGaussian')
    return {
      ...value,
      [spec.head]: network.output(spec.head),
      action: actions,
      probabilities: probabilities(network, actionSpace.kind === 'discrete' ? actionSpace.size : 0),
    };
  const vector = network.parameters.find(({ name }) => name === spec.logStd)?.values;
  const logStd = vector ? Float32Array.from({ length: ROWS * vector.length }, (_, i) => vector[i % vector.length]!) : network.output(spec.logStdHead!);
  const range = spec.logStdRange ?? { low: -20, high: 20 };
  const { low, high } = actionSpace as Extract<typeof actionSpace, { kind: 'box' }>;
  return {
    ...value,
    mean: network.output(spec.head),
    logStd: logStd.map((each) => Math.min(range.high, Math.max(range.low, each))),
    action: Float32Array.from(actions, (each, i) => Math.min(high[i % high.length]!, Math.max(low[i % low.length]!, each))),
  };
}

/** `[ROWS, n]`: what the distribution says of each action. */
function probabilities({ distribution }: CompiledNetwork, n: number): Float32Array {
  const all = new Float32Array(ROWS * n);
  const kept = distribution.actions.slice();
  for (let action = 0; action < n; action++) {
    distribution.actions.fill(action);
    distribution.evaluate(0, ROWS);
    for (let row = 0; row < ROWS; row++) all[row * n + action] = Math.exp(distribution.logProbs[row]!);
  }
  distribution.actions.set(kept);
  return all;
}

function compare(found: Ports, expected: Ports) {
  const names = Object.keys(found).filter((name) => !name.startsWith('next.'));
  expect(names.sort()).toEqual(Object.keys(expected).sort());
  for (const name of names) {
    if (name === 'action' && expected.probabilities) expectAsProbable(found.action!, expected.action!, expected.probabilities);
    else expectNear(name, found[name]!, expected[name]!);
  }
}

function expectNear(name: string, found: ArrayLike<number>, expected: ArrayLike<number>) {
  expect(found.length).toBe(expected.length);
  const far = Array.from(expected).findIndex((value, i) => !(Math.abs(found[i]! - value) <= TOLERANCE * (1 + Math.abs(value))));
  if (far >= 0) expect.fail(`${name}[${far}]: got ${found[far]}; expected ${expected[far]}`);
}

/** The most probable action, or one that is as probable but for rounding. */
function expectAsProbable(found: ArrayLike<number>, expected: ArrayLike<number>, probabilities: ArrayLike<number>) {
  const n = probabilities.length / ROWS;
  for (let row = 0; row < ROWS; row++) expect(probabilities[row * n + found[row]!]).toBeGreaterThan(probabilities[row * n + expected[row]!]! - TOLERANCE);
}
