import { readFileSync } from 'node:fs';
import { a2c } from '@pg/algos';
import { Rng } from '@pg/core';
import { cartPole } from '@pg/envs';
import { identityEnv } from '@pg/envs/testing';
import { wasmEngine } from '@pg/nn';
import { actorCritic, loadPolicy, mlp } from '@pg/policies';

test('trains, saves and loads', async () => {
  expect([Rng, identityEnv, wasmEngine].map((value) => typeof value)).toEqual(Array(3).fill('function'));
  const agent = a2c()
    .env(cartPole())
    .policy(actorCritic({ encoder: mlp([8]) }));
  const learner = agent.build({ seed: 1 });
  for await (const { step } of learner.train({ steps: 20 })) if (step === 20) break;
  await learner.save('policy.safetensors');
  const policy = await loadPolicy(readFileSync('policy.safetensors'), { env: cartPole() });
  const obs = new Float32Array(4);
  expect(policy.act(obs, { greedy: true })).toBe(learner.act(obs, { greedy: true }));
  await learner.saveCheckpoint('checkpoint.safetensors');
  const resumed = await agent.load(readFileSync('checkpoint.safetensors'));
  expect(resumed.step).toBe(20);
});

// Jest's jsdom has no TextEncoder, which the encoder of PNG files behind the monitor asks for when it is imported.
const hasEncoder = typeof TextEncoder === 'function';
(hasEncoder ? test : test.skip)('the monitor loads', async () => {
  const { toMetrics } = await import('@pg/monitor');
  const { learningCurve } = await import('@pg/monitor/plots');
  expect([toMetrics, learningCurve].map((value) => typeof value)).toEqual(Array(2).fill('function'));
});
