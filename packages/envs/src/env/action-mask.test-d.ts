import { box, discrete } from '@pg/core';
import { expectTypeOf, test } from 'vitest';
import { vectorize } from '../vector/vectorize.js';
import { defineEnv } from './define-env.js';
import type { Dynamics } from './dynamics.js';

const parts = {
  id: 'heap',
  observation: box({ shape: [1], low: 0, high: 9 }),
  maxSteps: 9,
  init: () => 9,
  step: (heap: number) => ({ state: heap - 1, reward: 0, terminated: heap === 1 }),
  observe: (heap: number) => [heap],
};
const inPlace = { id: 'heap', observation: parts.observation, maxSteps: 9, create: () => ({}) as Dynamics };

test('masks are lists of numbers or truth values, of choices only', () => {
  defineEnv({ ...parts, action: discrete(2), actionMask: (heap: number) => [true, heap > 1] });
  defineEnv({ ...parts, action: discrete(2), actionMask: () => Uint8Array.of(1, 0) });
  defineEnv({ ...inPlace, action: discrete(2), masksActions: true });
  // @ts-expect-error only Discrete actions can be masked
  defineEnv({ ...parts, action: box({ shape: [1], low: 0, high: 1 }), actionMask: () => [1] });
  // @ts-expect-error a mask is a list
  defineEnv({ ...parts, action: discrete(2), actionMask: () => true });
  // @ts-expect-error only Discrete actions can be masked
  defineEnv({ ...inPlace, action: box({ shape: [1], low: 0, high: 1 }), masksActions: true });
});

test('running environments say what is allowed', () => {
  const spec = defineEnv({ ...parts, action: discrete(2), actionMask: (heap: number) => [true, heap > 1] });
  expectTypeOf(spec.masksActions).toEqualTypeOf<boolean>();
  expectTypeOf(spec.make().actionMask).toEqualTypeOf<Uint8Array | undefined>();
  expectTypeOf(vectorize(spec, { numEnvs: 2 }).make().actionMasks).toEqualTypeOf<Uint8Array | undefined>();
});
