import { Rng, type SparseRows, viewSparseRows, writeSparseRow } from '@pg/core';
import { describe, expect, test } from 'vitest';
import type { AnySpec } from '../../../fixtures/environments.js';
import { vectorize } from '../../vector/vectorize.js';
import { episodeStatistics } from '../../wrappers/episode-statistics.js';
import { pong } from '../pong.js';
import { karpathyDifference } from './karpathy.js';
import { vpgDifference } from './vpg.js';

const N = 3;

/** Room for the lists of N copies, all of them wrong. */
function rowsFor(capacity: number): SparseRows {
  const pairs = new ArrayBuffer(N * capacity * 8);
  const counts = new Int32Array(N).fill(-1);
  return { capacity, given: new Uint8Array(N), counts, indices: new Int32Array(pairs).fill(-7), values: new Float32Array(pairs) };
}

const variants: readonly (readonly [string, AnySpec])[] = [
  ['Karpathy', pong({ maxSteps: 150 }).pipe(karpathyDifference()) as unknown as AnySpec],
  ['VPG', pong({ maxSteps: 150, frameSkip: 1, noopMax: 80 }).pipe(vpgDifference()) as unknown as AnySpec],
];

describe.each(variants)('%s', (_, spec) => {
  test('the list of an observation is the observation', () => {
    const [whole, lists] = [vectorize(spec, { numEnvs: N }).make({ seed: 2 }), vectorize(spec, { numEnvs: N }).make({ seed: 2 })];
    const sparseObs = rowsFor(whole.obsSize / 8);
    const rng = Rng.fromSeed(5);
    const out = { rewards: new Float32Array(N), terminated: new Uint8Array(N), truncated: new Uint8Array(N) };
    const [obs, finalObs, row] = [new Float32Array(N * whole.obsSize), new Float32Array(N * whole.obsSize), new Float32Array(whole.obsSize)];
    whole.reset();
    lists.reset();
    let given = 0;
    for (let t = 0; t < 400; t++) {
      const actions = Int32Array.from({ length: N }, () => rng.integer(6));
      const expected = whole.step(actions);
      sparseObs.given.fill(0);
      lists.step(actions, { ...out, obs, finalObs, sparseObs });
      for (let n = 0; n < N; n++) {
        const own = viewSparseRows(sparseObs, n, 1);
        if (own.given[0]) writeSparseRow(own, 0, row);
        else row.set(obs.subarray(n * whole.obsSize, (n + 1) * whole.obsSize));
        expect(Buffer.compare(Buffer.from(row.buffer), Buffer.from(expected.obs.slice(n * whole.obsSize, (n + 1) * whole.obsSize).buffer))).toBe(0);
        const places = Array.from({ length: own.given[0] ? own.counts[0]! : 0 }, (_, i) => own.indices[2 * i]!);
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        given += own.given[0]!;
      }
    }
    expect(given).toBeGreaterThan(400 * N * 0.9);
  });
});

test('behind a wrapper observations are written whole', () => {
  const env = vectorize(pong().pipe(karpathyDifference()).pipe(episodeStatistics()), { numEnvs: N }).make({ seed: 1 });
  const sparseObs = rowsFor(800);
  const obs = env.reset(new Float32Array(N * 6400));
  const out = { rewards: new Float32Array(N), terminated: new Uint8Array(N), truncated: new Uint8Array(N), finalObs: new Float32Array(N * 6400) };
  obs.fill(9);
  env.step(new Int32Array(N), { ...out, obs, sparseObs });
  expect(Array.from(sparseObs.given)).toEqual([0, 0, 0]);
  expect(obs.includes(9)).toBe(false);
});
