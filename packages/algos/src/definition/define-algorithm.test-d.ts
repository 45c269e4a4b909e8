import { cartPole } from '@pg/envs';
import { actorCritic, categorical, mlp } from '@pg/policies';
import { expectTypeOf, test } from 'vitest';
import { a2c } from '../algorithms/a2c.js';
import { ppo } from '../algorithms/ppo.js';
import { count, defineAlgorithm, descend, fraction, gae, momentsOf, policyGradientLoss, scheduled, standardize, steps, total } from '../define.js';

const common = { needs: 'a critic', options: { gamma: fraction(0.99), lambda: fraction(1), entropyCoef: scheduled(0) }, rollout: () => steps(5) } as const;

test('compositions that do not fit do not compile', () => {
  a2c()
    .env(cartPole())
    // @ts-expect-error this algorithm needs a critic; categorical has none (use actorCritic or actorCriticLstm)
    .policy(categorical({ network: mlp([8]) }));
  // @ts-expect-error 'gama' does not exist in type 'Partial<A2cOptions>'. Did you mean to write 'gamma'?
  a2c().options({ gama: 0.9 });
  // @ts-expect-error Type 'string' is not assignable to type 'number'.
  ppo().options({ epochs: 'many' });
  // @ts-expect-error call .policy() before .build()
  a2c().env(cartPole()).build({ seed: 1 });
});

test('mistakes of authors do not compile', () => {
  defineAlgorithm({
    ...common,
    name: 'forgetsYieldStar',
    *update({ collect, options }) {
      const rollout = yield* collect();
      const { advantages } = gae(rollout, options);
      // @ts-expect-error Property 'mean' does not exist on type 'YieldStar<BatchMoments>'.
      const { mean } = total(momentsOf(advantages, rollout.valid));
      const { losses } = yield* descend(rollout, policyGradientLoss(rollout, advantages, options));
      return { ...losses, mean };
    },
  });
  defineAlgorithm({
    ...common,
    name: 'yieldsInPlaceOfYieldStar',
    *update({ collect }) {
      const rollout = yield collect();
      // @ts-expect-error 'rollout' is of type 'unknown'.
      return { rows: rollout.rows };
    },
  });
  defineAlgorithm({
    ...common,
    name: 'yieldsAStatement',
    // @ts-expect-error Property '~ask' is missing in type 'YieldStar<void>' but required in type 'Ask'.
    *update({ collect, options }) {
      const rollout = yield* collect();
      yield standardize(gae(rollout, options).advantages, rollout.valid);
      return {};
    },
  });
  defineAlgorithm({
    ...common,
    name: 'hasNoCritic',
    needs: 'any policy',
    *update({ collect, options }) {
      const rollout = yield* collect();
      // @ts-expect-error this reads values: say needs: 'a critic' in defineAlgorithm
      const { advantages } = gae(rollout, options);
      return (yield* descend(rollout, policyGradientLoss(rollout, advantages, options))).losses;
    },
  });
  defineAlgorithm(
    // @ts-expect-error the metric "verdict" is not a number
    {
      ...common,
      name: 'reportsWords',
      *update({ collect }) {
        yield* collect();
        return { verdict: 'good' };
      },
    },
  );
  defineAlgorithm(
    // @ts-expect-error every update says "meanReturn" already: give that metric another name
    {
      ...common,
      name: 'repeatsAMetric',
      *update({ collect }) {
        yield* collect();
        return { meanReturn: 1 };
      },
    },
  );
  defineAlgorithm(
    // @ts-expect-error a checkpoint cannot hold the state's "seen": keep plain data and typed arrays
    {
      ...common,
      name: 'keepsAMap',
      state: () => ({ beta: 1, history: new Float32Array(8), seen: new Map<string, number>() }),
      *update({ collect }) {
        yield* collect();
        return {};
      },
    },
  );
  defineAlgorithm({
    ...common,
    name: 'readsAnUndeclaredOption',
    options: { ...common.options, horizon: count(5) },
    // @ts-expect-error Property 'horison' does not exist on type 'GivenOptions<…>'.
    rollout: ({ horison }) => steps(horison),
    *update({ collect }) {
      yield* collect();
      return {};
    },
  });
  defineAlgorithm({
    ...common,
    name: 'limitsNoPartOfItsLoss',
    *update({ collect, options }) {
      const rollout = yield* collect();
      const loss = policyGradientLoss(rollout, gae(rollout, options).advantages, options);
      // @ts-expect-error 'approxKl' does not exist in type '{ readonly policyLoss?: number; readonly entropy?: number; }'.
      return (yield* descend(rollout, loss, { stopAbove: { approxKl: 0.01 } })).losses;
    },
  });
});

test('updates are typed by what they return and by their schedules', async () => {
  const learner = a2c()
    .env(cartPole())
    .policy(actorCritic({ encoder: mlp([8]) }))
    .options({ gamma: 0.9, shards: 1, entropyCoef: (progress) => 0.01 * (1 - progress) })
    .build({ seed: 1 });
  for await (const update of learner.train({ steps: 100 })) {
    expectTypeOf(update.policyLoss).toEqualTypeOf<number>();
    expectTypeOf(update.explainedVariance).toEqualTypeOf<number>();
    expectTypeOf(update.entropyCoef).toEqualTypeOf<number>();
    expectTypeOf(update.learningRate).toEqualTypeOf<number>();
  }
});
