import { vectorize } from '@pg/envs';
import { sgd } from '@pg/nn';
import { actorCritic, linear } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { type RecordedStep, recordedWalk } from '../../fixtures/environments.js';
import { copyOf, descend, distance, type Parameters, standardized, valueOf, type WeighedStep } from '../../fixtures/reference.js';
import { a2c } from './a2c.js';

const N = 3;
const T = 9;

/** Advantages by their definition: Σ (γλ)^k·δ up to the end of the episode or the rollout. */
function weigh(
  steps: readonly RecordedStep[],
  parameters: Parameters,
  { gamma, lambda, normalizeAdvantages }: { gamma: number; lambda: number; normalizeAdvantages: boolean },
) {
  const values = steps.map(({ obs }) => valueOf(parameters, obs));
  const errors = steps.map(({ reward, nextObs, terminated }, i) => reward + (terminated ? 0 : gamma * valueOf(parameters, nextObs)) - values[i]!);
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

const plain = { gamma: 0.9, lambda: 1, entropyCoef: 0, valueCoef: 0.5, normalizeAdvantages: false, maxGradNorm: Infinity, learningRate: 0.5 };

describe('an update equals the same in float64, written plainly', () => {
  test.each([
    ['λ = 1', plain, false],
    ['λ between', { ...plain, lambda: 0.6 }, false],
    ['λ = 0', { ...plain, lambda: 0 }, false],
    ['with entropy', { ...plain, entropyCoef: 0.3 }, false],
    ['another weight of the values', { ...plain, valueCoef: 0.1 }, false],
    ['standardised advantages', { ...plain, normalizeAdvantages: true }, false],
    ['clipped', { ...plain, maxGradNorm: 0.05, learningRate: 5 }, false],
    ['continuous actions', { ...plain, lambda: 0.8, entropyCoef: 0.1, learningRate: 0.1 }, true],
  ])('%s', async (_, options, continuous) => {
    const { env, log } = recordedWalk({ maxSteps: 5, longest: 9, continuous });
    await using learner = a2c()
      .env(vectorize(env, { numEnvs: N }))
      .policy(actorCritic({ encoder: linear() }))
      .options({ ...options, rolloutLength: T, optimizer: sgd() })
      .build({ seed: 4 });
    const updates = learner.train({ steps: 1e6 });
    for (let i = 0; i < 3; i++) {
      log.length = 0;
      const before = copyOf(learner.policy.parameters);
      const { value: update } = await updates.next();
      const steps = weigh(log, before, options);
      // environments see clipped actions; what was drawn is only known where it lay inside
      if (continuous && log.some(({ action }) => Math.abs((action as Float32Array)[0]!) === 1)) continue;
      const { after, norm, loss } = descend(before, steps, options);
      expect(distance(after, before)).toBeGreaterThan(0.02);
      expect(distance(copyOf(learner.policy.parameters), after)).toBeLessThan(1e-5);
      expect(update!.gradientNorm).toBeCloseTo(norm, 4);
      expect(update!.policyLoss - options.entropyCoef * update!.entropy + options.valueCoef * update!.valueLoss).toBeCloseTo(loss, 5);
    }
    expect(log.length).toBe(N * T);
  });
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
