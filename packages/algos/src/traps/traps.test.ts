import { box, discountedReturns, discrete, generalizedAdvantageEstimation, linearSchedule } from '@pg/core';
import { cartPole, defineEnv, vectorize } from '@pg/envs';
import { adam, dense, type Network, sgd, wasmEngine } from '@pg/nn';
import { actorCritic, actorCriticGru, actorCriticLstm, categorical, linear, mlp } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { scripted } from '../../fixtures/environments.js';
import { train } from '../../fixtures/learners.js';
import { collectorOf } from '../../fixtures/runs.js';
import { a2c } from '../algorithms/a2c.js';
import { ppo } from '../algorithms/ppo.js';
import { reinforce } from '../algorithms/reinforce.js';
import { rolloutValues } from '../rollouts/bootstrap.js';
import { standardizeEpisodes } from '../statistics/moments-of.js';
import { standardizeValid } from '../statistics/standardize-valid.js';

// Twelve mistakes that programs of this kind are known for, each with a test that fails where it is made. More of each:
//
//  1 terminated or truncated confused     core generalized-advantage-estimation.test.ts, learning/truncation.test.ts
//  2 bootstrapping a true terminal        rollouts/bootstrap.test.ts, algorithms/a2c.test.ts (in float64)
//  3 advantages leaking over an end       core discounted-returns.test.ts, generalized-advantage-estimation.test.ts
//  4 recurrent state not reset            rollouts/recurrent.test.ts, learning/memory.test.ts, nn recurrent-golden.test.ts
//  5 moments mixed between networks       nn optimizers.test.ts, training/determinism.test.ts (two learners side by side)
//  6 normalising a batch of one           algorithms/ppo.test.ts, statistics/moments-of.test.ts, core standardize.test.ts
//  7 rewards changed in place             core discounted-returns.test.ts, generalized-advantage-estimation.test.ts
//  8 the reset observation as final one   rollouts/bootstrap.test.ts, envs vector tests
//  9 schedules without effect             training/determinism.test.ts (schedules), algorithms/ppo.test.ts
// 10 evaluation changing training         training/determinism.test.ts, learner/evaluate.test.ts
// 11 builders sharing state               builder/algorithm-builder.test.ts (forks never change their origin)
// 12 seed 0                               builder/algorithm-builder.test.ts, core rng.test.ts

const GAMMA = 0.9;

/** One step of reward 1 and then an end of one kind or the other; the observation is always 1. */
const oneStep = (kind: 'terminated' | 'truncated') =>
  defineEnv({
    id: kind,
    observation: box({ shape: [1], low: 0, high: 1 }),
    action: discrete(2),
    maxSteps: kind === 'truncated' ? 1 : 10,
    init: () => 0,
    step: () => ({ state: 0, reward: 1, terminated: kind === 'terminated' }),
    observe: () => [1],
  });

/** The value before the first update, and what the critic was told that it should have been. */
async function valueAndTarget(kind: 'terminated' | 'truncated') {
  await using learner = a2c()
    .env(vectorize(oneStep(kind), { numEnvs: 2 }))
    .policy(actorCritic({ encoder: mlp([4]) }))
    .options({ gamma: GAMMA, rolloutLength: 3 })
    .build({ seed: 1 });
  const value = learner.policy.value(new Float32Array([1]));
  const { value: update } = await learner.train({ steps: 1 }).next();
  // the loss is ½(V − target)² of six steps that are all alike, and V is below any target
  return { value, target: value + Math.sqrt(2 * update!.valueLoss) };
}

test('1: a truncated episode goes on, a terminated one does not', async () => {
  const [terminated, truncated] = [await valueAndTarget('terminated'), await valueAndTarget('truncated')];
  expect(truncated.value).toBe(terminated.value);
  expect(Math.abs(truncated.value)).toBeGreaterThan(0.001);
  expect(truncated.target - terminated.target).toBeCloseTo(GAMMA * truncated.value, 5);
});

test('2: nothing is bootstrapped from a terminal state: its target is the reward alone', async () => {
  const { value, target } = await valueAndTarget('terminated');
  expect(Math.abs(value)).toBeGreaterThan(0.001);
  expect(target).toBeCloseTo(1, 5);
});

