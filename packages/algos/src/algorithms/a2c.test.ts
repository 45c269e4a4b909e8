import { vectorize } from '@pg/envs';
import { sgd } from '@pg/nn';
import { actorCritic, linear } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { continuousWalk, type RecordedStep, recordedWalk } from '../../fixtures/environments.js';
import { copyOf, criticOf, descend, distance, type Parameters, type ReferenceOptions, standardized, type WeighedStep } from '../../fixtures/reference.js';
import { a2c } from './a2c.js';

const N = 3;
const T = 9;

/** Advantages by their definition: Σ (γλ)^k·δ up to the end of the episode or the rollout. */
function weigh(
  steps: readonly RecordedStep[],
  parameters: Parameters,
  { gamma, lambda, normalizeAdvantages }: { gamma: number; lambda: number; normalizeAdvantages: boolean },
) {
  const values = steps.map(({ obs }) => criticOf(parameters, obs));
  const errors = steps.map(({ reward, nextObs, terminated }, i) => reward + (terminated ? 0 : gamma * criticOf(parameters, nextObs)) - values[i]!);
  const advantages = steps.map((_, i) => {
    let sum = 0;
    for (let k = i, weight = 1; k < steps.length; k += N, weight *= gamma * lambda) {
      sum += weight * errors[k]!;
      if (steps[k]!.terminated || steps[k]!.truncated) break;
    }
    return sum;
  });
  const scaled = normalizeAdvantages ? standardized(advantages) : advantages;
  return steps.map(({ obs, action }, i): WeighedStep => ({ obs, action, advantage: scaled[i]!, valueTarget: advantages[i]! + values[i]! }));
}

const plain: Options = { gamma: 0.9, lambda: 1, entropyCoef: 0, valueCoef: 0.5, normalizeAdvantages: false, maxGradNorm: Infinity, learningRate: 0.5 };

interface Options extends ReferenceOptions {
  readonly gamma: number;
  readonly lambda: number;
  readonly valueCoef: number;
  readonly normalizeAdvantages: boolean;
}

function learnerOf(env: ReturnType<typeof recordedWalk>['env'], { huber, ...options }: Options, rounds = false) {
  return a2c()
    .env(vectorize(env, { numEnvs: N }))
    .policy(actorCritic({ encoder: linear() }))
    .options({ ...options, rounds, valueLoss: huber === undefined ? 'squared' : { huber }, rolloutLength: T, optimizer: sgd() })
    .build({ seed: 4 });
}

/** Whether each step of a log counts in rounds: those of each copy up to its first end. */
function countingInRound(log: readonly RecordedStep[], ended: boolean[]): number[] {
  return log.flatMap(({ terminated, truncated }, i) => {
    const counts = !ended[i % N];
    if (terminated || truncated) ended[i % N] = true;
    return counts ? [i] : [];
  });
}

describe('an update equals the same in float64, written plainly', () => {
  test.each<[string, Options]>([
    ['λ = 1', plain],
    ['λ between', { ...plain, lambda: 0.6 }],
    ['λ = 0', { ...plain, lambda: 0 }],
    ['with entropy', { ...plain, entropyCoef: 0.3 }],
    ['another weight of the values', { ...plain, valueCoef: 0.1 }],
    ['standardised advantages', { ...plain, normalizeAdvantages: true }],
    ['clipped', { ...plain, maxGradNorm: 0.05, learningRate: 5 }],
    ['summed', { ...plain, reduction: 'sum', entropyCoef: 0.1, learningRate: 0.02 }],
    ["Huber's loss", { ...plain, huber: 0.3, valueCoef: 1 }],
    ["Huber's loss, summed", { ...plain, huber: 0.3, reduction: 'sum', learningRate: 0.02 }],
  ])('%s', async (_, options) => {
    const { env, log } = recordedWalk({ maxSteps: 5, longest: 9 });
    await using learner = learnerOf(env, options);
    const updates = learner.train({ steps: 1e6 });
    for (let i = 0; i < 3; i++) {
      log.length = 0;
      const before = copyOf(learner.policy.parameters);
      const { value: update } = await updates.next();
      const steps = weigh(log, before, options);
      const { after, norm, loss } = descend(before, steps, options);
      expect(distance(after, before)).toBeGreaterThan(0.02);
      expect(distance(copyOf(learner.policy.parameters), after)).toBeLessThan(1e-5);
      expect(update!.gradientNorm).toBeCloseTo(norm, 4);
      const weight = options.reduction === 'sum' ? N * T : 1;
      expect(weight * (update!.policyLoss - options.entropyCoef * update!.entropy + options.valueCoef * update!.valueLoss)).toBeCloseTo(loss, 4);
    }
    expect(log.length).toBe(N * T);
  });
});

