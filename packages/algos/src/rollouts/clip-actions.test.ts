import { box, discrete, NonFiniteError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { actionClipper } from './clip-actions.js';

const plain = { latents: new Float32Array(0) };
const squashed = { latents: new Float32Array(2) };

describe('actionClipper', () => {
  test('choices stay as they are', () => {
    const actions = new Int32Array([0, 1, 1]);
    expect(actionClipper(discrete(2), 3, plain)(actions)).toBe(actions);
  });

  test('each number has bounds of its own, for every copy', () => {
    const clip = actionClipper(box({ shape: [2], low: [-1, 0], high: [1, Infinity] }), 2, plain);
    const actions = new Float32Array([-3, -3, 0.25, 7]);
    expect(clip(actions)).toEqual(new Float32Array([-1, 0, 0.25, 7]));
    // what was drawn is kept: log-probabilities belong to it
    expect(actions).toEqual(new Float32Array([-3, -3, 0.25, 7]));
  });

  test('takes the first N of a longer buffer', () => {
    expect(actionClipper(box({ shape: [1], low: -1, high: 1 }), 2, plain)(new Float32Array([2, -2, 5, 5]))).toEqual(new Float32Array([1, -1]));
  });

  test.each([Number.NaN, Infinity, -Infinity])('refuses %d: the policy has diverged', (value) => {
    const clip = actionClipper(box({ shape: [1], low: -1, high: 1 }), 2, plain);
    expect(() => clip(new Float32Array([0, value]))).toThrow(NonFiniteError);
    expect(() => clip(new Float32Array([0, value]))).toThrow(
      `policy: got ${value} in an action that it drew; expected finite numbers. Lower the learning rate`,
    );
  });

  test('squashed actions are in the box already: they are passed on', () => {
    const actions = new Float32Array([-1, 0.5, 7]);
    expect(actionClipper(box({ shape: [1], low: -1, high: 1 }), 2, squashed)(actions)).toBe(actions);
  });

  test('but not when they are NaN', () => {
    const clip = actionClipper(box({ shape: [1], low: -1, high: 1 }), 2, squashed);
    expect(() => clip(new Float32Array([0, Number.NaN]))).toThrow(NonFiniteError);
    expect(clip(new Float32Array([0, 0, Number.NaN]))).toHaveLength(3);
  });
});
