import { type Box, box, crop, type Discrete, discrete, frameStack, grayscale, resize, type Space } from '@pg/core';
import { cartPole, defineEnv, type EnvSpec, make, swingUp, vectorize } from '@pg/envs';
import { actorCritic, actorCriticGru, bernoulli, categorical, conv, diagonalGaussian, linear, mlp } from '@pg/policies';
import { describe, expectTypeOf, test } from 'vitest';
import { a3c } from '../a3c/a3c.js';
import type { A3cUpdate } from '../a3c/a3c-learner.js';
import { type A2cUpdate, a2c } from '../algorithms/a2c.js';
import { ppo } from '../algorithms/ppo.js';
import { type ReinforceUpdate, reinforce } from '../algorithms/reinforce.js';
import type { Learner } from '../learner/learner.js';

const thermostat = defineEnv({
  id: 'thermostat',
  observation: box({ shape: [2], low: [-20, -20], high: [50, 50] }),
  action: discrete(3),
  maxSteps: 288,
  init: (rng) => ({ inside: rng.uniform(10, 15), outside: rng.uniform(-5, 5) }),
  step: ({ inside, outside }, heat, rng) => {
    const next = inside + 0.1 * (outside - inside) + 1.5 * heat + 0.05 * rng.normal();
    return { state: { inside: next, outside }, reward: -Math.abs(next - 21) - 0.1 * heat, terminated: next > 45 };
  },
  observe: ({ inside, outside }) => [inside, outside],
});

