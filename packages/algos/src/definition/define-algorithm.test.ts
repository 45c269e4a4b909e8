import { InvalidOptionsError } from '@pg/core';
import { cartPole, vectorize } from '@pg/envs';
import { actorCritic, mlp } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { type AnyLearner, train } from '../../fixtures/learners.js';
import { a2c } from '../algorithms/a2c.js';
import {
  type Ask,
  count,
  defineAlgorithm,
  descend,
  fixed,
  fraction,
  gae,
  policyGradientLoss,
  scheduled,
  standardize,
  steps,
  total,
  type UpdateSetting,
  valueLoss,
  weight,
} from '../define.js';

const options = { gamma: fraction(0.99), lambda: fraction(1), rolloutLength: fixed(count(5)), entropyCoef: scheduled(0), valueCoef: weight(0.5) };
type Setting = UpdateSetting<typeof options, 'a critic', unknown>;

const env = vectorize(cartPole({ maxSteps: 30 }), { numEnvs: 4 });
const policy = actorCritic({ encoder: mlp([8]) });

/** Two updates of an algorithm whose update is given, over two shards. */
async function run(update: (setting: Setting) => Generator<Ask, object, unknown>) {
  const algorithm = defineAlgorithm({ name: 'own', needs: 'a critic', options, rollout: ({ rolloutLength }) => steps(rolloutLength), update });
  await using learner = algorithm().env(env).policy(policy).options({ shards: 2 }).build({ seed: 1 }) as AnyLearner;
  return await train(learner, 40);
}

/** Plain actor-critic. */
function* vanilla({ collect, options }: Setting) {
  const rollout = yield* collect();
  const { advantages, targets } = gae(rollout, options);
  const losses = { ...policyGradientLoss(rollout, advantages, options), ...valueLoss(rollout, targets, options) };
  return { rollout, losses: (yield* descend(rollout, losses)).losses };
}

test('an algorithm of one page has the bits of A2C with the same options', async () => {
  const own = defineAlgorithm({
    name: 'own',
    needs: 'a critic',
    options,
    defaults: { learningRate: 7e-4, maxGradNorm: 0.5 },
    rollout: ({ rolloutLength }) => steps(rolloutLength),
    *update(setting) {
      return (yield* vanilla(setting)).losses;
    },
  });
  await using mine = own().env(env).policy(policy).build({ seed: 3 });
  await using theirs = a2c().env(env).policy(policy).build({ seed: 3 });
  const updates = await train(mine as AnyLearner, 200);
  expect(updates.length).toBe(10);
  expect(await train(theirs as AnyLearner, 200)).toMatchObject(updates);
  expect(mine.policy.toBytes()).toEqual(theirs.policy.toBytes());
});

test('every update reports schedules, metrics and what all algorithms report', async () => {
  const [update] = await run(function* (setting) {
    return { ...(yield* vanilla(setting)).losses, progress: setting.progress };
  });
  expect(Object.keys(update!).sort()).toEqual(
    'entropy entropyCoef episodes gradientNorm learningRate meanLength meanReturn policyLoss progress returns step updates valueLoss'.split(' '),
  );
});

