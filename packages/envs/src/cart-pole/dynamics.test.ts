import { describe, expect, test } from 'vitest';
import golden from '../../fixtures/cart-pole.json' with { type: 'json' };
import { stepCartPole, THETA_THRESHOLD, X_THRESHOLD } from './dynamics.js';

/** The next larger number in size. */
const beyond = (x: number) => x * (1 + Number.EPSILON);

/** One step from a state; the state that follows and whether it ended. */
function step(state: readonly number[], action: number, semiImplicit = false) {
  const next = Float64Array.from(state);
  const ended = stepCartPole(next, 0, action, semiImplicit);
  return { next, ended };
}

describe('golden values', () => {
  test.each(golden.cases)('Gymnasium, $name', ({ initialState, actions, states, terminatedAt }) => {
    const state = Float64Array.from(initialState);
    expect(actions.length).toBe(states.length);
    actions.forEach((action, t) => {
      const ended = stepCartPole(state, 0, action, false);
      states[t]!.forEach((expected, i) => {
        // sines and cosines of two libraries: 1e-14 after 200 steps
        expect(Math.abs(state[i]! - expected)).toBeLessThan(1e-12);
        expect(Math.fround(state[i]!)).toBe(Math.fround(expected));
      });
      expect(ended).toBe(t === terminatedAt);
    });
  });

  test.each(golden.limits)('Gymnasium, $name', ({ initialState, actions, checkpoints }) => {
    const state = Float64Array.from(initialState);
    const marks = new Map(checkpoints as [number, number[]][]);
    actions.forEach((action, t) => {
      stepCartPole(state, 0, action, false);
      marks.get(t + 1)?.forEach((expected, i) => {
        expect(Math.abs(state[i]! - expected)).toBeLessThan(1e-12);
      });
    });
    expect(marks.size).toBe(actions.length / 50);
  });
});

describe('closed forms', () => {
  // at rest and upright: θ̈ = −(F/M)/(l(4/3 − m/M)) = ∓600/41, ẍ = ±400/41
  test('a push from rest, with the old velocities', () => {
    const { next } = step([0, 0, 0, 0], 1);
    expect(Array.from(next)).toEqual([0, expect.closeTo(8 / 41, 15), 0, expect.closeTo(-12 / 41, 15)]);
  });

  test('a push from rest, with the new velocities', () => {
    const { next } = step([0, 0, 0, 0], 1, true);
    expect(Array.from(next)).toEqual([expect.closeTo(0.16 / 41, 15), expect.closeTo(8 / 41, 15), expect.closeTo(-0.24 / 41, 15), expect.closeTo(-12 / 41, 15)]);
  });

  test('the semi-implicit form moves by the velocities that it ends with', () => {
    const state = [0.3, -1.2, 0.1, 0.7];
    const [x, xDot, theta, thetaDot] = step(state, 0, true).next;
    expect(x).toBe(0.3 + 0.02 * xDot!);
    expect(theta).toBe(0.1 + 0.02 * thetaDot!);
    const euler = step(state, 0).next;
    expect([xDot, thetaDot]).toEqual([euler[1], euler[3]]);
    expect([euler[0], euler[2]]).toEqual([0.3 + 0.02 * -1.2, 0.1 + 0.02 * 0.7]);
  });

  test('left and right are mirror images', () => {
    const state = [0.4, -0.3, 0.05, 0.9];
    const mirrored = state.map((value) => -value);
    expect(Array.from(step(mirrored, 0).next)).toEqual(Array.from(step(state, 1).next, (value) => -value));
  });
});

describe('the end', () => {
  // without velocity the first explicit step leaves x and θ where they are
  test.each([
    ['x on the threshold', [X_THRESHOLD, 0, 0, 0], false],
    ['x on the other threshold', [-X_THRESHOLD, 0, 0, 0], false],
    ['x beyond the threshold', [beyond(X_THRESHOLD), 0, 0, 0], true],
    ['x beyond the other threshold', [-beyond(X_THRESHOLD), 0, 0, 0], true],
    ['θ on the threshold', [0, 0, THETA_THRESHOLD, 0], false],
    ['θ on the other threshold', [0, 0, -THETA_THRESHOLD, 0], false],
    ['θ beyond the threshold', [0, 0, beyond(THETA_THRESHOLD), 0], true],
    ['θ beyond the other threshold', [0, 0, -beyond(THETA_THRESHOLD), 0], true],
    ['speed alone', [0, 1e6, 0, 0], true],
    ['NaN', [Number.NaN, 0, 0, 0], false],
  ])('%s', (_, state, ended) => {
    expect(step(state, 0).ended).toBe(ended);
  });

  test('thresholds', () => {
    expect(X_THRESHOLD).toBe(2.4);
    expect(THETA_THRESHOLD).toBe(0.20943951023931953);
  });
});

test('steps the state at its place among others', () => {
  const states = Float64Array.from([1, 2, 3, 4, 0, 0, 0, 0, 5, 6, 7, 8]);
  stepCartPole(states, 4, 0, false);
  expect(Array.from(states)).toEqual([1, 2, 3, 4, ...step([0, 0, 0, 0], 0).next, 5, 6, 7, 8]);
});
