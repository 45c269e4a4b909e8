import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { box, discrete, IncompatiblePolicyError, InvalidFileError, InvalidOptionsError, Rng, sample } from '@pg/core';
import { dense, flatten, tanh } from '@pg/nn';
import { describe, expect, test } from 'vitest';
import { failure } from '../../fixtures/edit-policy-file.js';
import { choices, forces, makers } from '../../fixtures/policies.js';
import { readSafeTensors } from '../../fixtures/read-safetensors.js';
import { linear } from '../networks/linear.js';
import type { NetworkSpec } from '../networks/network-spec.js';
import { actorCritic } from '../specs/actor-critic.js';
import { diagonalGaussian } from '../specs/diagonal-gaussian.js';
import { createPolicy } from './create-policy.js';
import { loadPolicy } from './load-policy.js';
import type { Policy } from './policy.js';

const kinds = Object.keys(makers) as (keyof typeof makers)[];
const make = (kind: keyof typeof makers, seed?: number) => makers[kind](seed) as unknown as Policy;
const bytes = makers.categorical().toBytes();

describe.each(kinds)('%s', (kind) => {
  test('is the same after a round trip', async () => {
    const policy = make(kind);
    const loaded = await loadPolicy(policy.toBytes(), { seed: 1 });
    expect(loaded.name).toBe(policy.name);
    expect(loaded.observationSpace).toEqual(policy.observationSpace);
    expect(loaded.actionSpace).toEqual(policy.actionSpace);
    expect(loaded.parameters).toEqual(policy.parameters);
    const rng = Rng.fromSeed(2);
    for (let i = 0; i < 50; i++) {
      const obs = sample(policy.observationSpace, rng);
      const action = policy.act(obs);
      expect(loaded.act(obs)).toEqual(action);
      expect(loaded.logProb(obs, action)).toBe(policy.logProb(obs, action));
      if (policy.model.valueHead) expect(loaded.value(obs)).toBe(policy.value(obs));
    }
  });

  test('the same policy gives the same bytes, loaded or built again', async () => {
    expect(make(kind).toBytes()).toEqual(make(kind).toBytes());
    expect((await loadPolicy(make(kind).toBytes())).toBytes()).toEqual(make(kind).toBytes());
    expect(make(kind, 2).toBytes()).not.toEqual(make(kind, 1).toBytes());
  });

  test('an independent reader finds the parameters', () => {
    const policy = make(kind);
    const { header, headerLength, numbers } = readSafeTensors(policy.toBytes());
    expect(headerLength % 8).toBe(0);
    expect(numbers).toEqual(Object.fromEntries(policy.parameters.map(({ name, values }) => [name, [...values]])));
    expect(JSON.parse(header.__metadata__!.pg!)).toMatchObject({ format: 'pg-policy', version: 1, policy: policy.name });
  });
});

test('a network that flattens survives', async () => {
  const encoder: NetworkSpec<typeof choices.observationSpace> = { name: 'flat', inputRank: 1, layers: [flatten(), dense(3), tanh(), flatten()] };
  const policy = createPolicy(actorCritic({ encoder }), choices, { seed: 1 });
  const loaded = await loadPolicy(policy.toBytes(), { env: choices });
  expect(loaded.model.network.trunk.map(({ kind }) => kind)).toEqual(['flatten', 'dense', 'activation', 'flatten']);
  expect(loaded.parameters).toEqual(policy.parameters);
});

test('infinite bounds survive', async () => {
  const { observationSpace, actionSpace } = await loadPolicy(makers.categorical().toBytes(), { env: choices });
  expect([...observationSpace.low]).toEqual([...Float32Array.of(-4.8, Number.NEGATIVE_INFINITY, -0.4, Number.NEGATIVE_INFINITY)]);
  expect([...observationSpace.high]).toEqual([...Float32Array.of(4.8, Infinity, 0.4, Infinity)]);
  expect(actionSpace).toEqual(discrete(2));
  const gaussian = await loadPolicy(makers.diagonalGaussian().toBytes(), { env: forces });
  expect([...gaussian.actionSpace.high]).toEqual([1, Infinity]);
});

