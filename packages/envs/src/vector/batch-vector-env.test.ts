import { type DtypeArray, NonFiniteError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { type AnySpec, counter, withoutBatch } from '../../fixtures/environments.js';
import { playVector } from '../../fixtures/play.js';
import { acrobot } from '../acrobot/acrobot.js';
import { cartPole } from '../cart-pole/cart-pole.js';
import { defineEnv } from '../env/define-env.js';
import { mountainCar } from '../mountain-car/mountain-car.js';
import { mountainCarContinuous } from '../mountain-car/mountain-car-continuous.js';
import { pendulum } from '../pendulum/pendulum.js';
import { swingUp } from '../swing-up/swing-up.js';
import { BatchVectorEnv } from './batch-vector-env.js';
import { SyncVectorEnv } from './sync-vector-env.js';
import { vectorize } from './vectorize.js';

describe.each<[string, AnySpec]>([
  ['CartPole', cartPole()],
  ['CartPole with a short limit', cartPole({ maxSteps: 7 })],
  ['CartPole with rewards of Sutton and Barto', cartPole({ suttonBartoReward: true })],
  ['semi-implicit CartPole', cartPole({ kinematicsIntegrator: 'semi-implicit' })],
  ['CartPoleSwingUp-v0', swingUp({ maxSteps: 60 })],
  ['CartPoleSwingUp-v1', swingUp({ version: 'v1', maxSteps: 60 })],
  ['Acrobot', acrobot({ maxSteps: 60 })],
  ["Acrobot with the paper's equations", acrobot({ dynamics: 'nips', maxSteps: 60 })],
  ['MountainCar', mountainCar({ goalVelocity: 0.01, maxSteps: 60 })],
  ['MountainCarContinuous', mountainCarContinuous({ goalVelocity: 0.01, maxSteps: 60 })],
  ['Pendulum', pendulum({ g: 9.81, maxSteps: 60 })],
])('%s', (_, env) => {
  test.each([0, 1, 2])('many at once give what one after the other gives, bit for bit (seed %d)', (seed) => {
    const settings = { seed, steps: 250 };
    const batch = playVector(env, 5, settings);
    // every copy has passed several ends, so resets are among the things that are compared
    for (const { played } of batch) expect(played.filter(({ finalObs }) => finalObs).length).toBeGreaterThanOrEqual(3);
    expect(batch).toEqual(playVector(withoutBatch(env), 5, settings));
  });

  test('takes the fast form where there is one', () => {
    expect(vectorize(env, { numEnvs: 2 }).make()).toBeInstanceOf(BatchVectorEnv);
    expect(vectorize(withoutBatch(env), { numEnvs: 2 }).make()).toBeInstanceOf(SyncVectorEnv);
  });
});

test('both ends are seen: CartPole falls, SwingUp leaves the track', () => {
  const ends = (env: AnySpec) => playVector(env, 5, { seed: 0, steps: 2000 }).flatMap(({ played }) => played.filter(({ finalObs }) => finalObs));
  const falls = ends(cartPole({ maxSteps: 25 }));
  expect(falls.some(({ terminated }) => terminated) && falls.some(({ truncated }) => truncated)).toBe(true);
  const runs = ends(swingUp());
  expect(runs.some(({ terminated }) => terminated) && runs.some(({ truncated }) => truncated)).toBe(true);
});

describe('a fast form that goes wrong', () => {
  const { definition } = counter({ maxSteps: 5 })['~source'];
  const faulty = (reward: number, obs: number) =>
    vectorize(
      defineEnv({
        ...definition,
        batch: () => ({
          init() {},
          step: (_: unknown, rewards: Float32Array, terminated: Uint8Array) => {
            rewards.set([0, reward]);
            terminated.fill(0);
          },
          observe(index: number, out: DtypeArray, offset: number) {
            out[offset] = index === 1 ? obs : 0;
          },
          snapshot: () => undefined,
          restore() {},
        }),
      }),
      { numEnvs: 2 },
    ).make();

  test('NaN rewards', () => {
    const envs = faulty(Number.NaN, 0);
    envs.reset();
    expect(() => envs.step(new Int32Array(2))).toThrow(NonFiniteError);
    const again = faulty(Number.NaN, 0);
    again.reset();
    expect(() => again.step(new Int32Array(2))).toThrow('counter (copy 1).batch.step: got the reward NaN at step 1 of the episode; expected finite numbers.');
  });

  test('infinite observations', () => {
    expect(() => faulty(0, Infinity).reset()).toThrow(
      'counter (copy 1).batch.observe: got Infinity at element 0 of the observation at step 0 of the episode; expected finite numbers.',
    );
  });
});
