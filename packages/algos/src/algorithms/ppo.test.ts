import { vectorize } from '@pg/envs';
import { sgd } from '@pg/nn';
import { actorCritic, linear } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { type RecordedStep, recordedWalk } from '../../fixtures/environments.js';
import { train } from '../../fixtures/learners.js';
import { copyOf, criticOf, descendOn, distance, judge, type Parameters, standardized } from '../../fixtures/reference.js';
import { ppo } from './ppo.js';

const N = 3;
const T = 9;
const GAMMA = 0.9;
const LAMBDA = 0.7;

/** What the loss needs of a step, fixed at collection. */
interface Sample {
  readonly obs: readonly number[];
  readonly action: number;
  readonly oldLogProb: number;
  readonly oldValue: number;
  readonly advantage: number;
  readonly target: number;
}

/** Advantages by their definition, and the old policy's judgement. */
function samplesOf(steps: readonly RecordedStep[], parameters: Parameters): Sample[] {
  const values = steps.map(({ obs }) => criticOf(parameters, obs));
  const errors = steps.map(({ reward, nextObs, terminated }, i) => reward + (terminated ? 0 : GAMMA * criticOf(parameters, nextObs)) - values[i]!);
  return steps.map(({ obs, action }, i) => {
    let advantage = 0;
    for (let k = i, weight = 1; k < steps.length; k += N, weight *= GAMMA * LAMBDA) {
      advantage += weight * errors[k]!;
      if (steps[k]!.terminated || steps[k]!.truncated) break;
    }
    const oldLogProb = judge(parameters, { obs, action }).logProb;
    return { obs, action: action as number, oldLogProb, oldValue: values[i]!, advantage, target: advantage + values[i]! };
  });
}

const clamp = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));

interface Settings {
  readonly clipRange: number;
  readonly clipRangeValue: number;
  readonly entropyCoef: number;
  readonly normalizeAdvantages: boolean;
}

/** Equation 9 of Schulman et al. 2017, written out. */
function lossOf(parameters: Parameters, samples: readonly Sample[], { clipRange, clipRangeValue, entropyCoef, normalizeAdvantages }: Settings): number {
  const plain = samples.map(({ advantage }) => advantage);
  const advantages = normalizeAdvantages ? standardized(plain) : plain;
  let sum = 0;
  samples.forEach(({ obs, action, oldLogProb, oldValue, target }, i) => {
    const { logProb, entropy } = judge(parameters, { obs, action });
    const ratio = Math.exp(logProb - oldLogProb);
    const value = criticOf(parameters, obs);
    const clippedValue = oldValue + clamp(value - oldValue, -clipRangeValue, clipRangeValue);
    sum -= Math.min(ratio * advantages[i]!, clamp(ratio, 1 - clipRange, 1 + clipRange) * advantages[i]!);
    sum += 0.5 * 0.5 * Math.max((value - target) ** 2, (clippedValue - target) ** 2) - entropyCoef * entropy;
  });
  return sum / samples.length;
}

const plain = { clipRange: 0.2, clipRangeValue: Infinity, entropyCoef: 0, normalizeAdvantages: false };

describe('an update of four epochs equals the same in float64, written plainly', () => {
  test.each<[string, Settings]>([
    ['as it is', plain],
    ['with entropy', { ...plain, entropyCoef: 0.2 }],
    ['standardised advantages', { ...plain, normalizeAdvantages: true }],
    ['a narrow clip range', { ...plain, clipRange: 0.02 }],
    ['clipped values', { ...plain, clipRangeValue: 0.05 }],
  ])('%s', async (_, settings) => {
    const { env, log } = recordedWalk({ maxSteps: 5, longest: 9 });
    const step = { maxGradNorm: Infinity, learningRate: 0.2 };
    await using learner = ppo()
      .env(vectorize(env, { numEnvs: N }))
      .policy(actorCritic({ encoder: linear() }))
      // one minibatch, so that its order does not matter
      .options({ ...settings, ...step, gamma: GAMMA, lambda: LAMBDA, rolloutLength: T, epochs: 4, minibatchSize: N * T, optimizer: sgd() })
      .build({ seed: 4 });
    const updates = learner.train({ steps: 1e6 });
    let clipped = 0;
    for (let i = 0; i < 3; i++) {
      log.length = 0;
      const before = copyOf(learner.policy.parameters);
      const { value: update } = await updates.next();
      const samples = samplesOf(log, before);
      let expected = before;
      let losses = 0;
      for (let epoch = 0; epoch < 4; epoch++) {
        losses += lossOf(expected, samples, settings);
        expected = descendOn(expected, (at) => lossOf(at, samples, settings), step).after;
      }
      expect(update!.loss).toBeCloseTo(losses / 4, 4);
      expect(distance(expected, before)).toBeGreaterThan(0.02);
      expect(distance(copyOf(learner.policy.parameters), expected)).toBeLessThan(2e-5);
      expect(update!.gradientSteps).toBe(4);
      clipped += update!.clipFraction;
    }
    if (settings.clipRange < 0.1) expect(clipped).toBeGreaterThan(0.05);
  });
});