test('3: what happens after an end changes no return and no advantage before it', () => {
  const play = (later: number) => {
    const rewards = new Float32Array([1, 2, later, later]);
    const done = new Uint8Array([0, 1, 0, 1]);
    const none = new Uint8Array(4);
    const values = new Float32Array([0.5, -1, later, 0]);
    const nextValues = new Float32Array([-1, 3, 0, later]);
    const ends = { terminated: none, truncated: done };
    const { advantages } = generalizedAdvantageEstimation({ rewards, values, nextValues, ...ends, numEnvs: 1 }, { gamma: GAMMA, lambda: 0.8 });
    return [...discountedReturns({ rewards, done, numEnvs: 1 }, { gamma: GAMMA }).slice(0, 2), ...advantages.slice(0, 2)];
  };
  expect(play(1e6)).toEqual(play(0));
});

test.each([actorCriticLstm, actorCriticGru])('4: the memory is empty at the start of every episode, and only there', (recurrent) => {
  const policy = recurrent({ encoder: mlp([4]), units: 4 });
  // episodes of three steps: [3, 0], [3, 1], [3, 2], [3, 0], …
  const { run, collector } = collectorOf(vectorize(scripted([3], 100), { numEnvs: 1 }), 4, { policy });
  const values: number[] = [];
  for (let i = 0; i < 3; i++) {
    collector.collectSteps();
    values.push(...run.network.output('value').slice(0, 4));
  }
  const first = values.slice(0, 3);
  expect(values).toEqual([...first, ...first, ...first, ...first]);
  // and is not empty on the way
  expect(new Set(first).size).toBe(3);
});

test('5: a step of one network leaves the moments, the count and the parameters of another alone', () => {
  const network: Network = { inputShape: [1], trunk: [], heads: { logits: [dense(2)] } };
  const engine = wasmEngine();
  const compile = () => engine.compileForTraining(network, { rows: 1, distribution: { kind: 'categorical', head: 'logits' }, optimizer: adam() });
  const [one, other] = [compile(), compile()];
  const stateOf = ({ parameters, optimizerState, optimizerSteps }: typeof one) =>
    structuredClone({ values: [...parameters, ...optimizerState].map(({ values }) => Array.from(values)), optimizerSteps });
  const before = stateOf(other);
  one.input[0] = 1;
  one.forward(0, 1);
  one.logProbGradients[0] = -1;
  one.backward(1);
  one.optimizerStep(0.1);
  expect(stateOf(one)).not.toEqual(before);
  expect(stateOf(other)).toEqual(before);
});

describe('6: a batch of one', () => {
  test('is its own mean: 0, and never NaN', () => {
    const values = new Float32Array([7, 3]);
    standardizeValid(values, new Uint8Array([0, 1]));
    expect(values).toEqual(new Float32Array([0, 0]));
    const returns = new Float32Array([7]);
    standardizeEpisodes(returns, { valid: new Uint8Array([1]), done: new Uint8Array([1]), numEnvs: 1 });
    expect(returns).toEqual(new Float32Array([0]));
  });

  test('of which nothing could be learned is refused', () => {
    const policy = actorCritic({ encoder: linear() });
    const expected = 'expected at least 2 steps: one alone is its own mean';
    const once = a2c().env(cartPole()).policy(policy).options({ rolloutLength: 1, normalizeAdvantages: true });
    expect(() => once.build({ seed: 0 })).toThrow(`a2c: got normalizeAdvantages over updates of one step; ${expected}`);
    once.options({ normalizeAdvantages: false }).build({ seed: 0 }).dispose();
    const batches = ppo().env(cartPole()).policy(policy).options({ minibatchSize: 1 });
    expect(() => batches.build({ seed: 0 })).toThrow(`ppo: got normalizeAdvantages over minibatches of one step; ${expected}`);
  });
});

test('7: returns and advantages leave the rewards as they were', () => {
  const rewards = new Float32Array([1, 0, -1, 2]);
  const [done, valid] = [new Uint8Array([0, 1, 0, 0]), new Uint8Array(4).fill(1)];
  const numEnvs = 1;
  const returns = discountedReturns({ rewards, done, numEnvs }, { gamma: GAMMA });
  standardizeValid(returns, valid);
  const [values, nextValues, none] = [new Float32Array(4), new Float32Array(4), new Uint8Array(4)];
  const { advantages } = generalizedAdvantageEstimation(
    { rewards, values, nextValues, terminated: done, truncated: none, numEnvs },
    { gamma: GAMMA, lambda: 1 },
  );
  standardizeValid(advantages, valid);
  expect(rewards).toEqual(new Float32Array([1, 0, -1, 2]));
});

