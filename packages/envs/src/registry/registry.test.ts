import { InvalidOptionsError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { counter } from '../../fixtures/environments.js';
import { acrobot } from '../acrobot/acrobot.js';
import { type BreakoutVersion, breakoutVersions } from '../breakout/versions.js';
import { cartPole } from '../cart-pole/cart-pole.js';
import { mountainCar } from '../mountain-car/mountain-car.js';
import { mountainCarContinuous } from '../mountain-car/mountain-car-continuous.js';
import { pendulum } from '../pendulum/pendulum.js';
import { pong } from '../pong/pong.js';
import { type PongVersion, pongVersions } from '../pong/versions.js';
import { swingUp } from '../swing-up/swing-up.js';
import { make, register, registeredIds } from './registry.js';

describe('make', () => {
  test.each([
    ['CartPole-v0', cartPole({ version: 'v0' })],
    ['CartPole-v1', cartPole()],
    ['CartPoleSwingUp-v0', swingUp()],
    ['CartPoleSwingUp-v1', swingUp({ version: 'v1' })],
    ['Acrobot-v1', acrobot()],
    ['MountainCar-v0', mountainCar()],
    ['MountainCarContinuous-v0', mountainCarContinuous()],
    ['Pendulum-v1', pendulum()],
  ] as const)('%s', (id, expected) => {
    const { maxSteps, rewardThreshold, observationSpace, actionSpace } = expected;
    expect(make(id)).toMatchObject({ id, maxSteps, rewardThreshold, observationSpace, actionSpace });
    expect(make(id, { maxSteps: 7 }).maxSteps).toBe(7);
  });

  test('gives the environment that its function gives', () => {
    const [one, other] = [make('CartPole-v1', { suttonBartoReward: true }).make({ seed: 3 }), cartPole({ suttonBartoReward: true }).make({ seed: 3 })];
    expect(one.reset()).toEqual(other.reset());
    expect(one.step(1)).toEqual(other.step(1));
  });

  test.each(Object.entries(pongVersions))('%s', (id, { maxSteps }) => {
    const spec = make(id as PongVersion);
    expect(spec).toMatchObject({ id, maxSteps });
    expect(spec.observationSpace.shape).toEqual([210, 160, 3]);
    expect(spec.actionSpace.size).toBe(6);
    expect(make(id as PongVersion, { maxSteps: 7 }).maxSteps).toBe(7);
  });

  test.each(Object.entries(breakoutVersions))('%s', (id, { maxSteps }) => {
    const spec = make(id as BreakoutVersion);
    expect(spec).toMatchObject({ id, maxSteps });
    expect(spec.observationSpace.shape).toEqual([210, 160, 3]);
    expect(spec.actionSpace.size).toBe(4);
    expect(make(id as BreakoutVersion, { maxSteps: 7, terminalOnLifeLoss: true }).maxSteps).toBe(7);
  });

  test('plays Pong as its function does', () => {
    const [one, other] = [make('Pong-v0', { noopMax: 9 }).make({ seed: 3 }), pong({ version: 'Pong-v0', noopMax: 9 }).make({ seed: 3 })];
    expect(Buffer.compare(one.reset(), other.reset())).toBe(0);
    for (let t = 0; t < 20; t++) {
      const [{ obs, ...result }, { obs: otherObs, ...otherResult }] = [one.step(t % 6), other.step(t % 6)];
      expect(result).toEqual(otherResult);
      expect(Buffer.compare(obs, otherObs)).toBe(0);
    }
  });

  test.each<[() => unknown, string]>([
    [() => make('CartPol-v1' as string), 'make: got the id "CartPol-v1"; expected one of: CartPole-v0, CartPole-v1, CartPoleSwingUp-v0, CartPoleSwingUp-v1'],
    [() => make('CartPol-v1' as string), 'Did you mean "CartPole-v1"?'],
    [() => make('cartpole-v0' as string), 'Did you mean "CartPole-v0"?'],
    [() => make('PongNoFrameSkip-v4' as string), 'Did you mean "PongNoFrameskip-v4"?'],
    [() => make('Labyrinth' as string), 'Register an environment of your own with register(id, factory).'],
    [() => make('toString' as string), 'make: got the id "toString"; expected one of:'],
    [() => make(undefined as never), 'make: got the id undefined; expected one of:'],
    [
      () => make('CartPole-v1', { version: 'v0' } as never),
      'make("CartPole-v1"): got version: "v0"; expected no version beside the one in the id. Remove "version", or change the id.',
    ],
    [() => make('CartPole-v1', { maxStep: 3 } as never), 'cartPole: got the unknown option "maxStep"'],
    [() => make('Pendulum-v1', { version: 'v0' } as never), 'pendulum: got the unknown option "version"'],
    [() => make('MountainCar-v1' as string), 'Did you mean "MountainCar-v0"?'],
    [() => make('CartPole-v1', 3 as never), 'cartPole: got 3; expected an options object.'],
  ])('refuses %o', (run, message) => {
    expect(run).toThrow(InvalidOptionsError);
    expect(run).toThrow(message);
  });
});

describe('register', () => {
  test('adds an id, once', () => {
    register('RegistryTest-v0', (options: { maxSteps?: number } = {}) => counter(options));
    expect(registeredIds()).toContain('RegistryTest-v0');
    expect(make('RegistryTest-v0' as string, { maxSteps: 3 }).maxSteps).toBe(3);
    expect(make('RegistryTest-v0' as string).maxSteps).toBe(Infinity);
    expect(() => make('RegistryTest-v1' as string)).toThrow('Did you mean "RegistryTest-v0"?');
    expect(() => register('RegistryTest-v0', () => counter())).toThrow(
      'register: got "RegistryTest-v0", which is registered already; expected an id that is not taken. Choose another, for example with a higher version.',
    );
    expect(() => register('CartPole-v1', () => counter())).toThrow('register: got "CartPole-v1", which is registered already;');
  });

  test('refuses what is no environment', () => {
    expect(() => register('', () => counter())).toThrow('register: got ""; expected an id, a string that is not empty.');
    expect(() => register('RegistryTest-v2', counter() as never)).toThrow(
      'for "RegistryTest-v2"; expected a function. Pass one that returns defineEnv({...}).',
    );
    register('RegistryTest-v3', () => 3 as never);
    expect(() => make('RegistryTest-v3' as string)).toThrow('make("RegistryTest-v3"): got 3; expected an environment specification.');
  });
});
