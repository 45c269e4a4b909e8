import { box, type Dtype, discrete } from '@pg/core';
import { defineEnv, vectorize } from '@pg/envs';
import { actorCritic, conv, loadPolicy } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { train } from '../../fixtures/learners.js';
import { collectorOf, rowsOf } from '../../fixtures/runs.js';
import { a2c } from '../algorithms/a2c.js';

const PIXELS = 5 * 4;

/** A spot that wanders over a small picture; pixels are whole numbers up to 255, `offset` is added to each. */
function spot(dtype: Dtype, { offset = 0, maxSteps = 7 } = {}) {
  return defineEnv({
    id: 'spot',
    observation: box({ shape: [5, 4, 1], low: 0, high: 255, dtype }),
    action: discrete(3),
    maxSteps,
    init: (rng) => ({ at: rng.integer(PIXELS), shade: rng.integer(256) }),
    step({ at, shade }, action, rng) {
      const next = (at + action + PIXELS - 1) % PIXELS;
      return { state: { at: next, shade: (shade + rng.integer(50)) % 256 }, reward: next === 0 ? 1 : 0, terminated: next === 3 };
    },
    observe: ({ at, shade }) => Array.from({ length: PIXELS }, (_, i) => Math.min(255, (i === at ? 255 : shade) + offset)),
  });
}

const policy = (input?: Dtype) => actorCritic({ encoder: conv([{ filters: 2, kernel: 2 }], [6], { ...(input && { input }) }) });

describe('a rollout of bytes', () => {
  const [N, T] = [3, 20];

  /** The observations of two rollouts, and the memory that holds them. */
  function observations(dtype: Dtype, input?: Dtype, offset = 0) {
    const { run, collector, rollout } = collectorOf(vectorize(spot(dtype, { offset }), { numEnvs: N }), T, { policy: policy(input) });
    const seen: number[][][] = [];
    for (let i = 0; i < 2; i++) {
      collector.collectSteps();
      seen.push(rowsOf(run.network.input, PIXELS, 0, (T + 1) * N));
    }
    return { seen, rollout, input: run.network.input };
  }

  test('holds what one of numbers holds', () => {
    const numbers = observations('float32', 'float32');
    expect(numbers.input).toBeInstanceOf(Float32Array);
    expect(numbers.seen.flat(2).every((pixel) => Number.isInteger(pixel))).toBe(true);
    expect(new Set(numbers.seen.flat(2)).size).toBeGreaterThan(20);
    for (const bytes of [observations('uint8'), observations('float32', 'uint8')]) {
      expect(bytes.input).toBeInstanceOf(Uint8Array);
      // other actions are drawn: the networks see 255 times smaller numbers; the first observations are the same
      expect(bytes.seen[0]!.slice(0, N)).toEqual(numbers.seen[0]!.slice(0, N));
      expect(bytes.seen[1]!.slice(0, N)).toEqual(bytes.seen[0]!.slice(T * N));
      expect(rowsOf(bytes.rollout.obsAt(T), PIXELS, 0, N)).toEqual(bytes.seen[1]!.slice(T * N));
    }
  });

  test('of an environment of numbers has the bits of one of bytes', () => {
    expect(observations('float32', 'uint8').seen).toEqual(observations('uint8').seen);
  });

  test('rounds what is not whole', () => {
    expect(observations('float32', 'uint8', 0.4).seen[0]!.slice(0, N)).toEqual(observations('float32', 'uint8').seen[0]!.slice(0, N));
  });
});

test('training, evaluating and saving on bytes: numbers kept as bytes give the same bits as bytes', async () => {
  const build = (dtype: Dtype) =>
    a2c()
      .env(vectorize(spot(dtype), { numEnvs: 4 }))
      .policy(policy('uint8'))
      .options({ rolloutLength: 10, learningRate: 0.01 })
      .build({ seed: 2 });
  await using one = build('uint8');
  await using other = build('float32');
  const updates = await train(one, 800);
  expect(await train(other, 800)).toEqual(updates);
  expect(other.policy.parameters).toEqual(one.policy.parameters);
  // episodes were cut by the time limit, so final observations were valued
  expect(updates.at(-1)!.meanLength).toBeGreaterThan(3);
  expect(await other.evaluate({ episodes: 20 })).toEqual(await one.evaluate({ episodes: 20 }));
  const loaded = await loadPolicy(one.policy.toBytes(), { env: spot('uint8') });
  expect(loaded.model.network.input).toEqual({ dtype: 'uint8', scale: 1 / 255 });
  const frame = Uint8Array.from({ length: PIXELS }, (_, i) => i * 12);
  expect(loaded.logProb(frame, 2)).toBe(one.policy.logProb(frame, 2));
});
