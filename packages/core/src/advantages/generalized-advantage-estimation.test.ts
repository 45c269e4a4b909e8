import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import golden from '../../fixtures/gae.json' with { type: 'json' };
import { type AdvantageRollout, generalizedAdvantageEstimation } from './generalized-advantage-estimation.js';

interface Columns {
  readonly rewards: readonly number[];
  readonly values: readonly number[];
  readonly nextValues: readonly number[];
  readonly terminated?: readonly number[];
  readonly truncated?: readonly number[];
}

function rollout(columns: Columns, numEnvs = 1): AdvantageRollout {
  const none = columns.rewards.map(() => 0);
  return {
    rewards: new Float32Array(columns.rewards),
    values: new Float32Array(columns.values),
    nextValues: new Float32Array(columns.nextValues),
    terminated: new Uint8Array(columns.terminated ?? none),
    truncated: new Uint8Array(columns.truncated ?? none),
    numEnvs,
  };
}

/** Rows `from` to `to` of a rollout. */
function rows(whole: AdvantageRollout, from: number, to: number): AdvantageRollout {
  const [start, end] = [from * whole.numEnvs, to * whole.numEnvs];
  return {
    rewards: whole.rewards.slice(start, end),
    values: whole.values.slice(start, end),
    nextValues: whole.nextValues.slice(start, end),
    terminated: whole.terminated.slice(start, end),
    truncated: whole.truncated.slice(start, end),
    numEnvs: whole.numEnvs,
  };
}

/** Rollouts of up to 12 steps and 4 environments with numbers in [−10, 10] and an episode end of either kind here and there. */
const rollouts = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 })).chain(([steps, numEnvs]) => {
  const size = { minLength: steps * numEnvs, maxLength: steps * numEnvs };
  const numbers = fc.array(fc.float({ min: -10, max: 10, noNaN: true }), size);
  const ends = fc.array(fc.constantFrom(0, 0, 0, 1), size);
  return fc.record({ rewards: numbers, values: numbers, nextValues: numbers, terminated: ends, truncated: ends }).map((columns) => rollout(columns, numEnvs));
});
const fraction = fc.double({ min: 0, max: 1, noNaN: true });

// advantages of 12 steps are below 12·30 = 360: half a float32 unit of that is 1.6e-5
const tolerance = 2e-5;

describe('golden values', () => {
  test('three steps, by hand', () => {
    // δ = 1 + 0.75 − 0.5, 2 + 1 − 1.5, 3 + 0.5 − 2; γλ = 1/4
    const { advantages, valueTargets } = generalizedAdvantageEstimation(rollout({ rewards: [1, 2, 3], values: [0.5, 1.5, 2], nextValues: [1.5, 2, 1] }), {
      gamma: 0.5,
      lambda: 0.5,
    });
    expect(advantages).toEqual(new Float32Array([1.71875, 1.875, 1.5]));
    expect(valueTargets).toEqual(new Float32Array([2.21875, 3.375, 3.5]));
  });

  test('two environments, one terminated, one truncated in the first step, by hand', () => {
    const { advantages } = generalizedAdvantageEstimation(
      rollout({ rewards: [1, 1, 4, 8], values: [0, 0, 0, 0], nextValues: [2, 2, 2, 2], terminated: [1, 0, 0, 0], truncated: [0, 1, 0, 0] }, 2),
      { gamma: 0.5, lambda: 1 },
    );
    expect(advantages).toEqual(new Float32Array([1, 2, 5, 9]));
  });

  test.each(golden.cases)('PyTorch, γ = $gamma, λ = $lambda', (reference) => {
    const { advantages, valueTargets } = generalizedAdvantageEstimation(rollout({ ...reference, nextValues: reference.next_values }, reference.N), reference);
    expect(advantages.length).toBe(48);
    // numbers below 4 are rounded to float32 by 1.2e-7 at most, and 12 steps take in 3 each
    reference.advantages.forEach((expected, i) => {
      expect(Math.abs(advantages[i]! - expected)).toBeLessThan(5e-6);
    });
    reference.value_targets.forEach((expected, i) => {
      expect(Math.abs(valueTargets[i]! - expected)).toBeLessThan(5e-6);
    });
  });
});

