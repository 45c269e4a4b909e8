import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moments } from './moments.js';
import { RunningMoments } from './running-moments.js';

/** Up to 30 vectors of 3 numbers. */
const vectors = fc.array(
  fc.tuple(...([0, 0, 0].map(() => fc.double({ min: -1000, max: 1000, noNaN: true })) as [fc.Arbitrary<number>, fc.Arbitrary<number>, fc.Arbitrary<number>])),
  {
    minLength: 1,
    maxLength: 30,
  },
);

describe('RunningMoments', () => {
  test('golden values', () => {
    const running = new RunningMoments(2);
    for (const x of [2, 4, 4, 4, 5, 5, 7, 9]) running.push([x, -2 * x]);
    expect(running.count).toBe(8);
    expect(running.mean()).toBe(5);
    expect(running.variance()).toBeCloseTo(4, 14);
    expect(running.mean(1)).toBe(-10);
    expect(running.variance(1)).toBeCloseTo(16, 13);
  });

  test('before anything was seen: 0 and 0', () => {
    const running = new RunningMoments(1);
    expect([running.count, running.mean(), running.variance()]).toEqual([0, 0, 0]);
  });

  test('equals two passes', () => {
    fc.assert(
      fc.property(vectors, (given) => {
        const running = new RunningMoments(3);
        for (const vector of given) running.push(vector);
        for (let i = 0; i < 3; i++) {
          const { mean, std } = moments(given.map((vector) => vector[i]!));
          expect(Math.abs(running.mean(i) - mean)).toBeLessThan(1e-10);
          expect(Math.abs(running.variance(i) - std ** 2)).toBeLessThan(1e-7);
        }
      }),
    );
  });

  test('small differences of large numbers keep their variance', () => {
    const running = new RunningMoments(1);
    for (const x of [1e9, 1e9 + 1, 1e9 + 2]) running.push([x]);
    expect(running.variance()).toBeCloseTo(2 / 3, 6);
  });

  test('reads vectors out of a longer array', () => {
    const running = new RunningMoments(2);
    const batch = new Float32Array([1, 2, 3, 4, 5, 6]);
    for (const offset of [0, 2, 4]) running.push(batch, offset);
    expect([running.mean(0), running.mean(1)]).toEqual([3, 4]);
  });

  test('state goes through JSON and goes on alike', () => {
    fc.assert(
      fc.property(vectors, vectors, (before, after) => {
        const running = new RunningMoments(3);
        for (const vector of before) running.push(vector);
        const copy = new RunningMoments(3);
        copy.restore(JSON.parse(JSON.stringify(running.state())));
        for (const vector of after) for (const each of [running, copy]) each.push(vector);
        for (let i = 0; i < 3; i++) {
          expect(copy.mean(i)).toBe(running.mean(i));
          expect(copy.variance(i)).toBe(running.variance(i));
        }
        expect(copy.count).toBe(before.length + after.length);
      }),
    );
  });

  test('state is a snapshot', () => {
    const running = new RunningMoments(1);
    const state = running.state();
    running.push([1]);
    expect(state).toEqual({ count: 0, mean: [0], sumOfSquares: [0] });
  });

  test('refuses vectors that are too short', () => {
    const running = new RunningMoments(3);
    expect(() => running.push([1, 2])).toThrow('RunningMoments.push: got 2 numbers; expected 3. Pass vectors of the size given to the constructor.');
    expect(() => running.push([1, 2, 3, 4], 2)).toThrow('RunningMoments.push: got 2 numbers; expected 3.');
    expect(() => running.push([1], 2)).toThrow('RunningMoments.push: got 0 numbers; expected 3.');
    expect(running.count).toBe(0);
  });

  test('refuses the state of another size', () => {
    const running = new RunningMoments(2);
    expect(() => running.restore(new RunningMoments(3).state())).toThrow(
      'RunningMoments.restore: got a state of 3 means and 3 sums of squares; expected 2 of each. Restore into moments of the same size.',
    );
    expect(() => running.restore({ count: 0, mean: [0, 0], sumOfSquares: [0] })).toThrow('got a state of 2 means and 1 sums of squares; expected 2 of each.');
  });

  test.each([0, -1, 1.5, undefined])('refuses vectors of %s numbers', (size) => {
    expect(() => new RunningMoments(size as number)).toThrow(`RunningMoments: got size: ${size}; expected a positive whole number. Give the vectors' length.`);
  });
});
