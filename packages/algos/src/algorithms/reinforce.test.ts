import { IncompatiblePolicyError } from '@pg/core';
import { vectorize } from '@pg/envs';
import { sgd } from '@pg/nn';
import { actorCritic, categorical, diagonalGaussian, linear } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { continuousWalk, type RecordedStep, recordedWalk } from '../../fixtures/environments.js';
import { copyOf, criticOf, descend, distance, standardized, type WeighedStep } from '../../fixtures/reference.js';
import { type ReinforceOptions, reinforce } from './reinforce.js';

const N = 3;

type Options = Pick<ReinforceOptions, 'gamma' | 'baseline' | 'standardize' | 'resetOnReward' | 'reduction' | 'entropyCoef' | 'maxGradNorm' | 'learningRate'> & {
  readonly learningRate: number;
  readonly entropyCoef: number;
};

/** The steps that count: all, or those of the first `episodes` episodes of each copy. */
function counting(log: readonly RecordedStep[], episodes = Infinity): number[] {
  const ended = new Array<number>(N).fill(0);
  return log.flatMap(({ terminated, truncated }, i) => {
    const counts = ended[i % N]! < episodes;
    if (terminated || truncated) ended[i % N]! += 1;
    return counts ? [i] : [];
  });
}

/** Discounted rewards up to the end of the episode or the log, or up to the first reward other than 0. */
function returnFrom(log: readonly RecordedStep[], i: number, { gamma, resetOnReward }: Options): number {
  let sum = 0;
  for (let k = i, weight = 1; k < log.length; k += N, weight *= gamma) {
    sum += weight * log[k]!.reward;
    if (log[k]!.terminated || log[k]!.truncated || (resetOnReward && log[k]!.reward !== 0)) break;
  }
  return sum;
}

/** Each episode's returns standardised on their own. */
function standardizedByEpisode(log: readonly RecordedStep[], rows: readonly number[], returns: readonly number[]): number[] {
  const episode = new Array<number>(N).fill(0);
  const names = log.map(({ terminated, truncated }, i) => {
    const name = `${i % N} ${episode[i % N]}`;
    if (terminated || truncated) episode[i % N]! += 1;
    return name;
  });
  const result = new Array<number>(rows.length);
  for (const name of new Set(names)) {
    const members = rows.flatMap((row, k) => (names[row] === name ? [k] : []));
    const values = members.map((k) => returns[k]!);
    const scaled = new Set(values).size === 1 ? values.map(() => 0) : standardized(values);
    members.forEach((k, at) => {
      result[k] = scaled[at]!;
    });
  }
  return result;
}

function weigh(log: readonly RecordedStep[], options: Options, episodes?: number): WeighedStep[] {
  const rows = counting(log, episodes);
  const returns = rows.map((i) => returnFrom(log, i, options));
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  const shifted = options.baseline === 'mean-return' ? returns.map((value) => value - mean) : returns;
  const advantages = options.standardize === 'episode' ? standardizedByEpisode(log, rows, returns) : options.standardize ? standardized(returns) : shifted;
  return rows.map((i, k) => ({ obs: log[i]!.obs, action: log[i]!.action, advantage: advantages[k]! }));
}

const plain: Options = {
  gamma: 0.9,
  baseline: 'none',
  standardize: false,
  resetOnReward: false,
  reduction: 'mean',
  entropyCoef: 0,
  maxGradNorm: Infinity,
  learningRate: 0.5,
};

