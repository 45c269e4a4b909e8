import { DisposedError, InvalidOptionsError, NonFiniteError } from '@pg/core';
import { cartPole, defineEnv, swingUp, vectorize } from '@pg/envs';
import { adam, sgd } from '@pg/nn';
import { actorCritic, categorical, diagonalGaussian, mlp } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { type AnyLearner, train } from '../../fixtures/learners.js';
import { a2c } from '../algorithms/a2c.js';
import { reinforce } from '../algorithms/reinforce.js';

const allFinite = ({ policy }: AnyLearner) => policy.parameters.every(({ values }) => values.every(Number.isFinite));

describe('a setup that diverges', () => {
  test.each<[string, () => AnyLearner]>([
    [
      'A2C, gradient descent',
      () =>
        a2c()
          .env(vectorize(cartPole(), { numEnvs: 4 }))
          .policy(actorCritic({ encoder: mlp([8]) }))
          .options({ learningRate: 1e30, optimizer: sgd(), maxGradNorm: Infinity })
          .build({ seed: 0 }),
    ],
    [
      'A2C, Adam, clipped',
      () =>
        a2c()
          .env(vectorize(cartPole(), { numEnvs: 4 }))
          .policy(actorCritic({ encoder: mlp([8]) }))
          .options({ learningRate: 1e30, optimizer: adam() })
          .build({ seed: 0 }),
    ],
    [
      'REINFORCE, choices',
      () =>
        reinforce()
          .env(vectorize(cartPole(), { numEnvs: 4 }))
          .policy(categorical({ network: mlp([8], 'relu') }))
          .options({ learningRate: 1e30, rolloutLength: 10 })
          .build({ seed: 0 }),
    ],
    [
      'REINFORCE, continuous actions',
      () =>
        reinforce()
          .env(vectorize(swingUp(), { numEnvs: 4 }))
          .policy(diagonalGaussian({ network: mlp([8], 'relu') }))
          .options({ learningRate: 1e30, rolloutLength: 10 })
          .build({ seed: 0 }),
    ],
    [
      'A2C, squashed actions, clipped by value',
      () =>
        a2c()
          .env(vectorize(swingUp(), { numEnvs: 4 }))
          .policy(actorCritic({ encoder: mlp([8], 'relu'), squash: true, logStd: 'head' }))
          .options({ learningRate: 1e30, optimizer: sgd(), maxGradValue: 1, maxGradNorm: Infinity })
          .build({ seed: 0 }),
    ],
  ])('%s: ends in a NonFiniteError, with finite parameters', async (_, build) => {
    await using learner = build();
    await expect(train(learner, 4000)).rejects.toThrow(NonFiniteError);
    expect(allFinite(learner)).toBe(true);
  });

  test('a learning rate that is none is refused before it does harm', async () => {
    await using learner = a2c()
      .env(cartPole())
      .policy(actorCritic({ encoder: mlp([8]) }))
      .options({ learningRate: (progress) => (progress < 0.5 ? 0.01 : Number.NaN) })
      .build({ seed: 0 });
    await expect(train(learner, 100)).rejects.toThrow(InvalidOptionsError);
    expect(learner.step).toBe(50);
    expect(allFinite(learner)).toBe(true);
  });
});

describe('an environment that goes wrong', () => {
  const { batch: _, ...definition } = cartPole()['~source'].definition;
  let steps = 0;
  const broken = defineEnv({
    ...definition,
    step(state: Float64Array, action, rng) {
      steps += 1;
      return { ...definition.step(state, action, rng), reward: steps === 100 ? Number.NaN : 1 };
    },
  }) as unknown as ReturnType<typeof cartPole>;

  test('its error comes out of the loop, what was learned stays, and its environments are closed', async () => {
    steps = 0;
    await using learner = reinforce()
      .env(broken)
      .policy(categorical({ network: mlp([8]) }))
      .options({ rolloutLength: 30 })
      .build({ seed: 0 });
    const before: number[] = [];
    const attempt = async () => {
      for await (const update of learner.train({ steps: 300 })) before.push(update.step);
    };
    await expect(attempt()).rejects.toThrow(NonFiniteError);
    expect(before).toEqual([30, 60, 90]);
    expect(allFinite(learner)).toBe(true);
    await expect(train(learner, 60)).rejects.toThrow(DisposedError);
    expect(learner.step).toBe(90);
  });
});

test('parameters of NaN are not acted with, and evaluations say which', async () => {
  await using learner = a2c()
    .env(cartPole())
    .policy(actorCritic({ encoder: mlp([8]) }))
    .build({ seed: 0 });
  const { policy } = learner;
  policy.parameters[0]!.values[3] = Number.NaN;
  const obs = Float32Array.of(1, 1, 1, 1);
  expect(() => policy.act(obs)).toThrow(NonFiniteError);
  expect(() => policy.act(obs)).toThrow('sample: got NaN or infinity in the parameter trunk.0.weight;');
  expect(() => policy.act(obs, { greedy: true })).toThrow('mode: got NaN or infinity in the parameter trunk.0.weight;');
  await expect(learner.evaluate({ episodes: 1 })).rejects.toThrow('mode: got NaN or infinity in the parameter trunk.0.weight;');
});