describe('what a composition knows', () => {
  test('the learner has the spaces of the environment', () => {
    const learner = reinforce()
      .env(cartPole())
      .policy(categorical({ network: mlp([64]) }))
      .build({ seed: 1 });
    expectTypeOf(learner).toEqualTypeOf<Learner<Box<readonly [4]>, Discrete<2>, ReinforceUpdate>>();
    expectTypeOf(learner.act).parameter(0).toEqualTypeOf<Float32Array>();
    expectTypeOf(learner.act).returns.toEqualTypeOf<number>();
  });

  test('a Bernoulli fits two choices', () => {
    const learner = reinforce()
      .env(cartPole())
      .policy(bernoulli({ network: linear() }))
      .build({ seed: 1 });
    expectTypeOf(learner).toEqualTypeOf<Learner<Box<readonly [4]>, Discrete<2>, ReinforceUpdate>>();
  });

  test('of an environment that only the running program knows, the spaces are open', () => {
    const learner = a2c()
      .env(make('CartPole-v1' as string))
      .policy(actorCritic({ encoder: mlp([64]) }))
      .build({ seed: 1 });
    expectTypeOf(learner).toEqualTypeOf<Learner<Space, Space, A2cUpdate>>();
    const composing = a2c().env(make('CartPole-v1' as string));
    // @ts-expect-error what is known of the policy is still checked: it has no critic
    composing.policy(categorical({ network: mlp([64]) }));
  });

  test('of an environment whose shape only the running program knows, what is known is checked', () => {
    const dynamic = make('CartPole-v1' as string) as unknown as EnvSpec<Box, Discrete>;
    const learner = a2c()
      .env(vectorize(dynamic, { numEnvs: 2 }))
      .policy(actorCritic({ encoder: mlp([64]) }))
      .build({ seed: 1 });
    expectTypeOf(learner).toEqualTypeOf<Learner<Box, Discrete, A2cUpdate>>();
    reinforce()
      .env(dynamic)
      .policy(categorical({ network: conv([]) }));
    reinforce()
      .env(dynamic)
      .policy(bernoulli({ network: mlp([8]) }));
    // the number of axes is known, their lengths are not
    const vectors = dynamic as unknown as EnvSpec<Box<readonly [number]>, Box<readonly [number]>>;
    reinforce()
      .env(vectors)
      .policy(diagonalGaussian({ network: mlp([8]) }));
    reinforce()
      .env(dynamic)
      // @ts-expect-error choices are no box, however many there are
      .policy(diagonalGaussian({ network: mlp([8]) }));
    reinforce()
      .env(vectors)
      // @ts-expect-error a box is no choice, whatever its shape
      .policy(categorical({ network: mlp([8]) }));
    reinforce()
      .env(vectors)
      // @ts-expect-error one axis is no picture
      .policy(diagonalGaussian({ network: conv([]) }));
    a2c()
      .env(dynamic)
      // @ts-expect-error A2C needs a critic
      .policy(categorical({ network: linear() }));
  });

  test('vectorising keeps the spaces, and continuous actions are arrays', () => {
    const learner = reinforce()
      .env(vectorize(swingUp(), { numEnvs: 8 }))
      .policy(diagonalGaussian({ network: linear() }))
      .build({ seed: 1 });
    expectTypeOf(learner.act).returns.toEqualTypeOf<Float32Array>();
  });

  test("A2C's updates carry the critic's metrics; an actor-critic fits any action space", () => {
    const discreteLearner = a2c()
      .env(thermostat)
      .policy(actorCritic({ encoder: mlp([32]) }))
      .options({ learningRate: (progress) => 7e-4 * (1 - progress) })
      .build({ seed: 3 });
    expectTypeOf(discreteLearner).toEqualTypeOf<Learner<Box<readonly [2]>, Discrete<3>, A2cUpdate>>();
    const continuousLearner = a2c()
      .env(swingUp())
      .policy(actorCritic({ encoder: mlp([32]) }))
      .build({ seed: 3 });
    expectTypeOf(continuousLearner.act).returns.toEqualTypeOf<Float32Array>();
  });

  test("A3C's updates say whose they are; it needs a critic", () => {
    const learner = a3c()
      .env(swingUp())
      .policy(actorCritic({ encoder: mlp([32]) }))
      .options({ mode: 'hogwild' })
      .build({ seed: 1, workers: 2, module: 'file:///agent.js' });
    expectTypeOf(learner).toEqualTypeOf<Learner<Box<readonly [5]>, Box<readonly [1]>, A3cUpdate>>();
    a3c()
      .env(cartPole())
      // @ts-expect-error A3C needs a critic
      .policy(categorical({ network: linear() }));
    // @ts-expect-error there is no third way to share
    a3c().options({ mode: 'racing' });
  });

  test("the author of an environment gets the state's and the action's types", () => {
    expectTypeOf(thermostat.actionSpace).toEqualTypeOf<Discrete<3>>();
    expectTypeOf(thermostat.observationSpace.shape).toEqualTypeOf<readonly [2]>();
  });

  test('the shape behind stages is known exactly', () => {
    const screen = defineEnv({ ...thermostat['~source'].definition, observation: box({ shape: [210, 160, 3], low: 0, high: 255 }), action: discrete(2) });
    const piped = screen
      .pipe(crop({ top: 34, height: 160 }))
      .pipe(grayscale())
      .pipe(resize([80, 80]))
      .pipe(frameStack(4));
    expectTypeOf(piped.observationSpace.shape).toEqualTypeOf<readonly [80, 80, 4]>();
  });
});

describe('the plain twins', () => {
  test('know the spaces too', () => {
    const learner = reinforce.create({ env: swingUp(), policy: diagonalGaussian({ network: mlp([8]) }), seed: 1 });
    expectTypeOf(learner).toEqualTypeOf<Learner<Box<readonly [5]>, Box<readonly [1]>, ReinforceUpdate>>();
    expectTypeOf(
      a2c.create({ env: thermostat, policy: actorCritic({ encoder: mlp([8]) }), seed: 1, options: { lambda: 0.9 } }).act,
    ).returns.toEqualTypeOf<number>();
  });

  test('refuse what does not fit', () => {
    // @ts-expect-error a softmax does not act on a box
    reinforce.create({ env: swingUp(), policy: categorical({ network: mlp([8]) }), seed: 1 });
    // @ts-expect-error A2C needs a critic
    a2c.create({ env: cartPole(), policy: categorical({ network: mlp([8]) }), seed: 1 });
  });
});