describe.each([
  ['whole episodes', { episodesPerUpdate: 2 * N }, 2],
  ['fixed rollouts', { rolloutLength: 12 }, undefined],
] as const)('%s: an update equals the same in float64, written plainly', (_, collection, episodes) => {
  test.each<[string, Options]>([
    ['plain', plain],
    ['γ = 1', { ...plain, gamma: 1 }],
    ['γ = 0', { ...plain, gamma: 0 }],
    ['minus the mean return', { ...plain, baseline: 'mean-return' }],
    ['standardised', { ...plain, standardize: 'batch' }],
    ['standardised by episode', { ...plain, standardize: 'episode' }],
    ['beginning anew at rewards', { ...plain, resetOnReward: true }],
    ['as on Pong', { ...plain, resetOnReward: true, standardize: 'episode' }],
    ['with entropy', { ...plain, entropyCoef: 0.3 }],
    ['summed', { ...plain, reduction: 'sum', entropyCoef: 0.1, learningRate: 0.02 }],
    ['clipped', { ...plain, maxGradNorm: 0.02, learningRate: 5 }],
  ])('%s', async (__, options) => {
    const { env, log } = recordedWalk({ maxSteps: 7, longest: 12, sparse: options.resetOnReward });
    await using learner = reinforce()
      .env(vectorize(env, { numEnvs: N }))
      .policy(categorical({ network: linear() }))
      .options({ ...options, ...collection, optimizer: sgd() })
      .build({ seed: 3 });
    const updates = learner.train({ steps: 1e6 });
    let counted = 0;
    for (let i = 0; i < 3; i++) {
      log.length = 0;
      const before = copyOf(learner.policy.parameters);
      const { value: update } = await updates.next();
      const steps = weigh(log, options, episodes);
      const { after, norm, loss } = descend(before, steps, options);
      counted += steps.length;
      expect(update).toMatchObject({ step: counted, updates: i + 1, learningRate: options.learningRate });
      expect(distance(after, before)).toBeGreaterThan(0.002);
      expect(distance(copyOf(learner.policy.parameters), after)).toBeLessThan(1e-5);
      expect(update!.gradientNorm).toBeCloseTo(norm, 4);
      const weight = options.reduction === 'sum' ? steps.length : 1;
      expect(weight * (update!.policyLoss - options.entropyCoef * update!.entropy)).toBeCloseTo(loss, 4);
    }
  });
});

test('a Gaussian policy follows the gradient of its mean and its log σ', async () => {
  const { env, log } = continuousWalk({ maxSteps: 6 });
  const options = { ...plain, entropyCoef: 0.2, learningRate: 0.1 };
  await using learner = reinforce()
    .env(vectorize(env, { numEnvs: N }))
    // σ = e^-3: the drawn actions all lie inside the bounds, so that they are known from what the environment saw
    .policy(diagonalGaussian({ network: linear(), initialLogStd: -3 }))
    .options({ ...options, episodesPerUpdate: N, optimizer: sgd() })
    .build({ seed: 3 });
  const before = copyOf(learner.policy.parameters);
  await learner.train({ steps: 1 }).next();
  expect(log.every(({ action }) => Math.abs((action as Float32Array)[0]!) < 1)).toBe(true);
  const { after } = descend(before, weigh(log, options, 1), options);
  const moved = distance(after, before);
  expect(moved).toBeGreaterThan(0.02);
  // log-probabilities of a narrow Gaussian magnify the rounding of its float32 actions by 1/σ
  expect(distance(copyOf(learner.policy.parameters), after)).toBeLessThan(1e-4 * moved);
});

test('the value of the state as a baseline: advantages are G − V, and the critic learns G', async () => {
  const { env, log } = recordedWalk({ maxSteps: 7, longest: 12 });
  const options = { ...plain, valueCoef: 0.3 };
  await using learner = reinforce()
    .env(vectorize(env, { numEnvs: N }))
    .policy(actorCritic({ encoder: linear() }))
    .options({ ...options, baseline: 'value', episodesPerUpdate: 2 * N, optimizer: sgd() })
    .build({ seed: 3 });
  const updates = learner.train({ steps: 1e6 });
  for (let i = 0; i < 3; i++) {
    log.length = 0;
    const before = copyOf(learner.policy.parameters);
    const { value: update } = await updates.next();
    const steps = weigh(log, options, 2).map((step) => ({ ...step, valueTarget: step.advantage, advantage: step.advantage - criticOf(before, step.obs) }));
    const { after, norm, loss } = descend(before, steps, options);
    expect(distance(after, before)).toBeGreaterThan(0.002);
    expect(distance(copyOf(learner.policy.parameters), after)).toBeLessThan(1e-5);
    expect(update!.gradientNorm).toBeCloseTo(norm, 4);
    expect(update!.policyLoss + options.valueCoef * update!.valueLoss!).toBeCloseTo(loss, 5);
    expect(update!.explainedVariance).toBeLessThan(1);
  }
});