test('continuous actions: the means, log σ and the values', async () => {
  const { env, log } = continuousWalk({ maxSteps: 5, longest: 9 });
  const options = { ...plain, lambda: 0.8, entropyCoef: 0.1, learningRate: 0.1 };
  await using learner = a2c()
    .env(vectorize(env, { numEnvs: N }))
    // σ = e^-3: the drawn actions all lie inside the bounds, so that they are known from what the environment saw
    .policy(actorCritic({ encoder: linear(), initialLogStd: -3 }))
    .options({ ...options, rolloutLength: T, optimizer: sgd() })
    .build({ seed: 4 });
  const before = copyOf(learner.policy.parameters);
  await learner.train({ steps: 1 }).next();
  expect(log.every(({ action }) => Math.abs((action as Float32Array)[0]!) < 1)).toBe(true);
  const { after } = descend(before, weigh(log, before, options), options);
  const moved = distance(after, before);
  expect(moved).toBeGreaterThan(0.02);
  // log-probabilities of a narrow Gaussian magnify the rounding of its float32 actions by 1/σ
  expect(distance(copyOf(learner.policy.parameters), after)).toBeLessThan(1e-4 * moved);
});

test('termination, truncation and a cut all occur in what was compared', async () => {
  const { env, log } = recordedWalk({ maxSteps: 5, longest: 9 });
  await using learner = a2c()
    .env(vectorize(env, { numEnvs: N }))
    .policy(actorCritic({ encoder: linear() }))
    .options({ rolloutLength: T })
    .build({ seed: 4 });
  await learner.train({ steps: 1 }).next();
  const kinds = new Set(log.map(({ terminated, truncated }, i) => `${terminated} ${truncated} ${i >= (T - 1) * N}`));
  for (const kind of ['true false false', 'false true false', 'false false false', 'false false true']) expect(kinds).toContain(kind);
});

describe('rounds', () => {
  test.each<[string, Options]>([
    ['plain', plain],
    ['summed, λ between', { ...plain, lambda: 0.6, reduction: 'sum', learningRate: 0.05 }],
    ['standardised advantages', { ...plain, normalizeAdvantages: true }],
  ])('only steps of running episodes count, until all have ended: %s', async (_, options) => {
    // episodes of up to 25 steps and rollouts of 9: a round is up to three updates, the last of them short
    const { env, log } = recordedWalk({ maxSteps: 20, longest: 25 });
    await using learner = learnerOf(env, options, true);
    const updates = learner.train({ steps: 1e6 });
    let ended = new Array<boolean>(N).fill(false);
    const seen = { rounds: 0, short: 0, waiting: 0, counted: 0, all: 0 };
    for (let i = 0; i < 12; i++) {
      log.length = 0;
      const before = copyOf(learner.policy.parameters);
      const { value: update } = await updates.next();
      const rows = countingInRound(log, ended);
      const advantages = weigh(log, before, { ...options, normalizeAdvantages: false });
      const counted = rows.map((row) => advantages[row]!);
      // a step that is alone is its own mean
      const scaled = options.normalizeAdvantages && (counted.length === 1 ? [0] : standardized(counted.map(({ advantage }) => advantage)));
      const steps = scaled ? counted.map((step, k) => ({ ...step, advantage: scaled[k]! })) : counted;
      const { after, norm } = descend(before, steps, options);
      expect(distance(copyOf(learner.policy.parameters), after)).toBeLessThan(1e-5);
      expect(update!.gradientNorm).toBeCloseTo(norm, 3);
      seen.counted += rows.length;
      seen.all += log.length;
      expect(update!.step).toBe(seen.counted);
      if (rows.length < log.length) seen.waiting += 1;
      if (log.length < N * T) seen.short += 1;
      if (!ended.every(Boolean)) {
        expect(log.length).toBe(N * T);
        continue;
      }
      seen.rounds += 1;
      expect(update!.episodes).toBe(N * seen.rounds);
      ended = new Array<boolean>(N).fill(false);
    }
    for (const count of [seen.rounds, seen.short, seen.waiting, seen.all - seen.counted]) expect(count).toBeGreaterThan(1);
  });

  test('a new round begins with new episodes, and the same seed gives the same rounds', async () => {
    const play = async () => {
      await using learner = learnerOf(recordedWalk({ maxSteps: 20, longest: 25 }).env, plain, true);
      const lengths: number[] = [];
      for await (const { step, meanLength } of learner.train({ steps: 300 })) lengths.push(step, meanLength);
      return lengths;
    };
    const first = await play();
    expect(first.length).toBeGreaterThan(20);
    expect(await play()).toEqual(first);
  });
});
