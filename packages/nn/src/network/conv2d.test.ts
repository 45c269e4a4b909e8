import type { Shape } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { conv2d } from './conv2d.js';
import { layerOutputShape } from './layer-shape.js';

describe('conv2d', () => {
  test('shapes: the three convolutions of the DQN network, and one with padding', () => {
    const layers = [conv2d({ filters: 32, kernel: 8, stride: 4 }), conv2d({ filters: 64, kernel: 4, stride: 2 }), conv2d({ filters: 64, kernel: 3 })];
    const [first, second, third] = layers.map((_, i) => layers.slice(0, i + 1).reduce<Shape>((shape, layer) => layerOutputShape(layer, shape), [84, 84, 4]));
    expect([first, second, third]).toEqual([
      [20, 20, 32],
      [9, 9, 64],
      [7, 7, 64],
    ]);
    expect(layerOutputShape(conv2d({ filters: 32, kernel: 3, stride: 2, padding: 1 }), [80, 80, 1])).toEqual([40, 40, 32]);
  });

  test('refuses what is no image or too small', () => {
    expect(() => layerOutputShape(conv2d({ filters: 1, kernel: 5 }), [4, 9, 1])).toThrow(
      'conv2d: got inputs of shape [4, 9, 1]; expected images [height, width, channels] of at least 5×5 pixels, padding included.',
    );
    expect(() => layerOutputShape(conv2d({ filters: 1, kernel: 1 }), [4])).toThrow('inputs of shape [4]');
  });

  test.each([
    [{ filters: 0, kernel: 3 }, 'conv2d: got filters: 0; expected a whole number at least 1. Change "filters".'],
    [{ filters: 1, kernel: 1.5 }, 'got kernel: 1.5'],
    [{ filters: 1, kernel: 1, stride: 0 }, 'got stride: 0'],
    [{ filters: 1, kernel: 1, padding: -1 }, 'got padding: -1; expected a whole number at least 0'],
    [{ filters: 1, kernel: 1, strides: 2 }, 'Did you mean "stride"?'],
  ])('refuses %j', (options, message) => {
    expect(() => conv2d(options)).toThrow(message);
  });
});
