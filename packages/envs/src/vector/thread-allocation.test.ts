import { box, type DtypeArray, discrete, frameStack } from '@pg/core';
import { expect, test } from 'vitest';
import { bundled } from '../../../../fixtures/bundled.js';
import type { AnySpec } from '../../fixtures/environments.js';
import { pole } from '../../fixtures/worker-envs.js';
import { acrobot } from '../acrobot/acrobot.js';
import { cartPole } from '../cart-pole/cart-pole.js';
import { CopyLayer } from '../copy/copy-layer.js';
import { defineEnv } from '../env/define-env.js';
import { mountainCar } from '../mountain-car/mountain-car.js';
import { mountainCarContinuous } from '../mountain-car/mountain-car-continuous.js';
import { pendulum } from '../pendulum/pendulum.js';
import { swingUp } from '../swing-up/swing-up.js';
import { vectorize } from './vectorize.js';

/**
 * Numbers of 16 copies, which code that has met many kinds of environments boxes, and a few more; no arrays or views. The check of
 * benchmarks looks closer, at each environment in a process of its own.
 */
const FEW = 800;

/** Bytes of heap a step: the median over many short stretches, which a garbage collection in one of them does not touch. */
function bytesPerStep(step: () => void): number {
  const [stretches, steps] = [100, 100];
  const growth = new Float64Array(stretches);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < steps; i++) step();
    growth[stretch] = (process.memoryUsage().heapUsed - before) / steps;
  }
  return growth.sort()[stretches / 2]!;
}

/** The least of up to ten rounds of 10,000 steps: code that is not compiled yet, which other work may delay, boxes its numbers. */
function leastBytesPerStep(step: () => void): number {
  let least = Infinity;
  for (let round = 0; round < 10 && least >= FEW; round++) least = Math.min(least, bytesPerStep(step));
  return least;
}

/** A bright pixel that runs along a strip, in place: it allocates nothing itself. */
const strip = () =>
  defineEnv({
    id: 'strip',
    observation: box({ shape: [1, 64, 1], low: 0, high: 255, dtype: 'uint8' }),
    action: discrete(2),
    maxSteps: 1000,
    create() {
      const frame = new Uint8Array(64);
      let place = 0;
      return {
        reward: 0,
        terminated: false,
        begin() {
          place = 0;
        },
        // without noise: a generator's numbers may be boxed between its own functions
        step(action: number | Float32Array) {
          frame[place] = 0;
          place = (place + (action as number) + 1) & 63;
          frame[place] = 255;
        },
        observe(out: DtypeArray, offset: number) {
          for (let i = 0; i < 64; i++) out[offset + i] = frame[i]!;
        },
        snapshot: () => place,
        restore(snapshot) {
          place = snapshot as number;
        },
      };
    },
  });

const specs: [string, AnySpec][] = [
  ['CartPole', cartPole({ maxSteps: 1_000_000 })],
  ['SwingUp', swingUp({ maxSteps: 1_000_000 })],
  ['Acrobot', acrobot({ maxSteps: 1_000_000 })],
  ['MountainCar', mountainCar({ maxSteps: 1_000_000 })],
  ['MountainCarContinuous', mountainCarContinuous({ maxSteps: 1_000_000 })],
  ['Pendulum', pendulum({ maxSteps: 1_000_000 })],
  ['an environment that changes in place', strip()],
  ['with a stage', strip().pipe(frameStack(4) as never)],
  ['with a wrapper', strip().pipe((space, env) => ({ name: 'same', space, actionSpace: env.actionSpace, wrap: (copy) => new CopyLayer(copy) })) as AnySpec],
];

test.each(specs)('10,000 steps allocate nothing: %s', (_, spec) => {
  const envs = vectorize(spec, { numEnvs: 16 }).make();
  const { obsSize } = envs;
  const actions = new (spec.actionSpace.kind === 'discrete' ? Int32Array : Float32Array)(16);
  const seen = envs.reset();
  const bytes = leastBytesPerStep(() => {
    // keeps the pole upright: the state that an episode starts with is made anew
    if (spec.id.startsWith('CartPole-')) for (let n = 0; n < 16; n++) actions[n] = seen[n * obsSize + 2]! + seen[n * obsSize + 3]! > 0 ? 1 : 0;
    envs.step(actions);
  });
  expect(bytes).toBeLessThan(FEW);
});

test('10,000 steps on other threads allocate nothing on this one', () => {
  const envs = vectorize(pole, {
    numEnvs: 16,
    workers: 2,
    module: bundled(new URL('../../fixtures/worker-envs.ts', import.meta.url)),
    export: 'pole',
  }).make();
  const actions = new Int32Array(16);
  envs.reset();
  try {
    expect(leastBytesPerStep(() => void envs.step(actions))).toBeLessThan(FEW);
  } finally {
    envs.close();
  }
});
