import { Rng } from '@pg/core';
import { vectorize } from '@pg/envs';
import { actorCritic, mlp } from '@pg/policies';
import { expect, test } from 'vitest';
import { recordedWalk } from '../../fixtures/environments.js';
import { collectorOf } from '../../fixtures/runs.js';
import { policyGradientLoss } from '../losses/policy-gradient-loss.js';
import type { Batch } from '../rollouts/batch.js';
import { coefficientsOf } from '../rollouts/judged-rows.js';

test.each([false, true])('what acting left behind serves the backward pass as a fresh forward pass would, bit for bit (continuous: %s)', (continuous) => {
  const N = 5;
  const T = 60;
  const { env } = recordedWalk({ maxSteps: 9, longest: 20, continuous });
  const { run, collector, rollout } = collectorOf(vectorize(env, { numEnvs: N }), T, { policy: actorCritic({ encoder: mlp([16, 8]) }) });
  const { network } = run;
  collector.collectSteps();
  const rng = Rng.fromSeed(1);
  const advantages = Float32Array.from({ length: T * N }, () => rng.normal());
  const gradients = () => {
    const { logProbs, entropies } = network.distribution;
    const batch = { rows: T * N, count: T * N, valid: rollout.valid, logProbs, entropies, gradients: coefficientsOf(network, 'value', T * N) };
    policyGradientLoss(batch as unknown as Batch, advantages, { entropyCoef: 0.1 });
    network.outputGradient('value').set(advantages);
    network.backward(T * N);
    return network.gradients.map(({ name, values }) => [name, values.slice()]);
  };
  const stored = gradients();
  const [logProbs, entropies] = [network.distribution.logProbs.slice(), network.distribution.entropies.slice()];
  network.forward(0, T * N);
  network.distribution.evaluate(0, T * N);
  expect(network.distribution.logProbs.subarray(0, T * N)).toEqual(logProbs.subarray(0, T * N));
  expect(network.distribution.entropies.subarray(0, T * N)).toEqual(entropies.subarray(0, T * N));
  expect(gradients()).toEqual(stored);
  expect(stored.every(([, values]) => (values as Float32Array).some((value) => value !== 0))).toBe(true);
});