describe('sources', () => {
  test('bytes, in the middle of a buffer too', async () => {
    const shifted = new Uint8Array(bytes.length + 20).fill(1);
    shifted.set(bytes, 7);
    expect((await loadPolicy(shifted.subarray(7, 7 + bytes.length))).toBytes()).toEqual(bytes);
    expect((await loadPolicy(Buffer.from(bytes))).toBytes()).toEqual(bytes);
    expect((await loadPolicy(bytes.slice().buffer)).toBytes()).toEqual(bytes);
  });

  test('a data: URL, as an object or a string', async () => {
    const url = `data:application/octet-stream;base64,${Buffer.from(bytes).toString('base64')}`;
    expect((await loadPolicy(url)).toBytes()).toEqual(bytes);
    expect((await loadPolicy(new URL(url))).toBytes()).toEqual(bytes);
  });

  test('what a browser has: a response, a blob and a file', async () => {
    const blob = new Blob([bytes.slice()]);
    for (const source of [new Response(bytes.slice()), blob, new File([blob], 'policy.safetensors'), await fetch(URL.createObjectURL(blob))])
      expect((await loadPolicy(source, { env: choices })).toBytes()).toEqual(bytes);
  });

  test('what servers say instead of a file', async () => {
    const page = '<!doctype html>\n<html><head><title>Not here</title></head></html>';
    const server = createServer((request, response) => response.writeHead(request.url === '/missing' ? 404 : 200, { connection: 'close' }).end(page)).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const address = `http://127.0.0.1:${port}`;
    const missing = `loadPolicy: got "${address}/missing" (HTTP status 404); expected a readable path, URL, Response or bytes. Check the name and that`;
    const text =
      'loadPolicy: got text that begins with "<!doctype html> <html><head><title>Not here</title></head></"; expected a safetensors file. Check the address';
    expect((await failure(`${address}/missing`)).message).toContain(missing);
    expect((await failure(await fetch(`${address}/missing`))).message).toContain(missing);
    expect((await failure(new URL('/policy', address))).message).toContain(text);
    expect((await failure(await fetch(`${address}/policy`))).message).toContain(text);
    const used = await fetch(`${address}/policy`);
    await used.text();
    expect(await failure(used)).toBeInstanceOf(InvalidFileError);
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    expect((await failure(`${address}/policy`)).message).toContain(`loadPolicy: got "${address}/policy" (fetch failed: connect ECONNREFUSED`);
  });

  test('a pointer of Git LFS', async () => {
    const pointer = new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daa\n');
    expect((await failure(pointer)).message).toContain('text that begins with "version https://git-lfs.github.com/spec/v1 oid sha256');
  });

  test('the loaded policy does not share the bytes', async () => {
    const copy = bytes.slice();
    const policy = await loadPolicy(copy);
    copy.fill(0);
    expect(policy.toBytes()).toEqual(bytes);
  });

  test('a file that is not there', async () => {
    const error = await failure('no-such-policy.safetensors');
    expect(error).toBeInstanceOf(InvalidFileError);
    expect(error.message).toBe(
      `loadPolicy: got "no-such-policy.safetensors" (ENOENT: no such file or directory, stat 'no-such-policy.safetensors'); ` +
        'expected a readable path, URL, Response or bytes. There is no such file; check the path.',
    );
  });

  test.each<[string, unknown, string]>([
    ['a folder', new URL('.', import.meta.url), 'policy/", which is a folder; expected a readable path, URL, Response or bytes. Name a file,'],
    ['a broken data: URL', `data:nothing${'x'.repeat(500)}`, '…'],
    ['a number', 3, 'loadPolicy: got 3; expected a readable path, URL, Response or bytes.'],
    ['nothing', undefined, 'loadPolicy: got undefined; expected a readable path, URL, Response or bytes.'],
    ['an empty path', '', 'loadPolicy: got "" (ENOENT'],
  ])('%s', async (_, source, message) => {
    const error = await failure(source as string);
    expect(error).toBeInstanceOf(InvalidFileError);
    expect(error.message).toContain(message);
    expect(error.message.length).toBeLessThan(500);
  });
});

