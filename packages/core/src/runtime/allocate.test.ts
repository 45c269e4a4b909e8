import { expect, test } from 'vitest';
import { UnavailableError } from '../errors/kinds.js';
import { allocate, allocateShared } from './allocate.js';

test('an array of zeros of the kind and length that are asked for', () => {
  expect(allocate(Float32Array, 3, 'rewards')).toEqual(new Float32Array(3));
  expect(allocate(Uint8Array, 2, 'masks')).toEqual(new Uint8Array(2));
});

test('what does not fit into 4 GiB is refused by its size', () => {
  const message =
    'memory: got the rewards of 2000000000 copies, which take 7.5 GiB; expected at most 4 GiB in one array, and no more than the machine has free. ' +
    'Use fewer environments, shorter rollouts, or smaller observations and layers.';
  expect(() => allocate(Float32Array, 2e9, 'the rewards of 2000000000 copies')).toThrow(message);
  expect(() => allocate(Float32Array, 1e300, 'rewards')).toThrow(UnavailableError);
  expect(() => allocateShared(1e13, 'rows')).toThrow('memory: got rows, which take 9313.2 GiB;');
  expect(allocateShared(8, 'rows').byteLength).toBe(8);
  expect(() => allocate(Float32Array, Number.NaN, 'rewards')).toThrow('allocate: got length: NaN; expected a whole number.');
});

test('what the machine refuses is told by its size as well', () => {
  const refuse = Object.assign(
    class {
      constructor() {
        throw new RangeError('Array buffer allocation failed');
      }
    },
    { BYTES_PER_ELEMENT: 4 },
  );
  expect(() => allocate(refuse, 2 ** 18, 'a row')).toThrow('memory: got a row, which take 1.0 MiB');
});
