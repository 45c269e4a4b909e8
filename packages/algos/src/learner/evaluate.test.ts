import { box, discrete, IncompatiblePolicyError, moments } from '@pg/core';
import { cartPole, defineEnv, swingUp, vectorize } from '@pg/envs';
import { actorCritic, categorical, createPolicy, diagonalGaussian, linear, loadPolicy, mlp } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { scripted } from '../../fixtures/environments.js';
import { train } from '../../fixtures/learners.js';
import { a3c } from '../a3c/a3c.js';
import { a2c } from '../algorithms/a2c.js';
import { reinforce } from '../algorithms/reinforce.js';
import { evaluate } from './evaluate.js';

const cartPolePolicy = () => createPolicy(categorical({ network: mlp([8]) }), cartPole(), { seed: 1 });

/** Goes on until it is told to stop, which counts as 10; every other step is worth 1. */
const endless = defineEnv({
  id: 'endless',
  observation: box({ shape: [1], low: -1, high: 1 }),
  action: discrete(2),
  maxSteps: 1e9,
  init: (rng) => ({ time: 0, end: rng.integer(2) === 0 ? 3 : Infinity }),
  step: ({ time, end }) => ({ state: { time: time + 1, end }, reward: time + 1 === end ? 10 : 1, terminated: time + 1 === end }),
  observe: () => [0],
});
const endlessPolicy = () => createPolicy(categorical({ network: linear() }), endless);

describe('episodes that do not end', () => {
  test('are cut at maxSteps, count with what they returned, and are told', async () => {
    const { returns, lengths, unfinished } = await evaluate(endlessPolicy(), endless, { episodes: 20, maxSteps: 7 });
    expect(new Set(returns.map((value, i) => `${lengths[i]}: ${value}`))).toEqual(new Set(['3: 12', '7: 7']));
    expect(unfinished).toBe(lengths.filter((length) => length === 7).length);
    expect(unfinished).toBeGreaterThan(0);
  });

  test('an episode that ends with the last step that is allowed is finished', async () => {
    const { lengths, unfinished } = await evaluate(endlessPolicy(), endless, { episodes: 20, maxSteps: 3 });
    expect(lengths.every((length) => length === 3)).toBe(true);
    expect(unfinished).toBeGreaterThan(0);
    expect(unfinished).toBeLessThan(20);
  });

  test("the environment's own limit stays, and does not count as unfinished", async () => {
    const env = scripted([9], 4);
    const policy = createPolicy(categorical({ network: linear() }), env);
    for (const maxSteps of [4, 5, 100]) {
      expect(await evaluate(policy, env, { episodes: 3, maxSteps })).toMatchObject({ lengths: [4, 4, 4], unfinished: 0 });
    }
  });

  test('an environment without a time limit can be evaluated with maxSteps', async () => {
    const forever = defineEnv({ ...endless['~source'].definition, maxSteps: Infinity }) as unknown as typeof endless;
    const policy = createPolicy(categorical({ network: linear() }), forever);
    expect((await evaluate(policy, forever, { episodes: 5, maxSteps: 4 })).lengths).toHaveLength(5);
    await expect(evaluate(policy, forever, { episodes: 5 })).rejects.toThrow('Set maxSteps here, or give the environment a finite one.');
  });

  test('a signal stops them: the promise is rejected with its reason', async () => {
    const controller = new AbortController();
    const evaluation = evaluate(endlessPolicy(), endless, { episodes: 8, signal: controller.signal });
    setTimeout(() => controller.abort(new RangeError('enough')), 0);
    await expect(evaluation).rejects.toThrow('enough');
    await expect(evaluate(endlessPolicy(), endless, { signal: AbortSignal.abort() })).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });

  test.each([
    [{ maxSteps: 0 }, 'evaluate: got maxSteps: 0; expected a number at least 1.'],
    [{ signal: true }, 'evaluate: got signal: true; expected an AbortSignal.'],
  ])('refuses %j', async (options, message) => {
    await expect(evaluate(endlessPolicy(), endless, options as object)).rejects.toThrow(message);
  });

  test.each([a2c, a3c])('a learner passes both on: %o', async (make) => {
    await using learner = make()
      .env(endless)
      .policy(actorCritic({ encoder: linear() }))
      .build({ seed: 1 });
    expect((await learner.evaluate({ episodes: 4, maxSteps: 5 })).lengths.every((length) => length <= 5)).toBe(true);
    await expect(learner.evaluate({ signal: AbortSignal.abort(new RangeError('enough')) })).rejects.toThrow('enough');
  });
});

