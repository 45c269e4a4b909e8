import type { Box, Discrete } from '@pg/core';
import { describe, expectTypeOf, test } from 'vitest';
import { deepMindFrames } from '../atari/deep-mind.js';
import type { EnvSpec } from '../env/env.js';
import { karpathyDifference } from '../pong/preprocessing/karpathy.js';
import { breakout } from './breakout.js';

describe('the spaces are known to the compiler', () => {
  test('of each kind of observation', () => {
    expectTypeOf(breakout()).toEqualTypeOf<EnvSpec<Box<readonly [210, 160, 3], 'uint8'>, Discrete<4>>>();
    expectTypeOf(breakout({ observation: 'grayscale', noopMax: 30 })).toEqualTypeOf<EnvSpec<Box<readonly [210, 160, 1], 'uint8'>, Discrete<4>>>();
    expectTypeOf(breakout({ observation: 'state', terminalOnLifeLoss: true })).toEqualTypeOf<EnvSpec<Box<readonly [118]>, Discrete<4>>>();
  });

  test("behind DeepMind's preprocessing", () => {
    expectTypeOf(breakout().pipe(deepMindFrames()).observationSpace).toEqualTypeOf<Box<readonly [84, 84, 4], 'uint8'>>();
    expectTypeOf(breakout({ observation: 'grayscale' }).pipe(deepMindFrames()).observationSpace).toEqualTypeOf<Box<readonly [84, 84, 4], 'uint8'>>();
  });
});

test('misuse does not compile', () => {
  // @ts-expect-error no colours to look at
  breakout({ observation: 'grayscale' }).pipe(karpathyDifference());
  // @ts-expect-error no such version
  breakout({ version: 'Pong-v0' });
  // @ts-expect-error no such option
  breakout({ actions: 'two' });
});
