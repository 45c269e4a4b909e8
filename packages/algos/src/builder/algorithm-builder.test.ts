import { box, IncompatiblePolicyError, InvalidOptionsError } from '@pg/core';
import { cartPole, defineEnv, swingUp, vectorize } from '@pg/envs';
import { wasmEngine } from '@pg/nn';
import { actorCritic, actorCriticLstm, categorical, diagonalGaussian, linear, mlp } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { train } from '../../fixtures/learners.js';
import { a3c } from '../a3c/a3c.js';
import { a2c } from '../algorithms/a2c.js';
import { ppo } from '../algorithms/ppo.js';
import { reinforce } from '../algorithms/reinforce.js';

const policy = categorical({ network: linear() });
const critic = actorCritic({ encoder: linear() });

/** The builder as JavaScript sees it, where no compiler stops anything. */
// biome-ignore lint/suspicious/noExplicitAny: that is the point
const untyped = (builder: object): any => builder;

const algorithms = [
  ['reinforce', () => untyped(reinforce()), policy],
  ['a2c', () => untyped(a2c()), critic],
  ['a3c', () => untyped(a3c()), critic],
] as const;

describe.each(algorithms)('%s', (name, begin, fitting) => {
  test('forks never change their origin', async () => {
    const origin = begin().env(cartPole()).policy(fitting).options({ rolloutLength: 20, learningRate: 0.01 });
    const before = await train(origin.build({ seed: 1 }), 100);
    const fork = origin.options({ learningRate: 0.5, gamma: 0.5 });
    const other = origin.env(vectorize(cartPole(), { numEnvs: 3 })).options({ rolloutLength: 7 });
    expect((await train(fork.build({ seed: 1 }), 20))[0]!.learningRate).toBe(0.5);
    expect((await train(other.build({ seed: 1 }), 20))[0]!.step).toBe(21);
    expect(await train(origin.build({ seed: 1 }), 100)).toEqual(before);
    expect(Object.isFrozen(origin)).toBe(true);
  });

  test('options add up, the last one counts', async () => {
    const learner = begin()
      .options({ rolloutLength: 5 })
      .env(cartPole())
      .options({ learningRate: 0.25 })
      .policy(fitting)
      .options({ rolloutLength: 8 })
      .build({ seed: 0 });
    expect((await train(learner, 8))[0]).toMatchObject({ step: 8, learningRate: 0.25 });
  });

  test('an options object that changes later changes nothing', async () => {
    const options = { rolloutLength: 5 };
    const builder = begin().env(cartPole()).policy(fitting).options(options);
    options.rolloutLength = 9;
    expect((await train(builder.build({ seed: 0 }), 1))[0]!.step).toBe(5);
  });

  test('the plain twin does the same', async () => {
    const options = { rolloutLength: 10, gamma: 0.9 };
    const parts = { env: cartPole(), options, seed: 3, engine: wasmEngine() };
    const twins = {
      a2c: a2c.create({ ...parts, policy: critic }),
      a3c: a3c.create({ ...parts, policy: critic }),
      reinforce: reinforce.create({ ...parts, policy }),
    };
    const twin = twins[name];
    const built = begin().env(cartPole()).policy(fitting).options(options).build({ seed: 3 });
    expect(await train(twin, 50)).toEqual(await train(built, 50));
    expect(twin.policy.toBytes()).toEqual(built.policy.toBytes());
  });

  test.each([0, -5, Number.MAX_SAFE_INTEGER])('%d is a seed', (seed) => {
    const learner = begin().env(cartPole()).policy(fitting).build({ seed });
    expect(learner.step).toBe(0);
  });

  test.each<[unknown, string]>([
    [{ gama: 0.9 }, 'got the unknown option "gama"'],
    [{ gama: 0.9 }, 'Did you mean "gamma"?'],
    [{ rolloutLenght: 5 }, 'Did you mean "rolloutLength"?'],
    [{ gamma: 1.01 }, 'got gamma: 1.01; expected a number at most 1. Change "gamma".'],
    [{ gamma: -0.1 }, 'got gamma: -0.1; expected a number at least 0. Change "gamma".'],
    [{ gamma: Number.NaN }, 'got gamma: NaN; expected a finite number. Change "gamma".'],
    [{ gamma: '0.9' }, 'got gamma: "0.9"; expected a number. Change "gamma".'],
    [{ entropyCoef: -1 }, 'got entropyCoef: -1; expected a finite number at least 0, or a schedule (progress) => number. Change "entropyCoef".'],
    [{ rolloutLength: 0 }, 'got rolloutLength: 0; expected a number at least 1. Change "rolloutLength".'],
    [{ maxGradNorm: 0 }, 'got maxGradNorm: 0; expected a number greater than 0, or Infinity. Change "maxGradNorm".'],
    [{ learningRate: -1 }, 'got learningRate: -1; expected a finite number at least 0, or a schedule (progress) => number. Change "learningRate".'],
    [{ optimizer: 'adam' }, 'got optimizer: "adam"; expected adam(), rmsprop() or sgd() of @pg/nn. Change "optimizer".'],
    [undefined, 'got undefined; expected an options object.'],
  ])('refuses the options %j at once', (options, message) => {
    expect(() => begin().options(options)).toThrow(InvalidOptionsError);
    expect(() => begin().options(options)).toThrow(`${name}().options: got `);
    expect(() => begin().options(options)).toThrow(message);
  });

  test.each<[string, (builder: ReturnType<typeof untyped>) => unknown, string]>([
    [
      'an environment',
      (builder) => builder.policy(fitting).build({ seed: 1 }),
      `${name}: got env: undefined; expected an environment specification. Call .env(cartPole()) before .build(), or give ${name}.create an env.`,
    ],
    [
      'a policy',
      (builder) => builder.env(cartPole()).build({ seed: 1 }),
      `${name}: got policy: undefined; expected a policy specification. Call .policy(...) before .build(), or give ${name}.create a policy.`,
    ],
    ['a seed', (builder) => builder.env(cartPole()).policy(fitting).build({}), `${name}().build: got no option "seed"; expected a number. Set "seed".`],
    ['anything', (builder) => builder.env(cartPole()).policy(fitting).build(), `${name}().build: got no option "seed"; expected a number. Set "seed".`],
  ])('refuses to build without %s', (_, build, message) => {
    expect(() => build(begin())).toThrow(InvalidOptionsError);
    expect(() => build(begin())).toThrow(message);
  });

  test.each<[object, string]>([
    [{ seed: 1.5 }, 'got seed: 1.5; expected a whole number. Change "seed".'],
    [{ seed: Number.NaN }, 'got seed: NaN; expected a finite number. Change "seed".'],
    [{ seed: '7' }, 'got seed: "7"; expected a number. Change "seed".'],
    [{ seed: 2 ** 53 }, 'got seed: 9007199254740992; expected a number at most 9007199254740991. Change "seed".'],
    [
      { sead: 1 },
      'got the unknown option "sead"; expected one of: seed, engine, workers, module, export, startWorker, timeoutMs, heapMb. Did you mean "seed"?',
    ],
    [{ seed: 1, engine: 'wasm' }, 'got engine: "wasm"; expected an engine: wasmEngine() of @pg/nn. Change "engine".'],
  ])('refuses to build with %j', (options, message) => {
    const builder = begin().env(cartPole()).policy(fitting);
    expect(() => builder.build(options)).toThrow(`${name}().build: ${message}`);
  });

  test('refuses what is no environment and no policy', () => {
    expect(() => begin().env(cartPole).policy(fitting).build({ seed: 1 })).toThrow(
      `${name}: got env: the function cartPole; expected an environment specification.`,
    );
    expect(() => begin().env(cartPole()).policy(linear()).build({ seed: 1 })).toThrow(
      `${name}: got policy: an object with keys [name, inputRank, layers]; expected a policy specification.`,
    );
  });

  test('the plain twin refuses what is missing or unknown as well', () => {
    const create = untyped({ a2c: a2c.create, a3c: a3c.create, reinforce: reinforce.create }[name]);
    expect(() => create(undefined)).toThrow(`${name}: got env: undefined; expected an environment specification.`);
    expect(() => create({ env: cartPole(), policy: fitting })).toThrow(`${name}: got no option "seed"; expected a number. Set "seed".`);
    expect(() => create({ env: cartPole(), policy: fitting, seed: 1, option: {} })).toThrow(
      `${name}: got the unknown option "option"; expected one of: env, policy, options, seed, engine, workers, module, export, startWorker, timeoutMs, heapMb. Did you mean "options"?`,
    );
    expect(() => create({ env: cartPole(), policy: fitting, seed: 1, options: { gama: 1 } })).toThrow(`${name}: got the unknown option "gama"`);
  });
});

