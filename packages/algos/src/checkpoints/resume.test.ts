import { type Box, box, discrete, frameStack, linearSchedule } from '@pg/core';
import { cartPole, defineEnv, type EnvSpec, vectorize } from '@pg/envs';
import { actorCritic, conv, linear, loadPolicy } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { bundled } from '../../../../fixtures/bundled.js';
import { algorithms } from '../../fixtures/algorithms.js';
import { train } from '../../fixtures/learners.js';
import { shortCartPole } from '../../fixtures/workers/short-cart-pole.js';
import { a2c } from '../algorithms/a2c.js';

describe.each(algorithms)('%s', (_, algorithm) => {
  test.each([0, 1, 700, 1250])('goes on from %d steps as if nothing had happened', async (steps) => {
    await using whole = algorithm.build({ seed: 5 });
    await using first = algorithm.build({ seed: 5 });
    const updates = await train(whole, 2500);
    const before = steps === 0 ? [] : await train(first, steps);
    const bytes = first.toCheckpoint();
    await using second = await algorithm.load(bytes);
    expect(second.step).toBe(first.step);
    expect(second.toCheckpoint()).toEqual(bytes);
    expect([...before, ...(await train(second, 2500 - steps))]).toEqual(updates);
    expect(second.toCheckpoint()).toEqual(whole.toCheckpoint());
  });

  test('from the middle of a loop, and from each update of a chain of processes', async () => {
    await using whole = algorithm.build({ seed: 6 });
    const updates = await train(whole, 1500);
    const seen: unknown[] = [];
    let learner = algorithm.build({ seed: 6 });
    while (learner.step < 1500) {
      let bytes = learner.toCheckpoint();
      for await (const update of learner.train({ steps: 1500 - learner.step })) {
        seen.push(update);
        bytes = learner.toCheckpoint();
        break;
      }
      learner.dispose();
      learner = await algorithm.load(bytes);
    }
    expect(seen).toEqual(updates);
    expect(learner.toCheckpoint()).toEqual(whole.toCheckpoint());
    learner.dispose();
  });

  test('saving, acting and evaluating on the way change nothing', async () => {
    await using quiet = algorithm.build({ seed: 7 });
    await using watched = algorithm.build({ seed: 7 });
    const updates = await train(quiet, 1000);
    const seen: unknown[] = [];
    for await (const update of watched.train({ steps: 1000 })) {
      seen.push(update);
      watched.toCheckpoint();
      await watched.evaluate({ episodes: 2 });
      const session = watched.policy.session();
      session.act(new Float32Array(watched.policy.observationSpace.low.length), { greedy: true });
      watched.toCheckpoint();
    }
    expect(seen).toEqual(updates);
    expect(watched.toCheckpoint()).toEqual(quiet.toCheckpoint());
  });

  test("the policy's own random stream goes on too", async () => {
    await using learner = algorithm.build({ seed: 8 });
    await train(learner, 300);
    const draw = (of: typeof learner, count: number) => {
      const session = of.policy.session();
      const obs = new Float32Array(of.policy.observationSpace.low.length);
      return Array.from({ length: count }, () => session.act(obs));
    };
    draw(learner, 5);
    await using loaded = await algorithm.load(learner.toCheckpoint());
    expect(loaded.policy.toBytes()).toEqual(learner.policy.toBytes());
    expect(draw(loaded, 30)).toEqual(draw(learner, 30));
    const evaluation = await learner.evaluate({ episodes: 5, greedy: false });
    expect(await loaded.evaluate({ episodes: 5, greedy: false })).toEqual(evaluation);
  });
});

const scheduled = a2c()
  .env(vectorize(cartPole({ maxSteps: 30 }), { numEnvs: 4 }))
  .policy(actorCritic({ encoder: linear() }))
  .options({ rolloutLength: 5, learningRate: linearSchedule(0.01, 0) });

describe('goals and schedules', () => {
  test('goals add up, an overshoot included', async () => {
    await using whole = scheduled.build({ seed: 1 });
    await using first = scheduled.build({ seed: 1 });
    for (const steps of [50, 31, 119]) await train(whole, { steps, horizon: 200 });
    await train(first, { steps: 50, horizon: 200 });
    expect(first.step).toBe(60);
    await using second = await scheduled.load(first.toCheckpoint());
    await expect(train(second, { steps: 31, horizon: 80 })).rejects.toThrow('expected at least 81, where this call ends');
    await train(second, { steps: 31, horizon: 200 });
    expect(second.step).toBe(100);
    await using third = await scheduled.load(second.toCheckpoint());
    await train(third, { steps: 119, horizon: 200 });
    expect(third.toCheckpoint()).toEqual(whole.toCheckpoint());
  });

  test.each([1, 4, 10])('a checkpoint that was saved inside the loop at update %d counts as leaving it there', async (at) => {
    await using whole = scheduled.build({ seed: 2 });
    let bytes = whole.toCheckpoint();
    const rates: number[] = [];
    for await (const update of whole.train({ steps: 200 })) {
      rates.push(update.learningRate);
      if (update.updates === at) bytes = whole.toCheckpoint();
    }
    await using resumed = await scheduled.load(bytes);
    expect(resumed.step).toBe(20 * at);
    if (at < 10) expect((await train(resumed, 200 - resumed.step)).map(({ learningRate }) => learningRate)).toEqual(rates.slice(at));
    expect(resumed.toCheckpoint()).toEqual(whole.toCheckpoint());
  });

  test('another learning rate may follow', async () => {
    await using first = scheduled.build({ seed: 3 });
    await train(first, 100);
    await using second = await scheduled.options({ learningRate: 0.5, gamma: 0.5, maxGradNorm: Infinity }).load(first.toCheckpoint());
    expect(await train(second, 20)).toMatchObject([{ step: 120, updates: 6, learningRate: 0.5 }]);
  });
});

