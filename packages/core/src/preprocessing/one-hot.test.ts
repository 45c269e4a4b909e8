import { describe, expect, test } from 'vitest';
import { box } from '../spaces/box.js';
import { type Discrete, discrete } from '../spaces/discrete.js';
import { oneHot } from './one-hot.js';

describe('oneHot', () => {
  const stage = oneHot()(discrete(3));

  test('golden values', () => {
    const transform = stage.create();
    const output = new Float32Array(3).fill(7);
    const rows = [0, 1, 2].map((choice) => {
      transform.apply(new Float32Array([choice]), output, choice === 0);
      return [...output];
    });
    expect(rows).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });

  test('a box comes out', () => {
    expect(stage.name).toBe('oneHot');
    expect(stage.space).toEqual(box({ shape: [3], low: 0, high: 1 }));
  });

  test('refuses what is no choice', () => {
    const space = box({ shape: [4], low: 0, high: 1 }) as unknown as Discrete<4>;
    expect(() => oneHot()(space)).toThrow('oneHot: got observations of Box<[4]>; expected Discrete observations. Remove this stage: only choices need it.');
  });
});