describe('evaluate', () => {
  test.each([1, 2, 100, 128, 129, 300])('plays exactly %d episodes', async (episodes) => {
    const { returns, lengths } = await evaluate(cartPolePolicy(), cartPole({ maxSteps: 20 }), { episodes });
    expect([returns.length, lengths.length]).toEqual([episodes, episodes]);
  });

  test('100 by default', async () => {
    expect((await evaluate(cartPolePolicy(), cartPole({ maxSteps: 20 }))).returns).toHaveLength(100);
  });

  test('returns and lengths of whole episodes, and their moments', async () => {
    const env = scripted([3, 5], 4);
    const result = await evaluate(createPolicy(categorical({ network: linear() }), env), env, { episodes: 40 });
    // 1 + 2 + 3, or cut after 1 + 2 + 3 + 4
    expect(new Set(result.returns)).toEqual(new Set([6, 10]));
    expect(result.lengths).toEqual(result.returns.map((value) => (value === 6 ? 3 : 4)));
    const { mean, std } = moments(result.returns);
    expect(result).toMatchObject({ meanReturn: mean, stdReturn: std, meanLength: moments(result.lengths).mean });
  });

  test('short episodes are not preferred when there are more episodes than copies', async () => {
    const env = scripted([1, 20], 20);
    const { meanLength } = await evaluate(createPolicy(categorical({ network: linear() }), env), env, { episodes: 1280 });
    // 5 standard errors of 9.5/√1280
    expect(Math.abs(meanLength - 10.5)).toBeLessThan(1.33);
  });

  test('greedy by default: drawn actions are another matter', async () => {
    const policy = cartPolePolicy();
    const greedy = await evaluate(policy, cartPole(), { episodes: 20 });
    expect(await evaluate(policy, cartPole(), { episodes: 20, greedy: true })).toEqual(greedy);
    expect(await evaluate(policy, cartPole(), { episodes: 20, greedy: false })).not.toEqual(greedy);
  });

  test('greedy takes the most probable action: it equals playing by act', async () => {
    const env = cartPole();
    const still = defineEnv({
      ...env['~source'].definition,
      init: () => new Float64Array([0.01, 0.02, 0.03, 0.04]),
      batch: undefined as never,
    }) as unknown as typeof env;
    const policy = cartPolePolicy();
    const { lengths } = await evaluate(policy, still, { episodes: 2 });
    const running = still.make();
    let obs = running.reset();
    let length = 0;
    for (let ended = false; !ended; length++) {
      const result = running.step(policy.act(obs, { greedy: true }));
      obs = result.obs;
      ended = result.terminated || result.truncated;
    }
    expect(lengths).toEqual([length, length]);
  });

  test.each([true, false])('the same seed gives the same episodes, another seed others (greedy: %s)', async (greedy) => {
    const policy = cartPolePolicy();
    const play = (seed: number) => evaluate(policy, cartPole(), { episodes: 10, greedy, seed });
    expect(await play(5)).toEqual(await play(5));
    expect(await play(6)).not.toEqual(await play(5));
    expect(await evaluate(policy, cartPole(), { episodes: 10, greedy })).toEqual(await play(0));
  });

  test('leaves the policy and its random stream alone', async () => {
    const [used, untouched] = [cartPolePolicy(), cartPolePolicy()];
    await evaluate(used, cartPole(), { episodes: 10, greedy: false });
    expect(used.toBytes()).toEqual(untouched.toBytes());
    const obs = new Float32Array(4);
    const draw = (policy: typeof used) => Array.from({ length: 50 }, () => policy.act(obs));
    expect(draw(used)).toEqual(draw(untouched));
  });

  test('a loaded policy does as the one that was saved', async () => {
    const policy = cartPolePolicy();
    const loaded = await loadPolicy(policy.toBytes(), { env: cartPole() });
    expect(await evaluate(loaded, cartPole(), { episodes: 10 })).toEqual(await evaluate(policy, cartPole(), { episodes: 10 }));
  });

  test('a vectorised specification counts as what it copies', async () => {
    const policy = cartPolePolicy();
    expect(await evaluate(policy, vectorize(cartPole(), { numEnvs: 3 }), { episodes: 10 })).toEqual(await evaluate(policy, cartPole(), { episodes: 10 }));
  });

  test('continuous actions are clipped for the environment', async () => {
    const policy = createPolicy(diagonalGaussian({ network: linear(), initialLogStd: 2 }), swingUp({ maxSteps: 30 }));
    const { lengths } = await evaluate(policy, swingUp({ maxSteps: 30 }), { episodes: 5, greedy: false });
    expect(lengths).toHaveLength(5);
  });

  test('other work gets its turns', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    await evaluate(
      cartPolePolicy(),
      defineEnv({
        ...cartPole({ maxSteps: 20_000 })['~source'].definition,
        step: (state: Float64Array) => ({ state, reward: 1, terminated: false }),
        batch: undefined as never,
      }) as unknown as ReturnType<typeof cartPole>,
      { episodes: 2 },
    );
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });
});