describe('environments', () => {
  const picture = box({ shape: [2, 2, 1], low: 0, high: 255, dtype: 'uint8' });
  /** States with everything that plain data can be. */
  const odd = defineEnv({
    id: 'odd',
    observation: picture,
    action: discrete(2),
    maxSteps: 9,
    init: (rng) => ({
      pixels: Uint8ClampedArray.from([rng.integer(256), 3, 2, 1]),
      last: -0,
      best: -Infinity,
      none: undefined,
      big: 2n ** 70n,
      list: Object.assign(new Array<number>(3), [Number.NaN]),
    }),
    step: (state, action, rng) => {
      const pixels = state.pixels.map((pixel) => pixel + rng.integer(5) - 2);
      const last = action === 1 ? -0 : 0;
      const reward = Object.is(state.last, -0) ? 1 : pixels[0]! / 255;
      return { state: { ...state, pixels, last, best: Math.max(state.best, reward), big: state.big + 1n }, reward, terminated: state.big % 13n === 0n };
    },
    observe: ({ pixels }) => pixels,
  });
  const stacked = odd.pipe(frameStack(3));
  const algorithm = a2c()
    .env(vectorize(stacked, { numEnvs: 3 }))
    .policy(actorCritic({ encoder: conv([{ filters: 2, kernel: 2 }]) }));

  test('of stages that remember and states with every kind of data', async () => {
    await using whole = algorithm.build({ seed: 1 });
    const updates = await train(whole, 600);
    await using first = algorithm.build({ seed: 1 });
    const before = await train(first, 300);
    await using second = await algorithm.load(first.toCheckpoint());
    expect([...before, ...(await train(second, 300))]).toEqual(updates);
    expect(second.toCheckpoint()).toEqual(whole.toCheckpoint());
  });

  test('on any number of threads', async () => {
    const module = bundled(new URL('../../fixtures/workers/short-cart-pole.ts', import.meta.url));
    const on = (threads: number) => {
      const env = vectorize(shortCartPole, { numEnvs: 4, workers: threads, module, export: 'shortCartPole' });
      return a2c()
        .env(env)
        .policy(actorCritic({ encoder: linear() }));
    };
    await using whole = on(0).build({ seed: 1 });
    await train(whole, 300);
    await using first = on(2).build({ seed: 1 });
    await train(first, 133);
    await using second = await on(0).load(first.toCheckpoint());
    await train(second, 67);
    await using third = await on(3).load(second.toCheckpoint());
    await train(third, 100);
    expect(third.toCheckpoint()).toEqual(whole.toCheckpoint());
  });

  test('that change in place', async () => {
    const inPlace = defineEnv({
      id: 'in place',
      observation: box({ shape: [2], low: -Infinity, high: Infinity }),
      action: discrete(2),
      maxSteps: 20,
      create() {
        const place = new Float64Array(2);
        let reward = 0;
        return {
          get reward() {
            return reward;
          },
          terminated: false,
          begin: (rng) => void place.set([rng.normal(), 0.1]),
          step: (action, rng) => {
            reward = place[0]! * ((action as number) - 0.5);
            place[0]! += 0.1 * rng.normal();
          },
          observe: (out, offset) => out.set(place, offset),
          snapshot: () => ({ place: place.slice(), reward }),
          restore: (snapshot) => {
            const kept = snapshot as { place: Float64Array; reward: number };
            place.set(kept.place);
            reward = kept.reward;
          },
        };
      },
    }) as EnvSpec<Box<readonly [2]>, ReturnType<typeof discrete<2>>>;
    const changing = a2c()
      .env(vectorize(inPlace, { numEnvs: 2 }))
      .policy(actorCritic({ encoder: linear() }));
    await using whole = changing.build({ seed: 1 });
    await train(whole, 300);
    await using first = changing.build({ seed: 1 });
    await train(first, 133);
    await using second = await changing.load(first.toCheckpoint());
    await train(second, 167);
    expect(second.toCheckpoint()).toEqual(whole.toCheckpoint());
  });
});

test('the plain twin takes the bytes in place of a seed', async () => {
  const parts = { env: cartPole(), policy: actorCritic({ encoder: linear() }) };
  await using whole = a2c.create({ ...parts, seed: 4 });
  await using first = a2c.create({ ...parts, seed: 4 });
  await train(whole, 100);
  await train(first, 50);
  await using second = a2c.create({ ...parts, checkpoint: first.toCheckpoint() });
  await train(second, 50);
  expect(second.toCheckpoint()).toEqual(whole.toCheckpoint());
  expect(() => a2c.create({ ...parts, seed: 4, checkpoint: first.toCheckpoint() } as never)).toThrow('a2c: got the unknown option "seed"');
  expect(() => a2c.create({ ...parts, checkpoint: 'run.safetensors' } as never)).toThrow(
    'a2c: got checkpoint: "run.safetensors"; expected a checkpoint\'s bytes.',
  );
});

test('a checkpoint is no policy', async () => {
  await using learner = scheduled.build({ seed: 0 });
  await expect(loadPolicy(learner.toCheckpoint())).rejects.toThrow(
    'loadPolicy: got a checkpoint of a whole run; expected a policy of format version 1. Load it with the builder that it is of,',
  );
});
