import { IncompatiblePolicyError } from '@pg/core';
import { vectorize } from '@pg/envs';
import { sgd } from '@pg/nn';
import { actorCritic, actorCriticLstm, bernoulli, categorical, createPolicy, linear, mlp } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { corridor, type RecordedStep, recordedWalk } from '../../fixtures/environments.js';
import { type AnyLearner, train } from '../../fixtures/learners.js';
import { copyOf, criticOf, descend, distance, type Parameters, type WeighedStep } from '../../fixtures/reference.js';
import { a2c } from '../algorithms/a2c.js';
import { ppo } from '../algorithms/ppo.js';
import { reinforce } from '../algorithms/reinforce.js';
import { evaluate } from '../learner/evaluate.js';

const N = 3;
const T = 9;

describe('every algorithm learns where an action that is not allowed throws', () => {
  const envs = vectorize(corridor, { numEnvs: 8 });
  const encoder = mlp([16]);
  test.each<[string, (seed: number) => AnyLearner]>([
    [
      'REINFORCE',
      (seed) =>
        reinforce()
          .env(envs)
          .policy(categorical({ network: linear() }))
          .options({ standardize: 'batch', learningRate: 0.05 })
          .build({ seed }),
    ],
    ['A2C', (seed) => a2c().env(envs).policy(actorCritic({ encoder })).options({ rolloutLength: 10, learningRate: 0.01 }).build({ seed })],
    [
      'A2C with a memory',
      (seed) =>
        a2c()
          .env(envs)
          .policy(actorCriticLstm({ encoder, units: 8 }))
          .options({ rolloutLength: 10, learningRate: 0.01 })
          .build({ seed }),
    ],
    ['PPO', (seed) => ppo().env(envs).policy(actorCritic({ encoder })).options({ rolloutLength: 32, learningRate: 0.005 }).build({ seed })],
  ])('%s: three jumps', async (_, build) => {
    await using learner = build(1);
    expect((await learner.evaluate({ greedy: false })).meanReturn).toBeLessThan(-6);
    await train(learner, 20_000);
    expect((await learner.evaluate()).meanReturn).toBe(-3);
  });
});

/** Advantages with λ = 1 of a rollout without ends: rewards to the cut, then the value of what lies behind it. */
function weigh(steps: readonly RecordedStep[], parameters: Parameters, gamma: number): WeighedStep[] {
  const targets = new Float64Array(steps.length);
  for (let i = steps.length - 1; i >= 0; i--) {
    const { reward, nextObs } = steps[i]!;
    targets[i] = reward + gamma * (i + N < steps.length ? targets[i + N]! : criticOf(parameters, nextObs));
  }
  return steps.map(({ obs, action, mask }, i) => ({ obs, action, mask: mask!, advantage: targets[i]! - criticOf(parameters, obs), valueTarget: targets[i]! }));
}

describe('an update equals the same in float64, written plainly', () => {
  const options = { gamma: 0.9, lambda: 1, entropyCoef: 0.2, valueCoef: 0.5, normalizeAdvantages: false, learningRate: 0.3, maxGradNorm: Infinity };
  const common = { ...options, rolloutLength: T, optimizer: sgd() };
  const policy = actorCritic({ encoder: linear() });

  test.each<[string, (env: ReturnType<typeof recordedWalk>['env']) => AnyLearner]>([
    [
      'A2C',
      (env) =>
        a2c()
          .env(vectorize(env, { numEnvs: N }))
          .policy(policy)
          .options(common)
          .build({ seed: 4 }),
    ],
    // at the first minibatch of all rows the ratios are 1, unless the masks have been lost
    [
      'PPO',
      (env) =>
        ppo()
          .env(vectorize(env, { numEnvs: N }))
          .policy(policy)
          .options({ ...common, epochs: 1, minibatchSize: N * T })
          .build({ seed: 4 }),
    ],
  ])('%s', async (_, build) => {
    const { env, log } = recordedWalk({ maxSteps: 1000, masked: true });
    await using learner = build(env);
    const updates = learner.train({ steps: 1e6 });
    const kinds = new Set<string>();
    for (let i = 0; i < 4; i++) {
      log.length = 0;
      const before = copyOf(learner.policy.parameters);
      const { value: update } = await updates.next();
      for (const { mask } of log) kinds.add(`${mask}`);
      const { after, norm } = descend(before, weigh(log, before, options.gamma), options);
      expect(distance(after, before)).toBeGreaterThan(0.01);
      expect(distance(copyOf(learner.policy.parameters), after)).toBeLessThan(1e-5);
      expect(update!.gradientNorm).toBeCloseTo(norm, 4);
      if ('approxKl' in update!) expect(Math.abs(update.approxKl as number)).toBeLessThan(1e-6);
    }
    expect(kinds.size).toBe(4);
  });
});

test('later epochs of PPO judge actions by what was allowed when they were drawn', async () => {
  // a policy that hardly moves: whatever minibatch, its ratios stay at 1
  await using learner = ppo()
    .env(vectorize(corridor, { numEnvs: 8 }))
    .policy(actorCritic({ encoder: mlp([8]) }))
    .options({ rolloutLength: 32, epochs: 4, minibatchSize: 50, learningRate: 1e-9 })
    .build({ seed: 1 });
  for (const { approxKl, clipFraction, entropy } of await train(learner, 1024)) {
    expect(Math.abs(approxKl)).toBeLessThan(1e-6);
    expect(clipFraction).toBe(0);
    // of two or three allowed actions, never of four
    expect(entropy).toBeGreaterThan(Math.log(2));
    expect(entropy).toBeLessThan(Math.log(3));
  }
});

test('a policy that has no choices to rule out is refused', async () => {
  const two = recordedWalk({ maxSteps: 9, masked: true }).env;
  const narrow = two.pipe((space, env) => ({
    name: 'two',
    space,
    actionSpace: { kind: 'discrete', size: 2 } as const,
    masksActions: env.masksActions,
    wrap: (copy) => copy,
  }));
  const compose = () =>
    reinforce()
      .env(narrow)
      .policy(bernoulli({ network: linear() }))
      .build({ seed: 0 });
  expect(compose).toThrow(IncompatiblePolicyError);
  expect(compose).toThrow(
    'reinforce: got bernoulli, of which no action can be ruled out, for recorded walk | two, which says which actions are allowed; expected a policy that chooses by a softmax. Use categorical',
  );
  const policy = createPolicy(bernoulli({ network: linear() }), narrow);
  await expect(evaluate(policy, narrow)).rejects.toThrow('evaluate: got bernoulli, of which no action can be ruled out');
});

test('acting with the mask of a running environment', () => {
  const env = corridor.make();
  const policy = createPolicy(categorical({ network: linear() }), corridor, { seed: 3 });
  for (const act of [policy.act.bind(policy), policy.session().act]) {
    let obs = env.reset();
    for (let ended = false; !ended; ) {
      const step = env.step(act(obs, { mask: env.actionMask }));
      obs = step.obs;
      ended = step.terminated || step.truncated;
    }
  }
});
