import { readFileSync } from 'node:fs';
import { a2c } from '@pg/algos';
import { Rng } from '@pg/core';
import { cartPole } from '@pg/envs';
import { identityEnv } from '@pg/envs/testing';
import { toMetrics } from '@pg/monitor';
import { learningCurve } from '@pg/monitor/plots';
import { wasmEngine } from '@pg/nn';
import { actorCritic, loadPolicy, mlp } from '@pg/policies';

test('trains, saves and loads', async () => {
  expect([Rng, identityEnv, toMetrics, learningCurve, wasmEngine].map((value) => typeof value)).toEqual(Array(5).fill('function'));
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
