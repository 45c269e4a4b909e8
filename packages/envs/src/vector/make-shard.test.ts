import { Rng } from '@pg/core';
import { expect, test } from 'vitest';
import { bundled } from '../../../../fixtures/bundled.js';
import * as fixtures from '../../fixtures/worker-envs.js';
import { cartPole } from '../cart-pole/cart-pole.js';
import type { EnvSpec } from '../env/env.js';
import { normalizeObservations } from '../normalization/normalize-observations.js';
import { makeShard } from './make-shard.js';
import { vectorize } from './vectorize.js';

const workers = { workers: 2, module: bundled(new URL('../../fixtures/worker-envs.ts', import.meta.url)), export: 'walk' };

// biome-ignore lint/suspicious/noExplicitAny: stands for every pair of spaces
test.each<[string, EnvSpec<any, any, boolean>]>([
  ['one by one', vectorize(fixtures.walk, { numEnvs: 6 })],
  ['on threads', vectorize(fixtures.walk, { numEnvs: 6, ...workers })],
  ['many at once', vectorize(cartPole({ maxSteps: 20 }), { numEnvs: 6 })],
])('shards play what their copies play among all: %s', (_, spec) => {
  const whole = vectorize(spec, { numEnvs: 6 }).make({ seed: 3 });
  const shards = [0, 1].map((index) => makeShard(spec, { seed: 3, first: 3 * index, count: 3 }));
  expect(shards.flatMap((shard) => [...shard.reset()])).toEqual([...whole.reset()]);
  const rng = Rng.fromSeed(1);
  for (let t = 0; t < 50; t++) {
    const actions = Int32Array.from({ length: 6 }, () => rng.integer(2));
    const all = whole.step(actions);
    const parts = shards.map((shard, index) => shard.step(actions.subarray(3 * index, 3 * index + 3)));
    for (const name of ['obs', 'rewards', 'terminated', 'truncated'] as const) expect(parts.flatMap((part) => [...part[name]])).toEqual([...all[name]]);
  }
  for (const shard of shards) shard.close();
});

test('what goes wrong is named by its place among all, and where it was', () => {
  const progress = new Int32Array(2);
  const shard = makeShard(vectorize(fixtures.notANumber, { numEnvs: 6 }), { seed: 0, first: 4, count: 2, progress });
  shard.reset();
  expect(() => shard.step(Int32Array.of(0, 1))).toThrow('notANumber (copy 5).step: got the reward NaN at step 1 of the episode;');
  expect([...progress]).toEqual([5, 1]);
});

test('copies that share what they are normalised by are not divided', () => {
  const spec = vectorize(cartPole().pipe(normalizeObservations()), { numEnvs: 6 });
  expect(() => makeShard(spec, { seed: 0, first: 0, count: 3 })).toThrow('makeShard: got CartPole-v1 | ');
});
