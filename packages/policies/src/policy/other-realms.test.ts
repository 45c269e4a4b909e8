import vm from 'node:vm';
import { expect, test } from 'vitest';
import { makers } from '../../fixtures/policies.js';
import { loadPolicy } from './load-policy.js';

const policy = makers.categorical();
const bytes = policy.toBytes();
const elsewhere = vm.runInNewContext('({ Uint8Array, ArrayBuffer, SharedArrayBuffer, Float32Array, Array })') as typeof globalThis;

/** The file's bytes over a buffer, with others before them. */
function viewOn(Kind: typeof ArrayBuffer | typeof SharedArrayBuffer, View = Uint8Array): Uint8Array {
  const view = new View(new Kind(bytes.length + 8) as ArrayBuffer, 8);
  view.set(bytes);
  return view;
}

test.each([
  ['an array of another realm', () => elsewhere.Uint8Array.from(bytes)],
  ['a buffer of another realm', () => elsewhere.Uint8Array.from(bytes).buffer],
  ['a view of shared memory', () => viewOn(SharedArrayBuffer)],
  ['a view of shared memory of another realm', () => viewOn(elsewhere.SharedArrayBuffer, elsewhere.Uint8Array)],
  ['shared memory', () => Object.assign(new Uint8Array(new SharedArrayBuffer(bytes.length))).buffer],
])('a policy loads from %s', async (name, make) => {
  const source = make();
  if (name === 'shared memory') new Uint8Array(source as ArrayBuffer).set(bytes);
  const loaded = await loadPolicy(source as Uint8Array);
  expect(loaded.toBytes()).toEqual(bytes);
});

test('a URL of another implementation is read', async () => {
  const url = { [Symbol.toStringTag]: 'URL', href: 'data:text/plain,text', toString: () => 'data:text/plain,a page, not a file' };
  await expect(loadPolicy(url as never)).rejects.toThrow('text that begins with "a page, not a file"');
});

test('bytes that another thread writes to are read once', async () => {
  const shared = viewOn(SharedArrayBuffer);
  const loading = loadPolicy(shared);
  shared.fill(0);
  expect((await loading).toBytes()).toEqual(bytes);
});

test('observations and masks of another realm are taken', () => {
  const size = policy.observationSpace.kind === 'box' ? policy.observationSpace.low.length : 1;
  const obs = elsewhere.Float32Array.from({ length: size }, (_, i) => i / 10);
  const only = elsewhere.Uint8Array.from({ length: (policy.actionSpace as { size: number }).size }, (_, i) => (i === 1 ? 1 : 0));
  expect(policy.act(obs as never, { mask: only as never })).toBe(1);
});
