import { box } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { counter, walk } from '../../fixtures/environments.js';
import { takeSteps } from '../../fixtures/steps.js';
import { defineEnv } from '../env/define-env.js';
import { frameSkip } from './frame-skip.js';
import { timeAwareObservation } from './time-aware-observation.js';
import { timeLimit } from './time-limit.js';

describe('timeLimit', () => {
  test('cuts, and says so', () => {
    const spec = counter().pipe(timeLimit(2));
    expect(spec).toMatchObject({ id: 'counter | timeLimit(2)', maxSteps: 2 });
    expect(takeSteps(spec, [0, 0, 0, 0]).steps.map(({ ended }) => ended)).toEqual(['', 'truncated', '', 'truncated']);
  });

  test('leaves other ends and an earlier limit', () => {
    expect(takeSteps(counter({ length: 2 }).pipe(timeLimit(2)), [0, 0]).steps[1]!.ended).toBe('both');
    expect(takeSteps(counter({ length: 1 }).pipe(timeLimit(2)), [0]).steps[0]!.ended).toBe('terminated');
    const earlier = counter({ maxSteps: 2 }).pipe(timeLimit(5));
    expect(earlier.maxSteps).toBe(2);
    expect(takeSteps(earlier, [0, 0]).steps[1]!.ended).toBe('truncated');
  });

  test.each([0, Infinity, 1.5, undefined])('refuses %o', (maxSteps) => {
    expect(() => timeLimit(maxSteps as number)).toThrow('expected a positive whole number. Change "maxSteps".');
  });
});

describe('timeAwareObservation', () => {
  test('appends the part that has passed', () => {
    const spec = counter({ maxSteps: 4 }).pipe(timeAwareObservation());
    expect(spec.observationSpace).toEqual(box({ shape: [2], low: 0, high: [Infinity, 1] }));
    expect(takeSteps(spec, [0, 0, 0, 0, 0])).toEqual({
      first: [0, 0],
      steps: [
        { obs: [1, 0.25], reward: 1, ended: '' },
        { obs: [2, 0.5], reward: 2, ended: '' },
        { obs: [3, 0.75], reward: 3, ended: '' },
        { obs: [4, 1], reward: 4, ended: 'truncated' },
        { obs: [1, 0.25], reward: 1, ended: '' },
      ],
    });
  });

  test('counts where it stands', () => {
    expect(takeSteps(counter().pipe(frameSkip(3)).pipe(timeLimit(2)).pipe(timeAwareObservation()), [0, 0]).steps.map(({ obs }) => obs)).toEqual([
      [3, 0.5],
      [6, 1],
    ]);
    expect(takeSteps(walk(7).pipe(frameSkip(2)).pipe(timeAwareObservation()), [1]).steps[0]!.obs[2]).toBe(0.25);
  });

  test('refuses what has no limit or is no row', () => {
    expect(() => counter().pipe(timeAwareObservation())).toThrow(
      'timeAwareObservation: got counter without a time limit; expected a finite one. Put timeLimit(steps) in front of it.',
    );
    const picture = defineEnv({ ...counter()['~source'].definition, observation: box({ shape: [2, 2, 1], low: 0, high: 1 }) });
    expect(() => picture.pipe(timeAwareObservation() as never)).toThrow(
      'timeAwareObservation: got observations of Box<[2, 2, 1]>; expected a row of numbers, Box<[n]>. Put flatten() or oneHot() in front of it.',
    );
  });
});
