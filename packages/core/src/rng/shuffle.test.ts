import { expect, test } from 'vitest';
import { Rng } from './rng.js';

test('every order of four comes up alike', () => {
  const rng = Rng.fromSeed(0);
  const counts = new Map<string, number>();
  const draws = 24_000;
  for (let i = 0; i < draws; i++) {
    const list = new Int32Array([0, 1, 2, 3]);
    rng.shuffle(list);
    counts.set(list.join(), (counts.get(list.join()) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  // χ² with 23 degrees of freedom: 49.7 is exceeded once in a thousand times
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(chiSquare).toBeLessThan(49.7);
});

test('keeps all elements, and does nothing to none or one', () => {
  const list = Float32Array.from({ length: 100 }, (_, i) => i);
  Rng.fromSeed(3).shuffle(list);
  expect([...list].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  const rng = Rng.fromSeed(3);
  rng.shuffle(new Uint8Array(0));
  rng.shuffle(new Uint8Array([7]));
  expect(rng.uint32()).toBe(Rng.fromSeed(3).uint32());
});