describe('options by other names', () => {
  test.each<[string, string]>([
    ['nSteps', 'rolloutLength'],
    ['n_steps', 'rolloutLength'],
    ['entCoef', 'entropyCoef'],
    ['vf_coef', 'valueCoef'],
    ['gaeLambda', 'lambda'],
    ['learning_rate', 'learningRate'],
    ['max_grad_norm', 'maxGradNorm'],
    ['batch_size', 'minibatchSize'],
    ['n_epochs', 'epochs'],
    ['clip_range_vf', 'clipRangeValue'],
    ['normalize_advantage', 'normalizeAdvantages'],
    ['target_kl', 'targetKl'],
  ])('%s: did you mean %s?', (name, own) => {
    expect(() => untyped(ppo()).options({ [name]: 1 })).toThrow(`Did you mean "${own}"?`);
  });

  test('in training and evaluation too', async () => {
    await using learner = reinforce().env(cartPole()).policy(policy).build({ seed: 0 });
    expect(() => untyped(learner).train({ totalTimesteps: 10 })).toThrow('Did you mean "steps"?');
    await expect(untyped(learner).evaluate({ nEvalEpisodes: 10 })).rejects.toThrow('Did you mean "episodes"?');
    await expect(untyped(learner).evaluate({ deterministic: true })).rejects.toThrow('Did you mean "greedy"?');
  });
});

