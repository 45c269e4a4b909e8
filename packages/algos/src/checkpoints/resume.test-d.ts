import type { Box, Discrete } from '@pg/core';
import { cartPole, swingUp } from '@pg/envs';
import { actorCritic, categorical, mlp } from '@pg/policies';
import { expectTypeOf, test } from 'vitest';
import { type A2cUpdate, a2c } from '../algorithms/a2c.js';
import type { Learner } from '../learner/learner.js';

const composed = a2c()
  .env(cartPole())
  .policy(actorCritic({ encoder: mlp([8]) }));

test('what is loaded has the types of what is built', () => {
  expectTypeOf(composed.load('run.safetensors')).toEqualTypeOf<Promise<Learner<Box<readonly [4]>, Discrete<2>, A2cUpdate>>>();
  expectTypeOf(composed.load(new URL('https://example.org/run'))).resolves.toEqualTypeOf(composed.build({ seed: 1 }));
  expectTypeOf(composed.build({ seed: 1 }).toCheckpoint()).toEqualTypeOf<Uint8Array<ArrayBuffer>>();
  expectTypeOf(composed.build({ seed: 1 }).saveCheckpoint('run.safetensors')).toEqualTypeOf<Promise<void>>();
});

test('the plain twin takes a seed or a checkpoint', () => {
  const parts = { env: swingUp(), policy: actorCritic({ encoder: mlp([8]) }) };
  expectTypeOf(a2c.create({ ...parts, checkpoint: new Uint8Array() }).act).returns.toEqualTypeOf<Float32Array>();
  // @ts-expect-error neither
  a2c.create(parts);
  // @ts-expect-error a softmax does not act on a box
  a2c.create({ env: swingUp(), policy: categorical({ network: mlp([8]) }), checkpoint: new Uint8Array() });
});

test('what does not compile', () => {
  // @ts-expect-error no environment
  a2c().load('run.safetensors');
  // @ts-expect-error no policy
  a2c().env(cartPole()).load('run.safetensors');
  // @ts-expect-error no source
  composed.load();
  // @ts-expect-error the seed is in the checkpoint
  composed.load('run.safetensors', { seed: 1 });
});
