import type { Box, Discrete } from '@pg/core';
import { describe, expectTypeOf, test } from 'vitest';
import { deepMindFrames } from '../atari/deep-mind.js';
import type { EnvSpec } from '../env/env.js';
import { pong } from './pong.js';
import { babyA3cFrames } from './preprocessing/baby-a3c.js';
import { karpathyDifference } from './preprocessing/karpathy.js';
import { vpgDifference } from './preprocessing/vpg.js';

type Rgb = Box<readonly [210, 160, 3], 'uint8'>;
type Gray = Box<readonly [210, 160, 1], 'uint8'>;

describe('the spaces are known to the compiler', () => {
  test('of each kind of observation and set of actions', () => {
    expectTypeOf(pong()).toEqualTypeOf<EnvSpec<Rgb, Discrete<6>>>();
    expectTypeOf(pong({ version: 'Pong-v0', noopMax: 30 })).toEqualTypeOf<EnvSpec<Rgb, Discrete<6>>>();
    expectTypeOf(pong({ actions: 'two' })).toEqualTypeOf<EnvSpec<Rgb, Discrete<2>>>();
    expectTypeOf(pong({ observation: 'grayscale' })).toEqualTypeOf<EnvSpec<Gray, Discrete<6>>>();
    expectTypeOf(pong({ observation: 'state', actions: 'two' })).toEqualTypeOf<EnvSpec<Box<readonly [9]>, Discrete<2>>>();
  });

  test('behind each preprocessor', () => {
    expectTypeOf(pong().pipe(karpathyDifference()).observationSpace).toEqualTypeOf<Box<readonly [6400]>>();
    expectTypeOf(pong().pipe(vpgDifference()).observationSpace).toEqualTypeOf<Box<readonly [1600]>>();
    expectTypeOf(pong().pipe(babyA3cFrames()).observationSpace).toEqualTypeOf<Box<readonly [80, 80, 1]>>();
    expectTypeOf(pong().pipe(deepMindFrames()).observationSpace).toEqualTypeOf<Box<readonly [84, 84, 4], 'uint8'>>();
    expectTypeOf(pong({ observation: 'grayscale' }).pipe(deepMindFrames()).observationSpace).toEqualTypeOf<Box<readonly [84, 84, 4], 'uint8'>>();
  });
});

test('misuse does not compile', () => {
  // @ts-expect-error no colours to look at
  pong({ observation: 'grayscale' }).pipe(karpathyDifference());
  // @ts-expect-error no picture
  pong({ observation: 'state' }).pipe(deepMindFrames());
  // @ts-expect-error no such version
  pong({ version: 'Pong-v9' });
  // @ts-expect-error no such actions
  pong({ actions: 'three' });
});
