import { type Box, box, type Discrete, type Dtype, discrete, type Space } from '@pg/core';
import { describe, expectTypeOf, test } from 'vitest';
import { encodeSafeTensors } from '../files/safetensors.js';
import { mlp } from '../networks/mlp.js';
import { exportOnnx } from '../onnx/export-onnx.js';
import { actorCritic } from '../specs/actor-critic.js';
import { bernoulli } from '../specs/bernoulli.js';
import { categorical } from '../specs/categorical.js';
import { diagonalGaussian } from '../specs/diagonal-gaussian.js';
import type { PolicySpec } from '../specs/policy-spec.js';
import { createPolicy } from './create-policy.js';
import { loadPolicy } from './load-policy.js';
import type { Policy } from './policy.js';

const choices = { observationSpace: box({ shape: [4], low: 0, high: 1 }), actionSpace: discrete(2) };
const forces = { observationSpace: box({ shape: [3], low: 0, high: 1 }), actionSpace: box({ shape: [2], low: -1, high: 1 }) };
const images = { observationSpace: box({ shape: [8, 8, 3], low: 0, high: 255 }), actionSpace: discrete(2) };

describe('specs', () => {
  test('know what fits them', () => {
    expectTypeOf(categorical({ network: mlp([4]) })).toEqualTypeOf<PolicySpec<Box<readonly [number], Dtype>, Discrete, false, false, 'categorical'>>();
    expectTypeOf(bernoulli({ network: mlp([4]) })).toEqualTypeOf<PolicySpec<Box<readonly [number], Dtype>, Discrete<2>, false, false, 'bernoulli'>>();
    expectTypeOf(diagonalGaussian({ network: mlp([4]) })).toEqualTypeOf<PolicySpec<Box<readonly [number], Dtype>, Box, false, false, 'diagonalGaussian'>>();
    expectTypeOf(actorCritic({ encoder: mlp([4]) })).toEqualTypeOf<PolicySpec<Box<readonly [number], Dtype>, Space, false, true, 'actorCritic'>>();
  });

  test('have no other options', () => {
    // @ts-expect-error no network
    categorical({});
    // @ts-expect-error an actor-critic has an encoder
    actorCritic({ network: mlp([4]) });
    // @ts-expect-error a softmax has no σ
    categorical({ network: mlp([4]), initialLogStd: 0 });
    // @ts-expect-error bits have no σ
    bernoulli({ network: mlp([4]), squash: true });
    // @ts-expect-error log σ is free or from a head
    diagonalGaussian({ network: mlp([4]), logStd: 'vector' });
    // @ts-expect-error there is no such activation
    mlp([4], 'gelu');
    // @ts-expect-error a list of sizes
    mlp(4);
  });
});

describe('createPolicy', () => {
  test('takes spaces that fit', () => {
    createPolicy(categorical({ network: mlp([4]) }), choices);
    createPolicy(actorCritic({ encoder: mlp([4]) }), forces);
    // @ts-expect-error a softmax does not act on boxes
    createPolicy(categorical({ network: mlp([4]) }), forces);
    createPolicy(bernoulli({ network: mlp([4]) }), choices);
    // @ts-expect-error one logit does not tell three choices apart
    createPolicy(bernoulli({ network: mlp([4]) }), { ...choices, actionSpace: discrete(3) });
    // @ts-expect-error bits are no box
    createPolicy(bernoulli({ network: mlp([4]) }), forces);
    // @ts-expect-error a Gaussian does not act on choices
    createPolicy(diagonalGaussian({ network: mlp([4]) }), choices);
    // @ts-expect-error mlp reads vectors
    createPolicy(categorical({ network: mlp([4]) }), images);
  });

  test('the spaces are the ones it was made for', () => {
    const policy = createPolicy(actorCritic({ encoder: mlp([4]) }), choices);
    expectTypeOf(policy).toEqualTypeOf<Policy<Box<readonly [4]>, Discrete<2>>>();
    expectTypeOf(policy).toExtend<Policy<Box, Discrete>>();
    expectTypeOf(createPolicy(actorCritic({ encoder: mlp([4]) }), forces).act(new Float32Array(3))).toEqualTypeOf<Float32Array>();
  });
});

