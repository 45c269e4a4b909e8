import { NonFiniteError, Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { constant } from '../../../initializers/constant.js';
import { dense, tanh } from '../../../network/layer.js';
import type { Network } from '../../../network/network.js';
import type { DistributionSpec } from '../../distribution-spec.js';
import type { CompiledNetwork } from '../../engine.js';
import { wasmEngine } from '../wasm-engine.js';

const network: Network = {
  inputShape: [2],
  trunk: [dense(4), tanh()],
  heads: { policy: [dense(3)], value: [dense(1)] },
  vectors: { logStd: { size: 3, init: constant(-0.5) } },
};
const rows = 5;
const distributions: [string, DistributionSpec][] = [
  ['categorical', { kind: 'categorical', head: 'policy' }],
  ['Gaussian', { kind: 'diagonalGaussian', head: 'policy', logStd: 'logStd' }],
];
const acts: [string, (compiled: CompiledNetwork, first?: number, count?: number) => void][] = [
  ['sample', ({ distribution }, first = 0, count = rows) => distribution.sample(first, count, Rng.fromSeed(1))],
  ['mode', ({ distribution }, first = 0, count = rows) => distribution.mode(first, count)],
];

describe.each(distributions)('%s actions', (_, distribution) => {
  const compile = () => wasmEngine().compile(network, { rows, distribution });
  const parameter = (compiled: CompiledNetwork, name: string) => compiled.parameters.find((tensor) => tensor.name === name)!.values;

  describe.each(acts)('%s', (name, act) => {
    test.each([Number.NaN, Infinity, -Infinity])('refuses the observation %d and names its row, and takes the others', (bad) => {
      const compiled = compile();
      for (const { values } of compiled.parameters) values.fill(0.1);
      // through tanh an infinity is ±1, an action like others; without an activation before the head it arrives
      const plain = wasmEngine().compile({ ...network, trunk: [] }, { rows, distribution });
      for (const { values } of plain.parameters) values.fill(0.1);
      const subject = Number.isNaN(bad) ? compiled : plain;
      subject.input[6] = bad;
      subject.forward(0, rows);
      if (name === 'mode' && bad === -Infinity && distribution.kind === 'categorical') return expect(() => act(subject)).not.toThrow();
      expect(() => act(subject)).toThrow(NonFiniteError);
      expect(() => act(subject)).toThrow(
        `${name}: got NaN or infinity in the inputs of row 3; expected finite numbers. Look for where the observation is made.`,
      );
      expect(() => act(subject, 0, 3)).not.toThrow();
      expect(() => act(subject, 4, 1)).not.toThrow();
    });

    test.each(['trunk.0.weight', 'heads.policy.0.bias'])('names the parameter %s', (bad) => {
      const compiled = compile();
      compiled.input.fill(1);
      parameter(compiled, bad)[1] = Number.NaN;
      compiled.forward(0, rows);
      expect(() => act(compiled)).toThrow(`${name}: got NaN or infinity in the parameter ${bad}; expected finite numbers.`);
    });

    test('names the head where finite numbers overflow', () => {
      const compiled = wasmEngine().compile({ ...network, trunk: [] }, { rows, distribution });
      compiled.input.fill(1e30, 4, 6);
      parameter(compiled, 'heads.policy.0.weight').fill(1e30);
      compiled.forward(0, rows);
      expect(() => act(compiled)).toThrow(`${name}: got NaN or infinity in the distribution of the head policy in row 2; expected finite numbers.`);
    });

    test('takes ordinary numbers', () => {
      const compiled = compile();
      compiled.input.fill(3);
      compiled.forward(0, rows);
      act(compiled);
      expect([...compiled.distribution.actions].every(Number.isFinite)).toBe(true);
    });
  });
});

test('a log σ of NaN is seen when actions are drawn, and does not decide the most probable one', () => {
  const compiled = wasmEngine().compile(network, { rows, distribution: { kind: 'diagonalGaussian', head: 'policy', logStd: 'logStd' } });
  compiled.parameters.find(({ name }) => name === 'logStd')!.values[2] = Number.NaN;
  compiled.forward(0, rows);
  expect(() => compiled.distribution.sample(0, rows, Rng.fromSeed(1))).toThrow('sample: got NaN or infinity in the parameter logStd;');
  expect(() => compiled.distribution.mode(0, rows)).not.toThrow();
});

test('a logit of −∞ is a class of probability 0', () => {
  const compiled = wasmEngine().compile(network, { rows, distribution: { kind: 'categorical', head: 'policy' } });
  compiled.output('policy').set([0, -Infinity, -1]);
  compiled.distribution.mode(0, 1);
  compiled.distribution.sample(0, 1, Rng.fromSeed(1));
  expect(compiled.distribution.actions[0]).not.toBe(1);
  expect(compiled.distribution.logProbs[0]).toBeLessThan(0);
});
