import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { box } from '../spaces/box.js';
import { contains } from '../spaces/contains.js';
import { grayscale } from './grayscale.js';

const stage = grayscale()(box({ shape: [1, 5, 3], low: 0, high: 255 }));

describe('grayscale', () => {
  test('golden: the primaries, black, white and the colours of Pong', () => {
    const output = new Float32Array(5);
    stage.create().apply(new Float32Array([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 144, 72, 17]), output, true);
    // 0.299·144 + 0.587·72 + 0.114·17 = 43.056 + 42.264 + 1.938
    expect(output).toEqual(new Float32Array([76.245, 149.685, 29.07, 255, 87.258]));
  });

  test('one channel comes out', () => {
    expect(stage.name).toBe('grayscale');
    expect(stage.space).toEqual(box({ shape: [1, 5, 1], low: 0, high: 255 }));
  });

  test('gray stays, and no colour leaves the bounds', () => {
    const channel = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(channel, channel, channel, (red, green, blue) => {
        const output = new Float32Array(5);
        stage.create().apply(new Float32Array([red, green, blue, red, red, red, 255, 255, 255, 0, 0, 0, 1, 1, 1]), output, false);
        expect(contains(stage.space, output)).toBe(true);
        expect(output[0]).toBeGreaterThanOrEqual(Math.min(red, green, blue) - 1e-4);
        expect(output[0]).toBeLessThanOrEqual(Math.max(red, green, blue) + 1e-4);
        expect(Math.abs(output[1]! - red)).toBeLessThan(1e-4);
      }),
    );
  });
});