describe("a learner's evaluate", () => {
  const build = (seed: number) =>
    reinforce()
      .env(vectorize(cartPole(), { numEnvs: 4 }))
      .policy(categorical({ network: linear() }))
      .options({ rolloutLength: 50 })
      .build({ seed });

  test("depends on the policy and the seed, not on training's state", async () => {
    await using learner = build(2);
    const { policy } = learner;
    const fresh = await learner.evaluate({ episodes: 20 });
    // training at rate 0 moves the environments on, but not the policy
    await using idle = reinforce()
      .env(vectorize(cartPole(), { numEnvs: 4 }))
      .policy(categorical({ network: linear() }))
      .options({ rolloutLength: 50, learningRate: 0 })
      .build({ seed: 2 });
    await train(idle, 1000);
    expect(idle.policy.toBytes()).toEqual(policy.toBytes());
    expect(await idle.evaluate({ episodes: 20 })).toEqual(fresh);
    expect(await evaluate(policy, cartPole(), { episodes: 20, seed: 2 })).toEqual(fresh);
  });

  test("takes the run's seed by default", async () => {
    await using learner = build(2);
    expect(await learner.evaluate({ episodes: 20, seed: 2 })).toEqual(await learner.evaluate({ episodes: 20 }));
    expect(await learner.evaluate({ episodes: 20, seed: 3 })).not.toEqual(await learner.evaluate({ episodes: 20 }));
  });
});

describe('refuses', () => {
  test.each<[object, string]>([
    [{ episodes: 0 }, 'evaluate: got episodes: 0; expected a number at least 1. Change "episodes".'],
    [{ episodes: 1.5 }, 'evaluate: got episodes: 1.5; expected a whole number. Change "episodes".'],
    [{ seed: 0.5 }, 'evaluate: got seed: 0.5; expected a whole number. Change "seed".'],
    [{ greedy: 1 }, 'evaluate: got greedy: 1; expected true or false. Change "greedy".'],
    [{ episode: 5 }, 'evaluate: got the unknown option "episode"; expected one of: episodes, greedy, seed, maxSteps, signal, engine. Did you mean "episodes"?'],
    [{ engine: 'wasm' }, 'evaluate: got engine: "wasm"; expected an engine: wasmEngine() of @pg/nn. Change "engine".'],
    [100 as never, 'evaluate: got 100; expected an options object.'],
  ])('%j', async (options, message) => {
    await expect(evaluate(cartPolePolicy(), cartPole(), options)).rejects.toThrow(message);
  });

  test.each([
    ['other observations', swingUp(), 'a policy from Box<[4]> to Discrete<2>; expected one from Box<[5]> to Box<[1]>, as the environment has'],
    [
      'more choices',
      defineEnv({
        id: 'three',
        observation: box({ shape: [4], low: 0, high: 1 }),
        action: discrete(3),
        maxSteps: 1,
        init: () => 0,
        step: () => ({ state: 0, reward: 0, terminated: true }),
        observe: () => [0, 0, 0, 0],
      }),
      'a policy from Box<[4]> to Discrete<2>; expected one from Box<[4]> to Discrete<3>, as the environment has',
    ],
  ])('an environment with %s', async (_, env, message) => {
    const played = evaluate(cartPolePolicy() as never, env as never, { episodes: 1 });
    await expect(played).rejects.toThrow(IncompatiblePolicyError);
    await expect(played).rejects.toThrow(`evaluate: got ${message}. Evaluate it in an environment like the one it was trained in.`);
  });

  test.each([
    [{}, cartPole(), 'evaluate: got the policy an object with keys []; expected a policy. Pass learner.policy, or what createPolicy or loadPolicy give.'],
    [null, cartPole(), 'evaluate: got the policy null'],
    [cartPolePolicy(), null, 'evaluate: got the environment null; expected an environment specification.'],
    [cartPolePolicy(), defineEnv({ ...cartPole()['~source'].definition, maxSteps: Infinity }), 'evaluate: got CartPole-v1 without a time limit'],
  ])('what it cannot play: %#', async (policy, env, message) => {
    await expect(evaluate(policy as never, env as never)).rejects.toThrow(message);
  });

  test('of a learner refuses what it does not know', async () => {
    const learner = reinforce()
      .env(cartPole())
      .policy(categorical({ network: linear() }))
      .build({ seed: 4 });
    await expect(learner.evaluate(10 as never)).rejects.toThrow('learner.evaluate: got 10');
    await expect(learner.evaluate({ episode: 5 } as never)).rejects.toThrow('Did you mean "episodes"?');
    const [given, byDefault] = [await learner.evaluate({ episodes: 3, seed: 4 }), await learner.evaluate({ episodes: 3 })];
    expect(given).toEqual(byDefault);
  });

  test('what is no specification', async () => {
    await expect(evaluate(createPolicy(actorCritic({ encoder: linear() }), cartPole()), cartPole as never)).rejects.toThrow(
      'expected an environment specification',
    );
  });
});
