import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { box } from '../spaces/box.js';
import { contains } from '../spaces/contains.js';
import { discrete } from '../spaces/discrete.js';
import { rescale } from './rescale.js';

const bytes = box({ shape: [1, 4, 1], low: 0, high: 255, dtype: 'uint8' });

describe('rescale', () => {
  test('golden: bytes over 255', () => {
    const stage = rescale()(bytes);
    expect(stage.name).toBe('rescale(0, 1)');
    expect(stage.space).toEqual(box({ shape: [1, 4, 1], low: 0, high: 1 }));
    const output = new Float32Array(4);
    stage.create().apply(new Uint8Array([0, 51, 128, 255]), output, true);
    expect(output).toEqual(new Float32Array([0, 51 / 255, 128 / 255, 1]));
  });

  test('golden: each element from bounds of its own', () => {
    const stage = rescale({ low: -1 })(box({ shape: [3], low: [-2, 10, 5], high: [2, 30, 5] }));
    const output = new Float32Array(3);
    stage.create().apply(new Float32Array([1, 25, 5]), output, true);
    expect([...output]).toEqual([0.5, 0.5, -1]);
  });

  test('what comes out lies in the space', () => {
    const float = fc.float({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(float, float, fc.double({ min: 0, max: 1, noNaN: true }), fc.float({ min: -100, max: 100, noNaN: true }), (a, b, part, low) => {
        const space = box({ shape: [3], low: Math.min(a, b), high: Math.max(a, b) });
        const stage = rescale({ low, high: low + 0.7 })(space);
        const output = new Float32Array(3);
        const inside = Math.min(space.high[0]!, Math.max(space.low[0]!, Math.fround(a + part * (b - a))));
        stage.create().apply(new Float32Array([a, b, inside]), output, false);
        expect(contains(stage.space, output)).toBe(true);
      }),
    );
  });

  test.each([
    [{ low: 1 }, 'rescale: got low: 1 and high: 1; expected finite numbers, low < high. Change the bounds, or leave them out for [0, 1].'],
    [{ high: Infinity }, 'rescale: got low: 0 and high: Infinity;'],
    [{ high: 1e39 }, 'rescale: got low: 0 and high: 1e+39; expected two float32 numbers, low < high, each 0 or of a size from 1.4e-45 to 3.4e+38,'],
    [{ high: 1e-46 }, 'rescale: got low: 0 and high: 1e-46;'],
    [{ low: 1, high: 1 + 1e-9 }, 'rescale: got low: 1 and high: 1.000000001;'],
    [{ low: Number.NaN }, 'rescale: got low: NaN and high: 1;'],
  ])('refuses %o', (options, message) => {
    expect(() => rescale(options)).toThrow(message);
  });

  test('refuses bounds that are no options', () => {
    expect(() => rescale(-1 as never)).toThrow('rescale: got -1; expected an options object. Pass an object with some of: low, high.');
    expect(() => rescale({ min: -1 } as never)).toThrow('rescale: got the unknown option "min"; expected one of: low, high. Remove "min".');
  });

  test('refuses what has no bounds', () => {
    expect(() => rescale()(box({ shape: [2], low: 0, high: [1, Infinity] }))).toThrow(
      'rescale: got observations of Box<[2]> with infinite bounds; expected a Box with finite bounds. Use normalizeObservations() where there are no bounds to scale from.',
    );
    expect(() => rescale()(discrete(2) as never)).toThrow('rescale: got observations of Discrete<2>; expected a Box with finite bounds.');
  });
});
