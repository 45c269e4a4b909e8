import { vectorize } from '@pg/envs';
import { sgd, wasmEngine } from '@pg/nn';
import { actorCritic, linear } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { type RecordedStep, recordedWalk } from '../../fixtures/environments.js';
import { type AnyLearner, train } from '../../fixtures/learners.js';
import { copyOf, criticOf, descend, distance, type Parameters, standardized, type WeighedStep } from '../../fixtures/reference.js';
import { a2c } from '../algorithms/a2c.js';
import { ppo } from '../algorithms/ppo.js';

const [N, T, S] = [6, 9, 3];
const gamma = 0.9;
const options = { entropyCoef: 0.1, valueCoef: 0.5, maxGradNorm: Infinity, learningRate: 0.3 };

/** n-step advantages (λ = 1) by their definition, of copies that were stepped together. */
function weigh(steps: readonly RecordedStep[], copies: number, parameters: Parameters): WeighedStep[] {
  const values = steps.map(({ obs }) => criticOf(parameters, obs));
  return steps.map(({ obs, action }, i) => {
    let target = 0;
    for (let k = i, weight = 1; k < steps.length; k += copies, weight *= gamma) {
      const { reward, terminated, truncated, nextObs } = steps[k]!;
      target += weight * reward;
      const last = k + copies >= steps.length;
      if (!terminated && (truncated || last)) target += weight * gamma * criticOf(parameters, nextObs);
      if (terminated || truncated) break;
    }
    return { obs, action, advantage: target - values[i]!, valueTarget: target };
  });
}

/** What a log of the shards, one after the other, says of all steps together. */
function weighAll(log: readonly RecordedStep[], parameters: Parameters, normalizeAdvantages: boolean): WeighedStep[] {
  const size = log.length / S;
  const steps = Array.from({ length: S }, (_, shard) => weigh(log.slice(shard * size, (shard + 1) * size), N / S, parameters)).flat();
  if (!normalizeAdvantages) return steps;
  const scaled = standardized(steps.map(({ advantage }) => advantage));
  return steps.map((step, i) => ({ ...step, advantage: scaled[i]! }));
}

describe.each([true, false])('the sum over three shards is the gradient of all steps, in float64 (advantages standardised: %s)', (normalizeAdvantages) => {
  test.each<[string, (env: ReturnType<typeof recordedWalk>['env']) => AnyLearner]>([
    [
      'A2C, in memory that the shards share',
      (env) =>
        a2c()
          .env(vectorize(env, { numEnvs: N }))
          .policy(actorCritic({ encoder: linear() }))
          .options({ ...options, gamma, rolloutLength: T, shards: S, normalizeAdvantages, optimizer: sgd() })
          .build({ seed: 4 }),
    ],
    [
      'A2C, with copies of the parameters',
      (env) =>
        a2c()
          .env(vectorize(env, { numEnvs: N }))
          .policy(actorCritic({ encoder: linear() }))
          .options({ ...options, gamma, rolloutLength: T, shards: S, normalizeAdvantages, optimizer: sgd() })
          .build({ seed: 4, engine: wasmEngine() }),
    ],
    [
      // of the first minibatch the ratios are 1
      'PPO',
      (env) =>
        ppo()
          .env(vectorize(env, { numEnvs: N }))
          .policy(actorCritic({ encoder: linear() }))
          .options({ ...options, gamma, lambda: 1, rolloutLength: T, shards: S, minibatchSize: T * N, epochs: 1, normalizeAdvantages, optimizer: sgd() })
          .build({ seed: 4 }),
    ],
  ])('%s', async (_, build) => {
    const { env, log } = recordedWalk({ maxSteps: 5, longest: 9 });
    await using learner = build(env);
    for (let i = 0; i < 2; i++) {
      log.length = 0;
      const before = copyOf(learner.policy.parameters);
      const [update] = await train(learner, T * N);
      const { after, norm } = descend(before, weighAll(log, before, normalizeAdvantages), options);
      expect(log.length).toBe(T * N);
      expect(distance(after, before)).toBeGreaterThan(0.02);
      expect(distance(copyOf(learner.policy.parameters), after)).toBeLessThan(1e-5);
      expect(update!.gradientNorm).toBeCloseTo(norm, 4);
    }
  });
});

test('whether shards share the parameters or copy them changes no bit', async () => {
  const build = (copies: boolean) =>
    a2c()
      .env(vectorize(recordedWalk({ maxSteps: 7 }).env, { numEnvs: N }))
      .policy(actorCritic({ encoder: linear() }))
      .options({ rolloutLength: T, shards: S, normalizeAdvantages: true, learningRate: 0.01 })
      .build({ seed: 4, ...(copies && { engine: wasmEngine() }) });
  await using sharing = build(false);
  await using copying = build(true);
  expect(await train(copying, 2000)).toEqual(await train(sharing, 2000));
  expect(Buffer.compare(copying.toCheckpoint(), sharing.toCheckpoint())).toBe(0);
});
