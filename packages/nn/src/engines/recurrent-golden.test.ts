import { describe, expect, test } from 'vitest';
import { allEngines } from '../../fixtures/engines.js';
import { relativeError } from '../../fixtures/numbers.js';
import golden from '../../fixtures/torch.json' with { type: 'json' };
import { gru } from '../network/gru.js';
import { dense } from '../network/layer.js';
import { lstm } from '../network/lstm.js';
import type { Network } from '../network/network.js';
import type { NamedTensor } from '../network/parameters.js';
import { sgd } from '../optimizers/sgd.js';

const TOLERANCE = 1e-5;
const named = (tensors: readonly NamedTensor[], name: string) => tensors.find((tensor) => tensor.name === name)!.values;

const cases = allEngines.flatMap((each) => (['lstm', 'gru'] as const).map((kind) => ({ ...each, kind })));

describe.each(cases)('$kind, $label', ({ kind, engine }) => {
  const golds = golden.cases[kind];
  const { T, N, inputs, units, x, w_ih, w_hh, b_ih, b_hh, h0, episode_start, y, dy, grads } = golds;
  const cellStates = 'c0' in golds ? { c0: golds.c0, c_last: golds.c_last, gradient: golds.grads.c0 } : undefined;
  // the identity in front: its weight's gradient is xᵀ·dx
  const network: Network = {
    inputShape: [inputs],
    trunk: [],
    heads: { unused: [dense(1)], y: [dense(inputs), kind === 'lstm' ? lstm(units) : gru(units)] },
  };
  const compiled = engine.compileForTraining(network, {
    rows: T * N,
    sequence: { numEnvs: N },
    distribution: { kind: 'categorical', head: 'unused' },
    optimizer: sgd(),
  });
  named(compiled.parameters, 'heads.y.0.weight').set(Float32Array.from({ length: inputs * inputs }, (_, i) => (i % (inputs + 1) === 0 ? 1 : 0)));
  named(compiled.parameters, 'heads.y.1.inputWeight').set(w_ih);
  named(compiled.parameters, 'heads.y.1.recurrentWeight').set(w_hh);
  named(compiled.parameters, 'heads.y.1.inputBias').set(b_ih);
  named(compiled.parameters, 'heads.y.1.recurrentBias').set(b_hh);
  named(compiled.initialState, 'heads.y.1.h').set(h0);
  if (cellStates) named(compiled.initialState, 'heads.y.1.c').set(cellStates.c0);
  compiled.episodeStarts.set(episode_start);
  compiled.input.set(x);
  compiled.forward(0, T * N);
  compiled.outputGradient('y').set(dy);
  compiled.backward(T * N);
  const { gradients, initialStateGradients } = compiled;

  test('the outputs', () => {
    expect(relativeError(compiled.output('y'), y)).toBeLessThan(TOLERANCE);
  });

  test.each([
    ['inputWeight', grads.w_ih],
    ['recurrentWeight', grads.w_hh],
    ['inputBias', grads.b_ih],
    ['recurrentBias', grads.b_hh],
  ] as const)('the gradient of %s', (name, expected) => {
    expect(relativeError(named(gradients, `heads.y.1.${name}`), expected)).toBeLessThan(TOLERANCE);
  });

  test('the gradient of the input', () => {
    const expected = Array.from({ length: inputs * inputs }, (_, at) => {
      let sum = 0;
      for (let row = 0; row < T * N; row++) sum += x[row * inputs + Math.floor(at / inputs)]! * grads.x[row * inputs + (at % inputs)]!;
      return sum;
    });
    expect(relativeError(named(gradients, 'heads.y.0.weight'), expected)).toBeLessThan(TOLERANCE);
  });

  test('the gradients of the initial state', () => {
    expect(relativeError(named(initialStateGradients, 'heads.y.1.h'), grads.h0)).toBeLessThan(TOLERANCE);
    if (cellStates) expect(relativeError(named(initialStateGradients, 'heads.y.1.c'), cellStates.gradient)).toBeLessThan(TOLERANCE);
  });

  test('the last state', () => {
    compiled.carryState((T - 1) * N);
    expect(relativeError(named(compiled.initialState, 'heads.y.1.h'), y.slice(-N * units))).toBeLessThan(TOLERANCE);
    if (cellStates) expect(relativeError(named(compiled.initialState, 'heads.y.1.c'), cellStates.c_last)).toBeLessThan(TOLERANCE);
  });
});