describe('a state', () => {
  const counting = defineAlgorithm({
    name: 'counting',
    needs: 'a critic',
    options,
    rollout: ({ rolloutLength }) => steps(rolloutLength),
    state: ({ numEnvs }) => ({ updates: 0, seen: new Float32Array(numEnvs), failsAt: Number.POSITIVE_INFINITY }),
    *update(setting) {
      const { state } = setting;
      state.updates += 1;
      state.seen.fill(state.updates);
      const { losses } = yield* vanilla(setting);
      if (state.updates === 3 && globalThis.process.env.PG_FAILS === '1') throw new RangeError('no');
      return { ...losses, count: state.updates, seen: state.seen[0]! };
    },
  });
  const builder = counting().env(env).policy(policy).options({ shards: 2 });

  test('is kept from update to update, and in checkpoints', async () => {
    await using first = builder.build({ seed: 1 });
    const before = await train(first as AnyLearner, 40);
    await using second = await builder.load(first.toCheckpoint());
    const after = await train(second as AnyLearner, 40);
    expect([...before, ...after].map((update) => (update as unknown as { count: number }).count)).toEqual([1, 2, 3, 4]);
    expect(after.map((update) => (update as unknown as { seen: number }).seen)).toEqual([3, 4]);
  });

  test('is undone with an update that fails', async () => {
    await using learner = builder.build({ seed: 1 });
    await train(learner as AnyLearner, 40);
    process.env.PG_FAILS = '1';
    await expect(train(learner as AnyLearner, 20)).rejects.toThrow('no');
    process.env.PG_FAILS = '0';
    const [update] = await train(learner as AnyLearner, 20);
    expect(update).toMatchObject({ count: 3, seen: 3 });
  });
});

describe('mistakes that the compiler cannot see are told', () => {
  let part = 0;
  test.each<[string, (setting: Setting) => Generator<Ask, object, unknown>, string]>([
    [
      'a collective without yield*',
      (setting) =>
        (function* () {
          const rollout = yield* setting.collect();
          standardize(rollout.values, rollout.valid);
          return (yield* descend(rollout, {})).losses;
        })(),
      'standardize: got a call without yield*; expected a collective that all parts of the batch take part in. Write yield* standardize(…).',
    ],
    [
      'a collective at the end without yield*',
      (setting) =>
        (function* () {
          const { losses } = yield* vanilla(setting);
          total(1);
          return losses;
        })(),
      'total: got a call without yield*',
    ],
    [
      'a yield in place of yield*',
      (setting) =>
        (function* () {
          yield setting.collect() as unknown as Ask;
          return {};
        })(),
      'update: got a yield of something else than an ask; expected yield* collect()',
    ],
    [
      'a batch that is descended twice',
      (setting) =>
        (function* () {
          const { rollout, losses } = yield* vanilla(setting);
          yield* descend(rollout, {});
          return losses;
        })(),
      'descend: got a batch for the second time; expected activations of the parameters as they are. Set the rollout aside with rollout.keep(…)',
    ],
    [
      'parts that go different ways',
      (setting) =>
        (function* () {
          yield* setting.collect();
          part += 1;
          if (part % 2 === 0) yield* total({ more: 1 });
          else yield* total({ less: 1 });
          return {};
        })(),
      'own: got parts of one update that went different ways, to total; expected the same collectives in all parts.',
    ],
    [
      'a metric of one part',
      (setting) =>
        (function* () {
          const { rollout, losses } = yield* vanilla(setting);
          return { ...losses, value: rollout.values[0]! };
        })(),
      'own: got a metric "value" that differs between parts of the batch; expected a number of the whole batch. Return a number of total() or descend()',
    ],
    [
      'gradients that no step was made of',
      (setting) =>
        (function* () {
          const rollout = yield* setting.collect();
          yield* descend(rollout, {}, { accumulate: 2 });
          return {};
        })(),
      'own: got an update that ended after 1 of 2 accumulated gradients',
    ],
  ])('%s', async (_, update, message) => {
    await expect(run(update)).rejects.toThrow(InvalidOptionsError);
    await expect(run(update)).rejects.toThrow(message);
  });

  test('minibatches of rollouts of unknown length', () => {
    const own = defineAlgorithm({
      name: 'own',
      needs: 'a critic',
      options,
      rollout: () => ({ kind: 'rounds', size: 5 }) as const,
      minibatch: () => 4,
      *update({ collect }) {
        yield* collect();
        return {};
      },
    });
    expect(() => own.create({ env, policy, seed: 1 })).toThrow('own: got minibatches of rollouts of rounds; expected rollouts of steps');
  });
});
