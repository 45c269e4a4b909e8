import { box, discrete, NonFiniteError } from '@pg/core';
import { cartPole, defineEnv, normalizeObservations, vectorize } from '@pg/envs';
import { dense, rmsprop, sgd, wasmEngine } from '@pg/nn';
import { actorCritic, linear, mlp } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { type AnyLearner, train } from '../../fixtures/learners.js';
import { a3c } from '../a3c/a3c.js';
import { a2c } from '../algorithms/a2c.js';
import { ppo } from '../algorithms/ppo.js';
import { reinforce } from '../algorithms/reinforce.js';
import { decodeCheckpoint } from '../checkpoints/checkpoint-file.js';
import { Tally } from './tally.js';
import { WholeUpdates } from './whole-updates.js';

/** Pushes a number about; its reward is −a² as far as float32 goes, so that a long step makes the next one longer. */
const pusher = defineEnv({
  id: 'pusher',
  observation: box({ shape: [1], low: -1, high: 1 }),
  action: box({ shape: [1], low: -Infinity, high: Infinity }),
  maxSteps: 32,
  init: (rng) => rng.uniform(-1, 1),
  step: (state: number, action, rng) => ({
    state: 0.5 * state + 0.25 * rng.uniform(-1, 1),
    reward: Math.max(-1e9, -action[0]! * action[0]!),
    terminated: false,
  }),
  observe: (state) => [state],
});
const pushers = vectorize(pusher, { numEnvs: 2 });
const policy = actorCritic({ encoder: linear() });

/** What a checkpoint holds of what was learned and counted, and of the random streams of shards. */
function learnedOf(learner: AnyLearner) {
  const { document, tensors } = decodeCheckpoint(learner.toCheckpoint(), 'test');
  const shards = document.shards.map(({ state }) => {
    const { actions, shuffle } = state as Record<string, unknown>;
    return { actions, shuffle };
  });
  const numbers = tensors.filter(({ name }) => !name.startsWith('shards.')).map(({ name, values }) => [name, [...(values as Float32Array)]]);
  return { state: document.state, shards, numbers };
}

const parametersOf = (learner: AnyLearner) => learner.policy.parameters.map(({ values }) => [...values]);

/** Of every algorithm one that learns for two updates and then takes a step that ruins it. */
const rateOf = (ruin: number) => (progress: number) => (progress < 0.5 ? 1e-3 : ruin);
const limits = { maxGradNorm: Infinity, gamma: 0.9 };
const builders = {
  'PPO, Adam': ppo()
    .env(pushers)
    .policy(policy)
    .options({ rolloutLength: 16, minibatchSize: 8, epochs: 4, learningRate: rateOf(1e30) }),
  'PPO, 2 shards': ppo()
    .env(pushers)
    .policy(policy)
    .options({ rolloutLength: 16, minibatchSize: 8, shards: 2, learningRate: rateOf(1e30) }),
  'PPO, RMSProp': ppo()
    .env(pushers)
    .policy(policy)
    .options({ ...limits, rolloutLength: 16, minibatchSize: 8, optimizer: rmsprop(), learningRate: rateOf(1e30) }),
  'PPO, momentum': ppo()
    .env(pushers)
    .policy(policy)
    .options({ ...limits, rolloutLength: 16, minibatchSize: 8, optimizer: sgd({ momentum: 0.9 }), learningRate: rateOf(1e30) }),
  'PPO, normalised': ppo()
    .env(vectorize(pusher.pipe(normalizeObservations()), { numEnvs: 2 }))
    .policy(policy)
    .options({ rolloutLength: 16, minibatchSize: 8, learningRate: rateOf(1e30) }),
  'A2C, normalised': a2c()
    .env(vectorize(pusher.pipe(normalizeObservations()), { numEnvs: 2 }))
    .policy(policy)
    .options({ ...limits, rolloutLength: 16, optimizer: sgd(), learningRate: rateOf(1e30) }),
  'A2C, 2 shards': a2c()
    .env(pushers)
    .policy(policy)
    .options({ ...limits, rolloutLength: 16, shards: 2, optimizer: sgd(), learningRate: rateOf(1e30) }),
  A3C: a3c()
    .env(pushers)
    .policy(policy)
    .options({ ...limits, rolloutLength: 16, optimizer: sgd(), learningRate: rateOf(1e30) }),
  'REINFORCE, several rollouts': reinforce()
    .env(pushers)
    .policy(policy)
    .options({ ...limits, rolloutLength: 8, rolloutsPerUpdate: 2, optimizer: sgd(), learningRate: rateOf(1e38) }),
};

/** Trains two updates of 32 steps, and then on until an update fails; gives what there was before it. */
async function trainToRuin(learner: AnyLearner, readsPolicy: boolean) {
  for await (const _ of learner.train({ steps: 64, horizon: 128 })) if (readsPolicy) parametersOf(learner);
  let before = learnedOf(learner);
  let error: unknown;
  try {
    // one update that counts may come before the one that cannot
    for await (const _ of learner.train({ steps: 64, horizon: 128 })) {
      if (readsPolicy) parametersOf(learner);
      before = learnedOf(learner);
    }
  } catch (caught) {
    error = caught;
  }
  return { before, error };
}