describe('options', () => {
  test('an environment that fits', async () => {
    expect((await loadPolicy(bytes, { env: choices })).act(new Float32Array(4), { greedy: true })).toBe(
      makers.categorical().act(new Float32Array(4), { greedy: true }),
    );
  });

  test.each<[string, Parameters<typeof loadPolicy>[1], string]>([
    [
      'other observations',
      { env: { ...choices, observationSpace: box({ shape: [6], low: 0, high: 1 }) } },
      'loadPolicy: got a policy for observations of Box<[4]>; expected Box<[6]>, as the environment has. Load a policy that was trained in this environment.',
    ],
    [
      'other actions',
      { env: { ...choices, actionSpace: discrete(3) } },
      'loadPolicy: got a policy for actions of Discrete<2>; expected Discrete<3>, as the environment has.',
    ],
    [
      'actions of another kind',
      { env: { ...choices, actionSpace: forces.actionSpace } },
      'loadPolicy: got a policy for actions of Discrete<2>; expected Box<[2]>, as the environment has.',
    ],
  ])('an environment with %s', async (_, options, message) => {
    const error = await failure(bytes, options);
    expect(error).toBeInstanceOf(IncompatiblePolicyError);
    expect(error.message).toContain(message);
  });

  test('an environment with other bounds of its actions, but not of its observations', async () => {
    const gaussian = makers.diagonalGaussian().toBytes();
    const error = await failure(gaussian, { env: { ...forces, actionSpace: box({ shape: [2], low: [-1, 0], high: [2, Infinity] }) } });
    expect(error).toBeInstanceOf(IncompatiblePolicyError);
    expect(error.message).toBe(
      'loadPolicy: got a policy for actions of Box<[2]> with other bounds; expected those of the environment. Load a policy that was trained in this environment.',
    );
    await expect(loadPolicy(gaussian, { env: { ...forces, observationSpace: box({ shape: [3], low: -9, high: 9 }) } })).resolves.toMatchObject({
      name: 'diagonalGaussian',
    });
  });

  test.each<[string, unknown, string]>([
    ['a misspelt one', { environment: choices }, 'loadPolicy: got the unknown option "environment"; expected one of: env, seed, engine, network.'],
    ['half a seed', { seed: 1.5 }, 'loadPolicy: got seed: 1.5; expected'],
    [
      'no environment',
      { env: 'cartpole' },
      'loadPolicy: got env: "cartpole"; expected an environment, or an object with its observationSpace and actionSpace. Change "env".',
    ],
  ])('%s', async (_, options, message) => {
    const error = await failure(bytes, options as never);
    expect(error).toBeInstanceOf(InvalidOptionsError);
    expect(error.message).toContain(message);
  });

  test('the seed draws the actions', async () => {
    const play = async (seed?: number) => {
      const policy = await loadPolicy(bytes, seed === undefined ? { env: choices } : { env: choices, seed });
      return Array.from({ length: 64 }, () => policy.act(new Float32Array(4)));
    };
    expect(await play(3)).toEqual(await play(3));
    expect(await play()).toEqual(await play(0));
    expect(await play(3)).not.toEqual(await play(4));
  });
});

test('actions stay within bounds that float32 does not represent, and so they do when the policy is loaded', async () => {
  const spaces = { observationSpace: box({ shape: [1], low: -1, high: 1 }), actionSpace: box({ shape: [2], low: [-0.1, -0.7], high: 0.1 }) };
  for (const squash of [false, true]) {
    using policy = createPolicy(diagonalGaussian({ network: linear(), squash, initialLogStd: 2 }), spaces);
    using loaded = await loadPolicy(policy.toBytes(), { env: spaces });
    expect(loaded.actionSpace).toEqual(policy.actionSpace);
    for (let i = 0; i < 50; i++) {
      const action = loaded.act(Float32Array.of(1));
      expect(action).toEqual(policy.act(Float32Array.of(1)));
      for (const [k, number] of action.entries()) expect(number >= [-0.1, -0.7][k]! && number <= 0.1).toBe(true);
    }
    const actions = policy.actBatch(new Float32Array(50));
    expect(actions.every((number, i) => number >= [-0.1, -0.7][i % 2]! && number <= 0.1)).toBe(true);
    // numbers at the bounds are actions, however they are kept
    expect(Number.isFinite(loaded.logProb(Float32Array.of(1), Float32Array.of(0.1, -0.7)))).toBe(true);
  }
});