describe('closed forms', () => {
  test('λ = 0 is the TD error', () => {
    fc.assert(
      fc.property(rollouts, fraction, (given, gamma) => {
        const { advantages } = generalizedAdvantageEstimation(given, { gamma, lambda: 0 });
        given.rewards.forEach((reward, i) => {
          const next = given.terminated[i] ? 0 : given.nextValues[i]!;
          expect(advantages[i]).toBe(Math.fround(reward + gamma * next - given.values[i]!));
        });
      }),
    );
  });

  test('λ = 1 is the Monte-Carlo return, with the value of where it was cut, minus the value', () => {
    fc.assert(
      fc.property(rollouts, fraction, (drawn, gamma) => {
        // within an episode the next step's value is the next row's: only then do the values between cancel
        const given = withConsistentNextValues(drawn);
        const { advantages, valueTargets } = generalizedAdvantageEstimation(given, { gamma, lambda: 1 });
        given.values.forEach((value, i) => {
          const expected = monteCarlo(given, i, gamma);
          expect(Math.abs(valueTargets[i]! - expected)).toBeLessThan(tolerance);
          expect(Math.abs(advantages[i]! - (expected - value))).toBeLessThan(tolerance);
        });
      }),
    );
  });

  test('is the sum of (γλ)^k·δ up to the end of the episode', () => {
    fc.assert(
      fc.property(rollouts, fraction, fraction, (given, gamma, lambda) => {
        const { advantages } = generalizedAdvantageEstimation(given, { gamma, lambda });
        given.rewards.forEach((_, i) => {
          let sum = 0;
          for (let k = i, weight = 1; k < given.rewards.length; k += given.numEnvs, weight *= gamma * lambda) {
            sum += weight * (given.rewards[k]! + (given.terminated[k] ? 0 : gamma * given.nextValues[k]!) - given.values[k]!);
            if (given.terminated[k] || given.truncated[k]) break;
          }
          expect(Math.abs(advantages[i]! - sum)).toBeLessThan(tolerance);
        });
      }),
    );
  });

  test('right values have no advantage: reward 1 for ever and V = 1/(1 − γ)', () => {
    const values = new Array<number>(50).fill(4);
    const { advantages, valueTargets } = generalizedAdvantageEstimation(rollout({ rewards: values.map(() => 1), values, nextValues: values }), {
      gamma: 0.75,
      lambda: 0.9,
    });
    expect(advantages).toEqual(new Float32Array(50));
    expect(valueTargets).toEqual(new Float32Array(50).fill(4));
  });
});

describe('properties', () => {
  test('value targets are advantages plus values', () => {
    fc.assert(
      fc.property(rollouts, fraction, fraction, (given, gamma, lambda) => {
        const { advantages, valueTargets } = generalizedAdvantageEstimation(given, { gamma, lambda });
        given.values.forEach((value, i) => {
          expect(Math.abs(valueTargets[i]! - value - advantages[i]!)).toBeLessThan(2 * tolerance);
        });
      }),
    );
  });

  test('cutting a rollout where the episodes end changes nothing', () => {
    fc.assert(
      fc.property(rollouts, fc.constantFrom('terminated' as const, 'truncated' as const), fraction, fraction, (given, kind, gamma, lambda) => {
        const steps = given.rewards.length / given.numEnvs;
        const cut = Math.ceil(steps / 2);
        given[kind].fill(1, (cut - 1) * given.numEnvs, cut * given.numEnvs);
        const whole = generalizedAdvantageEstimation(given, { gamma, lambda });
        const before = generalizedAdvantageEstimation(rows(given, 0, cut), { gamma, lambda });
        const after = generalizedAdvantageEstimation(rows(given, cut, steps), { gamma, lambda });
        expect([...whole.advantages]).toEqual([...before.advantages, ...after.advantages]);
        expect([...whole.valueTargets]).toEqual([...before.valueTargets, ...after.valueTargets]);
      }),
    );
  });

  test('an environment does not see its neighbours', () => {
    fc.assert(
      fc.property(rollouts, fraction, fraction, (given, gamma, lambda) => {
        const { numEnvs } = given;
        const column = <T extends Float32Array | Uint8Array>(array: T, env: number) => array.filter((_, i) => i % numEnvs === env) as T;
        const together = generalizedAdvantageEstimation(given, { gamma, lambda });
        for (let env = 0; env < numEnvs; env++) {
          const alone = {
            rewards: column(given.rewards, env),
            values: column(given.values, env),
            nextValues: column(given.nextValues, env),
            terminated: column(given.terminated, env),
            truncated: column(given.truncated, env),
            numEnvs: 1,
          };
          expect(column(together.advantages, env)).toEqual(generalizedAdvantageEstimation(alone, { gamma, lambda }).advantages);
        }
      }),
    );
  });

  test('truncated exceeds terminated by γ·nextValue, and by (γλ)^k of that k steps before', () => {
    const columns = { rewards: [1, 2, 3, 4], values: [1, 2, 1, 2], nextValues: [2, 1, 8, 5] };
    const options = { gamma: 0.5, lambda: 0.5 };
    const truncated = generalizedAdvantageEstimation(rollout({ ...columns, truncated: [0, 0, 1, 0] }), options).advantages;
    const terminated = generalizedAdvantageEstimation(rollout({ ...columns, terminated: [0, 0, 1, 0] }), options).advantages;
    expect([...truncated].map((advantage, i) => advantage - terminated[i]!)).toEqual([0.25, 1, 4, 0]);
  });

  test('terminated and truncated at once is terminated', () => {
    const columns = { rewards: [1, 2], values: [1, 2], nextValues: [8, 8] };
    const options = { gamma: 0.9, lambda: 0.9 };
    expect(generalizedAdvantageEstimation(rollout({ ...columns, terminated: [1, 0], truncated: [1, 0] }), options)).toEqual(
      generalizedAdvantageEstimation(rollout({ ...columns, terminated: [1, 0] }), options),
    );
  });

  test('what follows a terminal state is not read', () => {
    const given = rollout({ rewards: [1, 2], values: [1, 2], nextValues: [Number.NaN, 4], terminated: [1, 0] });
    expect(generalizedAdvantageEstimation(given, { gamma: 0.5, lambda: 0.5 }).advantages).toEqual(new Float32Array([0, 2]));
  });

  test('writes where it is told to and leaves its input', () => {
    const given = rollout({ rewards: [1], values: [0.5], nextValues: [2] });
    const copy = structuredClone(given);
    const out = { advantages: new Float32Array(1), valueTargets: new Float32Array(1) };
    expect(generalizedAdvantageEstimation(given, { gamma: 0.5, lambda: 1 }, out)).toBe(out);
    expect(out).toEqual({ advantages: new Float32Array([1.5]), valueTargets: new Float32Array([2]) });
    expect(given).toEqual(copy);
  });
});

