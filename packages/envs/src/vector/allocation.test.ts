import { createElements } from '@pg/core';
import { expect, test } from 'vitest';
import type { AnySpec } from '../../fixtures/environments.js';
import { cartPole } from '../cart-pole/cart-pole.js';
import { pong } from '../pong/pong.js';
import { karpathyDifference } from '../pong/preprocessing/karpathy.js';
import { vpgDifference } from '../pong/preprocessing/vpg.js';
import { vectorize } from './vectorize.js';

const NUM_ENVS = 16;
const STEPS = 4000;

/** Bytes by which the heap has grown for each step of a copy; what the collector takes away meanwhile is not seen. */
function growthPerStep(spec: AnySpec): number {
  const envs = vectorize(spec, { numEnvs: NUM_ENVS }).make({ seed: 1 });
  const size = spec.observationSpace;
  const out = {
    obs: createElements(size, NUM_ENVS),
    rewards: new Float32Array(NUM_ENVS),
    terminated: new Uint8Array(NUM_ENVS),
    truncated: new Uint8Array(NUM_ENVS),
    finalObs: createElements(size, NUM_ENVS),
  };
  const actions = Array.from({ length: 7 }, (_, turn) => Int32Array.from({ length: NUM_ENVS }, (_, n) => (turn + n) % spec.actionSpace.size));
  const play = () => {
    for (let step = 0; step < STEPS; step++) envs.step(actions[step % 7]!, out);
  };
  envs.reset(out.obs);
  play();
  const growths = [0, 1, 2].map(() => {
    const before = process.memoryUsage().heapUsed;
    play();
    return process.memoryUsage().heapUsed - before;
  });
  return growths.sort((a, b) => a - b)[1]! / (STEPS * NUM_ENVS);
}

// one object for each step of a copy would be 16 bytes and more
test.each<[string, AnySpec]>([
  ['CartPole', cartPole() as AnySpec],
  ["Pong in Karpathy's differences", pong().pipe(karpathyDifference()) as AnySpec],
  ['Pong-v0 in VPG differences', pong({ version: 'Pong-v0', noopMax: 30 }).pipe(vpgDifference()) as AnySpec],
  ['Pong in numbers', pong({ observation: 'state' }) as AnySpec],
])('%s: stepping allocates nothing', (_, spec) => {
  expect(growthPerStep(spec)).toBeLessThan(4);
});

test('Pong in colours: drawing allocates nothing', () => {
  expect(growthPerStep(pong() as unknown as AnySpec)).toBeLessThan(4);
});