describe('minibatches', () => {
  const learnerOf = (options: object) =>
    ppo()
      .env(vectorize(recordedWalk({ maxSteps: 5, longest: 9 }).env, { numEnvs: N }))
      .policy(actorCritic({ encoder: linear() }))
      .options({ rolloutLength: T, epochs: 3, ...options })
      .build({ seed: 1 });

  test('go over all steps in each epoch, the last one smaller', async () => {
    await using learner = learnerOf({ minibatchSize: 10 });
    expect((await train(learner, 1))[0]).toMatchObject({ gradientSteps: 9, step: 27 });
  });

  test('larger than the update are the whole update', async () => {
    await using learner = learnerOf({ minibatchSize: 1000 });
    expect((await train(learner, 1))[0]!.gradientSteps).toBe(3);
  });

  test('a KL divergence beyond 1.5 times the target ends the update', async () => {
    await using learner = learnerOf({ minibatchSize: 27, learningRate: 0.3, targetKl: 0.001 });
    const [update] = await train(learner, 1);
    expect(update!.gradientSteps).toBe(1);
    expect(update!.approxKl).toBeGreaterThan(0.00075);
  });

  test.each([1, 3])('an update that a divergence ends leaves the gradients of its last step, clipped: %d shards', async (shards) => {
    const settings = { shards, minibatchSize: 27, learningRate: 0.3, maxGradNorm: 0.01 };
    await using stopped = learnerOf({ ...settings, targetKl: 1e-6 });
    await using single = learnerOf({ ...settings, epochs: 1 });
    expect((await train(stopped, 1))[0]!.gradientSteps).toBe(1);
    await train(single, 1);
    expect(stopped.gradients).toEqual(single.gradients);
    const norm = Math.hypot(...stopped.gradients.flatMap(({ values }) => [...values]));
    expect(norm).toBeCloseTo(0.01, 5);
  });

  test.each([1, 3])('what is reported are means over steps, though the last minibatch is smaller: %d shards', async (shards) => {
    const settings = { shards, learningRate: 0, clipRangeValue: 0.1, normalizeAdvantages: false };
    await using parts = learnerOf({ ...settings, minibatchSize: 24 });
    await using whole = learnerOf({ ...settings, minibatchSize: 27 });
    const [[ofParts], [ofWhole]] = [await train(parts, 1), await train(whole, 1)];
    for (const name of ['entropy', 'policyLoss', 'valueLoss', 'approxKl', 'clipFraction', 'loss'] as const) {
      expect(ofParts![name], name).toBeCloseTo(ofWhole![name], 6);
    }
  });

  test('training goes on with the observations behind the rollout', async () => {
    const { env, log } = recordedWalk({ maxSteps: 50, longest: 90 });
    await using learner = ppo()
      .env(vectorize(env, { numEnvs: N }))
      .policy(actorCritic({ encoder: linear() }))
      .options({ rolloutLength: 2, minibatchSize: 4 })
      .build({ seed: 1 });
    await train(learner, 12);
    for (let i = N; i < log.length; i++) {
      const before = log[i - N]!;
      if (!before.terminated && !before.truncated) expect(log[i]!.obs).toEqual(before.nextObs);
    }
  });

  test('one step has no standard deviation', () => {
    expect(() => learnerOf({ minibatchSize: 1 })).toThrow(
      'ppo: got normalizeAdvantages over minibatches of one step; expected at least 2 steps: one alone is its own mean',
    );
    learnerOf({ minibatchSize: 1, normalizeAdvantages: false }).dispose();
  });
});
