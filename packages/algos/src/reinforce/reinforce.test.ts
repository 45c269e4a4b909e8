import { vectorize } from '@pg/envs';
import { sgd } from '@pg/nn';
import { categorical, diagonalGaussian, linear } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { continuousWalk, type RecordedStep, recordedWalk } from '../../fixtures/environments.js';
import { copyOf, descend, distance, standardized, type WeighedStep } from '../../fixtures/reference.js';
import type { ReinforceOptions } from './options.js';
import { reinforce } from './reinforce.js';

const N = 3;

type Options = Pick<ReinforceOptions, 'gamma' | 'baseline' | 'standardize' | 'entropyCoef' | 'maxGradNorm' | 'learningRate'> & {
  readonly learningRate: number;
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

/** Discounted rewards up to the end of the episode or the log. */
function returnFrom(log: readonly RecordedStep[], i: number, gamma: number): number {
  let sum = 0;
  for (let k = i, weight = 1; k < log.length; k += N, weight *= gamma) {
    sum += weight * log[k]!.reward;
    if (log[k]!.terminated || log[k]!.truncated) break;
  }
  return sum;
}

function weigh(log: readonly RecordedStep[], options: Options, episodes?: number): WeighedStep[] {
  const rows = counting(log, episodes);
  const returns = rows.map((i) => returnFrom(log, i, options.gamma));
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  const shifted = options.baseline === 'mean-return' ? returns.map((value) => value - mean) : returns;
  const advantages = options.standardize ? standardized(returns) : shifted;
  return rows.map((i, k) => ({ obs: log[i]!.obs, action: log[i]!.action, advantage: advantages[k]! }));
}

const plain: Options = { gamma: 0.9, baseline: 'none', standardize: false, entropyCoef: 0, maxGradNorm: Infinity, learningRate: 0.5 };

describe.each([
  ['whole episodes', { episodesPerUpdate: 2 * N }, 2],
  ['fixed rollouts', { rolloutLength: 12 }, undefined],
] as const)('%s: an update equals the same in float64, written plainly', (_, collection, episodes) => {
  test.each<[string, Options]>([
    ['plain', plain],
    ['γ = 1', { ...plain, gamma: 1 }],
    ['γ = 0', { ...plain, gamma: 0 }],
    ['minus the mean return', { ...plain, baseline: 'mean-return' }],
    ['standardised', { ...plain, standardize: true }],
    ['with entropy', { ...plain, entropyCoef: 0.3 }],
    ['clipped', { ...plain, maxGradNorm: 0.02, learningRate: 5 }],
  ])('%s', async (__, options) => {
    const { env, log } = recordedWalk({ maxSteps: 7, longest: 12 });
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
      expect(update!.policyLoss - options.entropyCoef * update!.entropy).toBeCloseTo(loss, 5);
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