describe.each(Object.entries(builders))('an update that fails is undone wholly: %s', (name, builder) => {
  test.each([true, false])('whether the policy was read before: %s', async (readsPolicy) => {
    await using learner = builder.build({ seed: 1 }) as AnyLearner;
    const { before, error } = await trainToRuin(learner, readsPolicy);
    expect(NonFiniteError.isInstance(error)).toBe(true);
    expect(learnedOf(learner)).toEqual(before);
    expect(learner.gradients.every(({ values }) => values.every((value) => value === 0))).toBe(true);
    const parameters = before.numbers.filter(([name]) => (name as string).startsWith('parameters.')).map(([, values]) => values);
    expect(parametersOf(learner)).toEqual(parameters);
  });

  test('training goes on in new episodes, and from a checkpoint that is saved then with the same bits', async () => {
    let rate = 1e-3;
    const options = { learningRate: () => rate };
    await using learner = builder.options(options).build({ seed: 1 }) as AnyLearner;
    await train(learner, 32);
    const before = learnedOf(learner);
    // a step so long is refused where it is the only one; where others follow it ruins these
    rate = name.startsWith('PPO') ? 1e30 : 1e38;
    await expect(train(learner, 32)).rejects.toThrow(NonFiniteError);
    rate = 1e-3;
    expect(learnedOf(learner)).toEqual(before);
    await using loaded = (await builder.options(options).load(learner.toCheckpoint())) as AnyLearner;
    expect(await train(loaded, 64)).toEqual(await train(learner, 64));
    expect(parametersOf(loaded)).toEqual(parametersOf(learner));
    expect(parametersOf(loaded).flat().every(Number.isFinite)).toBe(true);
  });
});

test('an update whose last step leaves an infinite parameter is undone', () => {
  const network = wasmEngine().compileForTraining(
    { inputShape: [1], trunk: [], heads: { y: [dense(2)] } },
    { rows: 1, distribution: { kind: 'categorical', head: 'y' }, optimizer: sgd() },
  );
  const whole = new WholeUpdates({ network, tally: new Tally(), shards: { mails: [], undo() {} }, manySteps: () => true });
  const ruin = () => network.parameters[0]!.values.fill(Number.POSITIVE_INFINITY);
  expect(() => whole.make(ruin)).toThrow('optimize: got NaN or infinity in the parameter heads.y.0.weight after a step; expected finite numbers.');
  expect([...network.parameters[0]!.values]).toEqual([0, 0]);
  network.dispose();
});

describe('an error of an author', () => {
  test('in a schedule comes before anything has happened: the checkpoint has the same bytes', async () => {
    for (const make of [a2c, ppo, reinforce, a3c]) {
      let broken = false;
      const learningRate = () => {
        if (broken) throw new RangeError('no rate');
        return 1e-3;
      };
      await using learner = make().env(pushers).policy(policy).options({ rolloutLength: 16, learningRate }).build({ seed: 2 }) as AnyLearner;
      await using twin = make().env(pushers).policy(policy).options({ rolloutLength: 16, learningRate: 1e-3 }).build({ seed: 2 }) as AnyLearner;
      await train(learner, 32);
      await train(twin, 32);
      broken = true;
      await expect(train(learner, 32)).rejects.toThrow('no rate');
      broken = false;
      expect(learner.toCheckpoint()).toEqual(twin.toCheckpoint());
      expect(await train(learner, 32)).toEqual(await train(twin, 32));
    }
  });

  test('in an environment leaves what was learned and counted, in the second rollout of an update too', async () => {
    let steps = 0;
    const { batch: _, ...definition } = cartPole()['~source'].definition;
    const broken = defineEnv({
      ...definition,
      step(state: Float64Array, action, rng) {
        steps += 1;
        if (steps === 70) throw new RangeError('broken');
        return definition.step(state, action, rng);
      },
    }) as unknown as ReturnType<typeof cartPole>;
    await using learner = reinforce()
      .env(broken)
      .policy(actorCritic({ encoder: mlp([4]) }))
      .options({ rolloutLength: 20, rolloutsPerUpdate: 2 })
      .build({ seed: 0 });
    const [first] = await train(learner, 40);
    const before = parametersOf(learner);
    await expect(train(learner, 40)).rejects.toThrow('broken');
    expect(learner.step).toBe(first!.step);
    expect(parametersOf(learner)).toEqual(before);
  });

  test('in a rollout forgets what the rollouts before it of the same update have come to', async () => {
    let fails = false;
    const choosy = defineEnv({
      id: 'choosy',
      observation: box({ shape: [1], low: -1, high: 1 }),
      action: discrete(2),
      maxSteps: 8,
      init: () => 0,
      step: (time: number, action) => ({ state: time + 1, reward: action, terminated: false }),
      observe: (time) => [fails && time === 5 ? Number.NaN : 0],
    });
    const build = () => reinforce().env(choosy).policy(policy).options({ rolloutLength: 8, rolloutsPerUpdate: 3, optimizer: sgd() }).build({ seed: 0 });
    await using learner = build();
    fails = true;
    await expect(train(learner, 24)).rejects.toThrow();
    fails = false;
    expect(learner.step).toBe(0);
    expect(learner.gradients.every(({ values }) => values.every((value) => value === 0))).toBe(true);
  });
});