test.each([a2c, ppo, reinforce])('%o takes no arguments', (algorithm) => {
  expect(() => untyped(algorithm)({ learningRate: 0.1 })).toThrow(
    `${algorithm.name}: got an object with keys [learningRate]; expected no argument. Write ${algorithm.name}().options({ … }), or pass everything to ${algorithm.name}.create({ env, policy, options, seed }).`,
  );
});

describe('policies that do not fit, for callers without a compiler', () => {
  const square = defineEnv({
    ...cartPole()['~source'].definition,
    id: 'square',
    observation: box({ shape: [2, 2], low: 0, high: 1 }),
  });

  test.each<[string, () => unknown, string]>([
    [
      'a Gaussian for choices',
      () =>
        untyped(reinforce())
          .env(cartPole())
          .policy(diagonalGaussian({ network: linear() }))
          .build({ seed: 0 }),
      'diagonalGaussian: got an environment that takes Discrete<2>; expected a Box space. Use categorical for it.',
    ],
    [
      'a softmax for a box',
      () => untyped(reinforce()).env(swingUp()).policy(policy).build({ seed: 0 }),
      'categorical: got an environment that takes Box<[1]>; expected a Discrete space. Use diagonalGaussian for it.',
    ],
    [
      'no critic',
      () => untyped(a2c()).env(cartPole()).policy(policy).build({ seed: 0 }),
      'a2c: got categorical, which has no critic; expected a policy with a value function. Use actorCritic.',
    ],
    [
      'a network for vectors on an image',
      () =>
        untyped(reinforce())
          .env(square)
          .policy(categorical({ network: mlp([4]) }))
          .build({ seed: 0 }),
      'categorical: got observations of Box<[2, 2]>; expected Box<[number]>, which is what mlp([4]) reads. Use a network for such observations.',
    ],
    [
      'a memory for minibatches of steps in random order',
      () =>
        untyped(ppo())
          .env(cartPole())
          .policy(actorCriticLstm({ encoder: mlp([4]), units: 4 }))
          .build({ seed: 0 }),
      'ppo: got actorCriticLstm, which remembers what it has seen; expected a policy without a memory. Use actorCritic, or train it with a2c.',
    ],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(IncompatiblePolicyError);
    expect(build).toThrow(message);
  });
});

describe('REINFORCE: whole episodes or fixed rollouts', () => {
  const begin = (numEnvs = 4) => reinforce().env(vectorize(cartPole(), { numEnvs })).policy(policy);

  test('16 episodes by default', async () => {
    const [update] = await train(begin().build({ seed: 0 }), 1);
    expect(update!.episodes).toBe(16);
    const [uneven] = await train(begin(3).build({ seed: 0 }), 1);
    expect(uneven!.episodes).toBe(18);
  });

  test.each<[string, () => unknown, string]>([
    [
      'both',
      () => begin().options({ rolloutLength: 5, episodesPerUpdate: 4 }).build({ seed: 0 }),
      'reinforce: got both episodesPerUpdate: 4 and rolloutLength: 5; expected one of them.',
    ],
    [
      'no multiple of the environments',
      () => begin().options({ episodesPerUpdate: 6 }).build({ seed: 0 }),
      'reinforce: got episodesPerUpdate: 6 with 4 environments; expected a multiple of 4. Use 8',
    ],
    [
      'episodes that need not end',
      () =>
        reinforce()
          .env(defineEnv({ ...cartPole()['~source'].definition, maxSteps: Infinity }) as unknown as ReturnType<typeof cartPole>)
          .policy(policy)
          .build({ seed: 0 }),
      'reinforce: got whole episodes of an environment without a time limit; expected episodes that end. Set rolloutLength',
    ],
  ])('refuses %s', (_, build, message) => {
    expect(build).toThrow(InvalidOptionsError);
    expect(build).toThrow(message);
  });

  test('fixed rollouts need no time limit', async () => {
    const endless = defineEnv({ ...cartPole()['~source'].definition, maxSteps: Infinity }) as unknown as ReturnType<typeof cartPole>;
    const learner = reinforce().env(endless).policy(policy).options({ rolloutLength: 25 }).build({ seed: 0 });
    expect((await train(learner, 50)).map(({ step }) => step)).toEqual([25, 50]);
  });
});