describe('shapes', () => {
  const given = rollout({ rewards: [1, 2], values: [1, 2], nextValues: [1, 2] });
  const options = { gamma: 0.9, lambda: 0.9 };
  const rest = 'expected arrays of T × numEnvs elements, all of the same length, for at least one environment. Pass time-major [T, N] arrays.';

  test.each([
    ['rewards', { rewards: new Float32Array(3) }, 'rewards [3], values [2], terminated [2], truncated [2], nextValues [2], advantages [3], valueTargets [3]'],
    ['values', { values: new Float32Array(3) }, 'rewards [2], values [3], terminated [2], truncated [2], nextValues [2], advantages [2], valueTargets [2]'],
    [
      'terminated',
      { terminated: new Uint8Array(1) },
      'rewards [2], values [2], terminated [1], truncated [2], nextValues [2], advantages [2], valueTargets [2]',
    ],
    ['truncated', { truncated: new Uint8Array(1) }, 'rewards [2], values [2], terminated [2], truncated [1], nextValues [2], advantages [2], valueTargets [2]'],
    [
      'nextValues',
      { nextValues: new Float32Array(0) },
      'rewards [2], values [2], terminated [2], truncated [2], nextValues [0], advantages [2], valueTargets [2]',
    ],
  ])('refuses %s of another length', (_, change, lengths) => {
    expect(() => generalizedAdvantageEstimation({ ...given, ...change }, options)).toThrow(
      `generalizedAdvantageEstimation: got ${lengths} for numEnvs 1; ${rest}`,
    );
  });

  test('says which array is missing', () => {
    const { values: _, ...others } = given;
    expect(() => generalizedAdvantageEstimation(others as AdvantageRollout, options)).toThrow('got rewards [2], no values, terminated [2],');
  });

  test('refuses a misspelt option', () => {
    expect(() => generalizedAdvantageEstimation(given, { gamma: 0.9, lamda: 1 } as never)).toThrow('got lambda: undefined; expected a number from 0 to 1.');
  });

  test('refuses outputs of another length', () => {
    expect(() => generalizedAdvantageEstimation(given, options, { advantages: new Float32Array(2), valueTargets: new Float32Array(1) })).toThrow(
      `got rewards [2], values [2], terminated [2], truncated [2], nextValues [2], advantages [2], valueTargets [1] for numEnvs 1; ${rest}`,
    );
  });

  test.each([0, -1, 0.5, 3, Number.NaN])('refuses %d environments', (numEnvs) => {
    expect(() => generalizedAdvantageEstimation({ ...given, numEnvs }, options)).toThrow(
      `got rewards [2], values [2], terminated [2], truncated [2], nextValues [2], advantages [2], valueTargets [2] for numEnvs ${numEnvs}`,
    );
  });
});

/** Within an episode the successor's value is the value of the next row. */
function withConsistentNextValues(given: AdvantageRollout): AdvantageRollout {
  const nextValues = given.nextValues.map((value, i) => {
    const ended = given.terminated[i] || given.truncated[i];
    return ended ? value : (given.values[i + given.numEnvs] ?? value);
  });
  return { ...given, nextValues };
}

/** Rewards to go from element i, plus the value of the state in which the episode or the rollout was cut. */
function monteCarlo({ rewards, nextValues, terminated, truncated, numEnvs }: AdvantageRollout, i: number, gamma: number): number {
  let sum = 0;
  let weight = 1;
  for (let k = i; k < rewards.length; k += numEnvs) {
    sum += weight * rewards[k]!;
    weight *= gamma;
    if (terminated[k]) return sum;
    if (truncated[k] || k + numEnvs >= rewards.length) return sum + weight * nextValues[k]!;
  }
  return sum;
}
