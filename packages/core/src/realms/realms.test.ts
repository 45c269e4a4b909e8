import vm from 'node:vm';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { box } from '../spaces/box.js';
import { contains } from '../spaces/contains.js';
import { arrayName, isFloat32Array, isFloat64Array, isUint8Array } from './array-name.js';
import { brandOf, isArrayBuffer, isSharedArrayBuffer, isUrl } from './brands.js';
import { decodeUtf8, encodeUtf8 } from './utf8.js';

afterEach(() => vi.unstubAllGlobals());

const elsewhere = (expression: string) => vm.runInNewContext(expression);

test.each(['Float32Array', 'Float64Array', 'Uint8Array', 'Uint8ClampedArray', 'Int32Array', 'BigInt64Array'] as const)('a %s of another realm', (name) => {
  const array = elsewhere(`new ${name}(2)`);
  expect(array instanceof (globalThis as unknown as Record<string, new () => object>)[name]!).toBe(false);
  expect(arrayName(array)).toBe(name);
});

test('what is no typed array has no name', () => {
  expect(arrayName(Buffer.of(1))).toBe('Uint8Array');
  for (const value of [undefined, null, 1, 'a', [1], {}, new DataView(new ArrayBuffer(1)), { [Symbol.toStringTag]: 'Uint8Array' }])
    expect(arrayName(value)).toBe(undefined);
  expect([isUint8Array, isFloat32Array, isFloat64Array].map((is) => is(elsewhere('new Float32Array(1)')))).toEqual([false, true, false]);
});

test('buffers of another realm', () => {
  expect(isArrayBuffer(elsewhere('new ArrayBuffer(1)'))).toBe(true);
  expect(isArrayBuffer(new SharedArrayBuffer(1))).toBe(false);
  expect(isSharedArrayBuffer(elsewhere('new SharedArrayBuffer(1)'))).toBe(true);
  expect(brandOf(elsewhere('new Map()'))).toBe('Map');
});

test('URLs, and what only looks like one', () => {
  expect(isUrl(new URL('file:///a'))).toBe(true);
  expect(isUrl({ href: 'file:///a' })).toBe(false);
  expect(isUrl(null)).toBe(false);
});

test('numbers of another realm are numbers', () => {
  const space = box({ shape: [2], low: elsewhere('new Float64Array([-1, -2])'), high: elsewhere('[1, 2]') });
  expect(Array.from(space.low)).toEqual([-1, -2]);
  expect(contains(space, elsewhere('new Float32Array([0.5, -2])'))).toBe(true);
  expect(contains(space, elsewhere('new DataView(new ArrayBuffer(8))'))).toBe(false);
});

describe('UTF-8', () => {
  test('there and back, from shared memory too', () => {
    const bytes = encodeUtf8('πολιτική');
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    expect(decodeUtf8(shared)).toBe('πολιτική');
    expect(decodeUtf8(Uint8Array.of(0xff))).toBe('\ufffd');
    expect(decodeUtf8(Uint8Array.of(0xff), { fatal: true })).toBe(undefined);
  });

  test('with classes that only Node has', () => {
    vi.stubGlobal('TextEncoder', undefined);
    vi.stubGlobal('TextDecoder', undefined);
    expect(decodeUtf8(encodeUtf8('é'))).toBe('é');
  });

  test('a host without the classes is named', () => {
    vi.stubGlobal('TextEncoder', undefined);
    vi.stubGlobal('process', undefined);
    expect(() => encodeUtf8('a')).toThrow('text: got a host without TextEncoder; expected a browser, Node 20 or newer, or another host that has it.');
  });
});
