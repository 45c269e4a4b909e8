import { describe, expect, test } from 'vitest';
import { box } from './box.js';
import { discrete } from './discrete.js';
import { describeSpace, elementSize, shapeSize } from './space.js';

const frame = box({ shape: [210, 160, 3], low: 0, high: 255 });

describe('sizes', () => {
  test('elementSize is 1 for a choice and the product of the shape for a box', () => {
    expect(elementSize(discrete(7))).toBe(1);
    expect(elementSize(frame)).toBe(100800);
  });

  test('shapeSize of the empty shape is 1', () => {
    expect(shapeSize([])).toBe(1);
    expect(shapeSize([2, 3, 5])).toBe(30);
  });
});

describe('describeSpace', () => {
  test('names the kind and the sizes', () => {
    expect(describeSpace(discrete(2))).toBe('Discrete<2>');
    expect(describeSpace(frame)).toBe('Box<[210, 160, 3]>');
  });
});