describe('a critic', () => {
  const settings = { env: vectorize(recordedWalk({ maxSteps: 7 }).env, { numEnvs: N }), seed: 3 };

  test('that is not the baseline does not learn, and nothing is said of it', async () => {
    await using learner = reinforce.create({ ...settings, policy: actorCritic({ encoder: linear() }), options: { episodesPerUpdate: N, optimizer: sgd() } });
    const before = copyOf(learner.policy.parameters);
    const { value: update } = await learner.train({ steps: 1 }).next();
    const after = copyOf(learner.policy.parameters);
    expect(distance(after, before)).toBeGreaterThan(1e-4);
    for (const [name, values] of after) if (name.includes('value')) expect(values).toEqual(before.get(name));
    expect(update).not.toHaveProperty('valueLoss');
  });

  test('is what a learned baseline needs', () => {
    const build = () => reinforce.create({ ...settings, policy: categorical({ network: linear() }), options: { baseline: 'value' } });
    expect(build).toThrow(IncompatiblePolicyError);
    expect(build).toThrow(
      "reinforce: got baseline: 'value' with categorical, which has no critic; expected a policy with a value function. " +
        "Use actorCritic, or baseline: 'mean-return'.",
    );
  });
});

describe('several rollouts an update', () => {
  async function firstUpdate(options: Partial<ReinforceOptions>) {
    const { env, log } = recordedWalk({ maxSteps: 7, longest: 12 });
    await using learner = reinforce()
      .env(vectorize(env, { numEnvs: N }))
      .policy(categorical({ network: linear() }))
      .options({ gamma: 0.9, learningRate: 0.5, optimizer: sgd(), entropyCoef: 0.1, ...options })
      .build({ seed: 3 });
    const before = copyOf(learner.policy.parameters);
    const { value: update } = await learner.train({ steps: 1 }).next();
    return { update: update!, before, after: copyOf(learner.policy.parameters), log };
  }

  test.each<[string, Partial<ReinforceOptions>, number]>([
    ['the mean of those of the rollouts, of fixed length', { rolloutLength: 5, rolloutsPerUpdate: 3 }, 1 / 3],
    ['the mean of those of the rollouts, of whole episodes', { episodesPerUpdate: 3 * N, rolloutsPerUpdate: 3 }, 1 / 3],
    ['their sum', { episodesPerUpdate: 3 * N, rolloutsPerUpdate: 3, reduction: 'sum', learningRate: 0.02 }, 1],
  ])('the gradient is %s', async (_, options, weight) => {
    const { update, before, after, log } = await firstUpdate(options);
    // the log of each rollout: a fixed number of steps, or until every environment has finished an episode
    const rollouts: RecordedStep[][] = [[]];
    for (let t = 0; t < log.length; t += N) {
      const rollout = rollouts.at(-1)!;
      rollout.push(...log.slice(t, t + N));
      const through =
        'rolloutLength' in options
          ? rollout.length === 5 * N
          : [0, 1, 2].every((n) => rollout.some(({ terminated, truncated }, i) => i % N === n && (terminated || truncated)));
      if (through && rollouts.length < 3) rollouts.push([]);
    }
    expect(rollouts.map(({ length }) => length > 0)).toEqual([true, true, true]);
    const weighed = rollouts.map((rollout) => weigh(rollout, plain, 'rolloutLength' in options ? undefined : 1));
    const each = weighed.map((steps) => descend(before, steps, { ...plain, ...(options as Options), entropyCoef: 0.1 }).after);
    const moves = (name: string, i: number) => each.reduce((sum, other) => sum + other.get(name)![i]! - before.get(name)![i]!, 0);
    const expected = new Map([...before].map(([name, values]) => [name, values.map((value, i) => value + weight * moves(name, i))]));
    expect(distance(expected, before)).toBeGreaterThan(0.002);
    expect(distance(after, expected)).toBeLessThan(1e-5);
    expect(update.step).toBe(weighed.reduce((sum, steps) => sum + steps.length, 0));
  });

  test('one is what it was', async () => {
    expect(await firstUpdate({ rolloutLength: 5, rolloutsPerUpdate: 1 })).toEqual(await firstUpdate({ rolloutLength: 5 }));
  });
});
