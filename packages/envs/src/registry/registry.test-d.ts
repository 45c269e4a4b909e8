import type { Box, Discrete, Space } from '@pg/core';
import { describe, expectTypeOf, test } from 'vitest';
import type { cartPole } from '../cart-pole/cart-pole.js';
import type { EnvSpec } from '../env/env.js';
import { make } from './registry.js';

declare module './env-registry.js' {
  interface EnvRegistry {
    'Maze-v0': (options: { readonly size: number }) => EnvSpec<Discrete<9>, Discrete<4>>;
  }
}

describe('make', () => {
  test('knows the spaces of an id', () => {
    expectTypeOf(make('CartPole-v1')).toEqualTypeOf<ReturnType<typeof cartPole>>();
    expectTypeOf(make('CartPole-v0', { maxSteps: 7 })).toEqualTypeOf<EnvSpec<Box<readonly [4]>, Discrete<2>>>();
    expectTypeOf(make('CartPoleSwingUp-v0')).toEqualTypeOf<EnvSpec<Box<readonly [5]>, Box<readonly [1]>>>();
    expectTypeOf(make('Acrobot-v1', { dynamics: 'nips' })).toEqualTypeOf<EnvSpec<Box<readonly [6]>, Discrete<3>>>();
    expectTypeOf(make('MountainCar-v0', { goalVelocity: 0.01 })).toEqualTypeOf<EnvSpec<Box<readonly [2]>, Discrete<3>>>();
    expectTypeOf(make('MountainCarContinuous-v0')).toEqualTypeOf<EnvSpec<Box<readonly [2]>, Box<readonly [1]>>>();
    expectTypeOf(make('Pendulum-v1', { g: 9.81 })).toEqualTypeOf<EnvSpec<Box<readonly [3]>, Box<readonly [1]>>>();
  });

  test('knows Pong and Breakout by all their ids', () => {
    expectTypeOf(make('PongNoFrameskip-v4')).toEqualTypeOf<EnvSpec<Box<readonly [210, 160, 3], 'uint8'>, Discrete<6>>>();
    expectTypeOf(make('ALE/Pong-v5', { noopMax: 30 })).toEqualTypeOf<EnvSpec<Box<readonly [210, 160, 3], 'uint8'>, Discrete<6>>>();
    expectTypeOf(make('BreakoutNoFrameskip-v4', { terminalOnLifeLoss: true })).toEqualTypeOf<EnvSpec<Box<readonly [210, 160, 3], 'uint8'>, Discrete<4>>>();
    // @ts-expect-error other spaces: pong({ observation: 'state' })
    make('Pong-v0', { observation: 'state' });
  });

  test('knows what was added to the registry', () => {
    expectTypeOf(make('Maze-v0', { size: 3 })).toEqualTypeOf<EnvSpec<Discrete<9>, Discrete<4>>>();
    // @ts-expect-error it needs its options
    make('Maze-v0');
  });

  test('takes an id that only the running program knows', () => {
    expectTypeOf(make('CartPole-v1' as string)).toEqualTypeOf<EnvSpec<Space, Space>>();
  });

  test('refuses what it does not know', () => {
    // @ts-expect-error there is no such id
    make('CartPole-v7');
    // what the compiler asks for instead is a sentence
    make<'CartPole-v7'>('there is no environment "CartPole-v7"; registeredIds() lists them, and EnvRegistry takes your own');
    // @ts-expect-error there is no such option
    make('CartPole-v1', { maxStep: 3 });
    // @ts-expect-error the id names the version
    make('CartPole-v1', { version: 'v0' });
    // @ts-expect-error no such equations
    make('Acrobot-v1', { dynamics: 'paper' });
    // @ts-expect-error its gravity is g
    make('Pendulum-v1', { gravity: 9.81 });
    // @ts-expect-error the velocity is a number
    make('MountainCarContinuous-v0', { goalVelocity: '0.01' });
  });
});
