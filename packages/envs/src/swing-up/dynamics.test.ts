import { describe, expect, test } from 'vitest';
import golden from '../../fixtures/swing-up.json' with { type: 'json' };
import { stepSwingUp, X_THRESHOLD } from './dynamics.js';

function step(state: readonly number[], action: number) {
  const next = Float64Array.from(state);
  const ended = stepSwingUp(next, 0, action);
  return { next, ended };
}

describe('golden values', () => {
  test.each(golden.cases)('gym-cartpole-swingup, $name', ({ initialState, actions, states, terminatedAt }) => {
    const state = Float64Array.from(initialState, Math.fround);
    expect(actions.length).toBe(states.length);
    actions.forEach((action, t) => {
      const ended = stepSwingUp(state, 0, action);
      states[t]!.forEach((expected, i) => {
        // sines and cosines of two libraries, made larger by 200 steps of a falling pole: 2e-13
        expect(Math.abs(state[i]! - expected)).toBeLessThan(1e-12);
        expect(Math.fround(state[i]!)).toBe(Math.fround(expected));
      });
      expect(ended).toBe(t === terminatedAt);
    });
  });
});

describe('closed forms', () => {
  test('a push from rest, upright: ẍ = 4F/(4M − 3m) = 16, θ̈ = 6F/(4lM − 3ml) = 60/1.5', () => {
    expect(Array.from(step([0, 0, 0, 0], 1).next)).toEqual([0, expect.closeTo(0.16, 14), 0, expect.closeTo(0.4, 14)]);
  });

  test('friction slows the cart: ẍ = −4bẋ/(4M − 3m)', () => {
    const [x, xDot] = step([0, 1, 0, 0], 0).next;
    expect(x).toBe(0.01);
    expect(xDot).toBeCloseTo(1 - (0.4 / 2.5) * 0.01, 14);
  });

  test('left and right are mirror images', () => {
    const state = [0.4, -0.3, 2.5, 0.9];
    const mirrored = state.map((value) => -value);
    expect(Array.from(step(mirrored, -0.7).next)).toEqual(Array.from(step(state, 0.7).next, (value) => -value));
  });

  test.each([
    [5, 1],
    [-1.5, -1],
  ])('clips the action %d', (given, clipped) => {
    expect(step([0, 0.5, 3, 0.1], given)).toEqual(step([0, 0.5, 3, 0.1], clipped));
  });

  test('rounds the action to float32', () => {
    expect(step([0, 0, 3, 0], 0.1)).toEqual(step([0, 0, 3, 0], Math.fround(0.1)));
  });
});

describe('the end', () => {
  const beyond = X_THRESHOLD * (1 + Number.EPSILON);
  test.each([
    ['on the threshold', [X_THRESHOLD, 0, 3, 0], false],
    ['on the other threshold', [-X_THRESHOLD, 0, 3, 0], false],
    ['beyond the threshold', [beyond, 0, 3, 0], true],
    ['beyond the other threshold', [-beyond, 0, 3, 0], true],
    ['many turns', [0, 0, 100, 50], false],
  ])('%s', (_, state, ended) => {
    expect(step(state, 0).ended).toBe(ended);
  });
});