test('8: where the time limit cuts, the successor is the last observation and not the first of the next episode', () => {
  const policy = actorCritic({ encoder: mlp([8]) });
  let bootstrap: ReturnType<typeof rolloutValues> | undefined;
  // cut after two steps of five: [5, 0], [5, 1], then [5, 2] is the last observation and [5, 0] the next first one
  const { run, collector, rollout } = collectorOf(vectorize(scripted([5], 2), { numEnvs: 1 }), 4, { policy, onTruncated: (t) => bootstrap!.valueFinalObs(t) });
  bootstrap = rolloutValues(run.network, 'value', rollout);
  collector.collectSteps();
  bootstrap.complete();
  const valueAt = (time: number) => run.policy.value(new Float32Array([5, time]));
  expect(Array.from(bootstrap.nextValues)).toEqual([valueAt(1), valueAt(2), valueAt(1), valueAt(2)]);
  expect(valueAt(2)).not.toBe(valueAt(0));
});

test('9: a schedule decides how far each step goes', async () => {
  const moved = async (learningRate: number | ((progress: number) => number)) => {
    await using learner = reinforce()
      .env(vectorize(cartPole(), { numEnvs: 4 }))
      .policy(categorical({ network: linear() }))
      .options({ rolloutLength: 50, optimizer: sgd(), learningRate })
      .build({ seed: 2 });
    const lengths: number[] = [];
    let before = learner.policy.parameters.map(({ values }) => values.slice());
    for await (const { gradientNorm } of learner.train({ steps: 800 })) {
      const after = learner.policy.parameters.map(({ values }) => values.slice());
      lengths.push(Math.hypot(...after.flatMap((values, k) => Array.from(values, (value, i) => value - before[k]![i]!))) / gradientNorm);
      before = after;
    }
    return lengths;
  };
  const close = (lengths: number[], rates: number[]) => {
    for (const [i, rate] of rates.entries()) expect(lengths[i]! / rate).toBeCloseTo(1, 4);
  };
  close(await moved(0.01), [0.01, 0.01, 0.01, 0.01]);
  close(await moved(linearSchedule(0.04, 0)), [0.04, 0.03, 0.02, 0.01]);
});

const small = () =>
  a2c()
    .env(vectorize(cartPole(), { numEnvs: 4 }))
    .policy(actorCritic({ encoder: mlp([8]) }))
    .options({ rolloutLength: 16 });

test('10: evaluating on the way changes nothing of what is learned', async () => {
  const play = async (evaluate: boolean) => {
    await using learner = small().build({ seed: 3 });
    const updates: unknown[] = [];
    for await (const update of learner.train({ steps: 640 })) {
      updates.push(update);
      if (evaluate) await learner.evaluate({ episodes: 3, greedy: updates.length % 2 === 0 });
    }
    return { updates, bytes: learner.policy.toBytes() };
  };
  expect(await play(true)).toEqual(await play(false));
});

test('11: what one builder builds, and what forks from it, has nothing in common', async () => {
  const builder = small();
  const learn = async (learner: ReturnType<typeof builder.build>) => {
    await train(learner, 320);
    const bytes = learner.policy.toBytes();
    learner.dispose();
    return bytes;
  };
  const [first, second] = [builder.build({ seed: 4 }), builder.build({ seed: 4 })];
  const fork = builder.options({ learningRate: 0.1 }).build({ seed: 4 });
  const alone = await learn(first);
  expect(await learn(fork)).not.toEqual(alone);
  expect(await learn(second)).toEqual(alone);
});

test('12: seed 0 is a seed like others, and none is no seed', async () => {
  const play = async (seed: number) => {
    await using learner = small().build({ seed });
    await train(learner, 320);
    return learner.policy.toBytes();
  };
  const zero = await play(0);
  expect(await play(0)).toEqual(zero);
  for (const other of [1, -1]) expect(await play(other)).not.toEqual(zero);
  expect(() => small().build({} as never)).toThrow('a2c().build: got no option "seed"');
});