describe('loadPolicy', () => {
  test('an environment gives the types', () => {
    const policy = loadPolicy('file', { env: choices });
    expectTypeOf(policy).resolves.toEqualTypeOf<Policy<Box<readonly [4]>, Discrete<2>>>();
    type Loaded = Awaited<typeof policy>;
    expectTypeOf<ReturnType<Loaded['act']>>().toEqualTypeOf<number>();
    expectTypeOf<Parameters<Loaded['act']>[0]>().toEqualTypeOf<Float32Array>();
    const continuous = loadPolicy('file', { env: forces });
    expectTypeOf<ReturnType<Awaited<typeof continuous>['act']>>().toEqualTypeOf<Float32Array>();
  });

  test('without one an action is either', () => {
    const policy = loadPolicy(new URL('file:///policy'));
    expectTypeOf<ReturnType<Awaited<typeof policy>['act']>>().toEqualTypeOf<number | Float32Array | Uint8Array>();
  });

  test('reads paths, URLs and bytes', () => {
    loadPolicy(new Uint8Array());
    loadPolicy(new ArrayBuffer(0));
    // @ts-expect-error not a number
    loadPolicy(3);
    // @ts-expect-error there is no such option
    loadPolicy('file', { environment: choices });
  });
});

test('an action fits its space', () => {
  const policy = createPolicy(categorical({ network: mlp([4]) }), choices);
  // @ts-expect-error a choice is a number
  policy.logProb(new Float32Array(4), new Float32Array(1));
  // @ts-expect-error an observation is an array
  policy.act(3);
  policy.act(new Float32Array(4), { mask: [true, false], greedy: true });
  policy.act(new Float32Array(4), { mask: new Uint8Array(2) });
  policy.act(new Float32Array(4), { mask: [1, 0] });
  // @ts-expect-error a mask is a list of booleans, numbers or bytes
  policy.act(new Float32Array(4), { mask: ['left'] });
  // @ts-expect-error the spaces stay
  policy.actionSpace = discrete(3);
});

test('batches are typed by their spaces', () => {
  const discreteOnes = createPolicy(categorical({ network: mlp([4]) }), choices);
  expectTypeOf(discreteOnes.actBatch(new Float32Array(8))).toEqualTypeOf<Int32Array>();
  const continuous = createPolicy(actorCritic({ encoder: mlp([4]) }), forces);
  expectTypeOf(continuous.actBatch(new Float32Array(9), { greedy: true })).toEqualTypeOf<Float32Array>();
  expectTypeOf(continuous.session({ numEnvs: 3 }).act(new Float32Array(9))).toEqualTypeOf<Float32Array>();
  expectTypeOf(continuous.session().act(new Float32Array(3))).toEqualTypeOf<Float32Array>();
  // @ts-expect-error many observations are one flat array
  discreteOnes.actBatch([new Float32Array(4)]);
  // @ts-expect-error masks of a batch are called masks
  discreteOnes.actBatch(new Float32Array(8), { mask: [1, 1] });
  // @ts-expect-error there is no such option
  discreteOnes.act(new Float32Array(4), { gredy: true });
});

test('fresh bytes are shared with no thread, so a Blob takes them', () => {
  const policy = createPolicy(categorical({ network: mlp([4]) }), choices);
  expectTypeOf(policy.toBytes()).toEqualTypeOf<Uint8Array<ArrayBuffer>>();
  expectTypeOf(exportOnnx(policy)).toEqualTypeOf<Uint8Array<ArrayBuffer>>();
  expectTypeOf(encodeSafeTensors({ tensors: [], metadata: {} })).toEqualTypeOf<Uint8Array<ArrayBuffer>>();
  expectTypeOf(new Blob([policy.toBytes()])).toEqualTypeOf<Blob>();
});

test('using disposes of policies and sessions', () => {
  expectTypeOf<Policy>().toExtend<Disposable>();
  expectTypeOf(createPolicy(categorical({ network: mlp([4]) }), choices).session({ numEnvs: 2 })).toExtend<Disposable>();
});