describe('what does not compile', () => {
  test('a policy that was set before another environment', () => {
    const fitting = reinforce()
      .env(cartPole())
      .policy(categorical({ network: mlp([8]) }));
    // @ts-expect-error the policy is to be set after the environment
    fitting.env(swingUp()).build({ seed: 1 });
  });

  test('policies that do not fit', () => {
    reinforce()
      .env(cartPole())
      // @ts-expect-error a Gaussian does not act on choices
      .policy(diagonalGaussian({ network: mlp([64]) }));
    reinforce()
      .env(swingUp())
      // @ts-expect-error a softmax does not act on a box
      .policy(categorical({ network: mlp([64]) }));
    reinforce()
      .env(thermostat)
      // @ts-expect-error one logit does not tell three choices apart
      .policy(bernoulli({ network: mlp([64]) }));
    reinforce()
      .env(swingUp())
      // @ts-expect-error bits are no box
      .policy(bernoulli({ network: mlp([64]) }));
    a2c()
      .env(cartPole())
      // @ts-expect-error A2C needs a critic
      .policy(categorical({ network: mlp([64]) }));
  });

  test('memories where they cannot be trained, and arguments that would be ignored', () => {
    const begin = ppo().env(cartPole());
    // @ts-expect-error PPO looks at steps in random order
    begin.policy(actorCriticGru({ encoder: mlp([8]), units: 8 }));
    a2c()
      .env(cartPole())
      .policy(actorCriticGru({ encoder: mlp([8]), units: 8 }));
    // @ts-expect-error options are set by .options()
    a2c({ learningRate: 0.1 });
  });

  test('parts that are missing', () => {
    // @ts-expect-error no environment yet
    reinforce().policy(categorical({ network: mlp([64]) }));
    // @ts-expect-error no policy
    a2c().env(cartPole()).build({ seed: 1 });
    const composed = reinforce()
      .env(cartPole())
      .policy(categorical({ network: mlp([64]) }));
    // @ts-expect-error no seed
    composed.build();
    // @ts-expect-error no checkpoint
    composed.load();
  });

  test('an algorithm that is chosen when the program runs is built as any other', () => {
    const env = vectorize(cartPole(), { numEnvs: 2 });
    const policy = actorCritic({ encoder: mlp([64]) });
    const [first, second] = [a2c().env(env).policy(policy), ppo().env(env).policy(policy)];
    const chosen = Math.abs(-1) === 1 ? first : second;
    expectTypeOf(chosen.build({ seed: 1 }).step).toEqualTypeOf<number>();
    expectTypeOf<ReturnType<typeof first.build>>().toEqualTypeOf<Learner<Box<readonly [4]>, Discrete<2>, A2cUpdate>>();
  });

  test('stages and options that do not exist', () => {
    // @ts-expect-error four numbers are no image
    cartPole().pipe(grayscale());
    a2c()
      .env(cartPole())
      .policy(actorCritic({ encoder: mlp([64]) }))
      // @ts-expect-error gama
      .options({ gama: 0.9 });
  });
});

test('a run is spread over workers by the module of its builder', () => {
  const agent = a2c()
    .env(cartPole())
    .policy(actorCritic({ encoder: mlp([64]) }));
  agent.build({ seed: 1, workers: 2, module: new URL('file:///agent.js'), export: 'agent', timeoutMs: 1000, heapMb: 100 });
  agent.options({ shards: 2 }).load('run.safetensors', { workers: 2, module: 'file:///agent.js' });
  // @ts-expect-error workers are counted
  agent.build({ seed: 1, workers: 'all' });
  // @ts-expect-error a module is named, not given
  agent.build({ seed: 1, workers: 2, module: agent });
});
