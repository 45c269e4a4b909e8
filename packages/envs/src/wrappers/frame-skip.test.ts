import { box, type DtypeArray, discrete } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { counter } from '../../fixtures/environments.js';
import { takeSteps } from '../../fixtures/steps.js';
import { defineEnv } from '../env/define-env.js';
import type { Dynamics } from '../env/dynamics.js';
import { frameSkip } from './frame-skip.js';
import { timeLimit } from './time-limit.js';

/** A bright byte at place t mod 4 in frame t, so that the larger of two frames shows both; counts how often it is drawn. */
class Blinker implements Dynamics {
  reward = 1;
  terminated = false;
  frame = 0;
  readonly drawn: number[] = [];
  readonly #length: number;

  constructor(length: number) {
    this.#length = length;
  }

  begin(): void {
    this.frame = 0;
    this.terminated = false;
  }

  step(): void {
    this.frame += 1;
    this.terminated = this.frame >= this.#length;
  }

  observe(out: DtypeArray, offset: number): void {
    this.drawn.push(this.frame);
    out.fill(0, offset, offset + 4);
    out[offset + (this.frame % 4)] = 10 * this.frame;
  }

  snapshot(): unknown {
    return [this.frame, this.terminated];
  }

  restore(snapshot: unknown): void {
    [this.frame, this.terminated] = snapshot as [number, boolean];
  }
}

function blinker(length = Infinity) {
  const made: Blinker[] = [];
  const spec = defineEnv({
    id: 'blinker',
    observation: box({ shape: [4], low: 0, high: 255, dtype: 'uint8' }),
    action: discrete(1),
    maxSteps: 1000,
    create: () => {
      made.push(new Blinker(length));
      return made.at(-1)!;
    },
  });
  return { spec, made };
}

describe('frameSkip', () => {
  test('sums rewards and shows the last frame', () => {
    // rewards 1 2 3 4, 5 6 7 8
    expect(takeSteps(counter().pipe(frameSkip(4)), [0, 0])).toEqual({
      first: [0],
      steps: [
        { obs: [4], reward: 10, ended: '' },
        { obs: [8], reward: 26, ended: '' },
      ],
    });
  });

  test('stops at an end', () => {
    expect(takeSteps(counter({ length: 6 }).pipe(frameSkip(4)), [0, 0, 0]).steps).toEqual([
      { obs: [4], reward: 10, ended: '' },
      { obs: [6], reward: 11, ended: 'terminated' },
      { obs: [4], reward: 10, ended: '' },
    ]);
    expect(takeSteps(counter({ maxSteps: 6 }).pipe(frameSkip(4)), [0, 0]).steps[1]).toEqual({ obs: [6], reward: 11, ended: 'truncated' });
  });

  test.each([
    [4, 10, 3],
    [4, 8, 2],
    [1, 7, 7],
    [[2, 4] as const, 10, 5],
    [3, Infinity, Infinity],
  ])('of %o turns a limit of %d into one of %d steps', (skip, maxSteps, expected) => {
    expect(counter({ maxSteps }).pipe(frameSkip(skip)).maxSteps).toBe(expected);
  });

  test('a limit behind it counts its steps', () => {
    const spec = counter().pipe(frameSkip(4)).pipe(timeLimit(2));
    expect(spec.maxSteps).toBe(2);
    expect(takeSteps(spec, [0, 0]).steps.map(({ ended }) => ended)).toEqual(['', 'truncated']);
  });

  test('draws a number from a range for each step, all alike', () => {
    const places = takeSteps(counter().pipe(frameSkip([2, 4])), new Array(3000).fill(0)).steps.map(({ obs }) => obs[0]!);
    const counts = [0, 0, 0, 0, 0];
    places.forEach((place, i) => {
      counts[place - (places[i - 1] ?? 0)]! += 1;
    });
    expect(counts[0]! + counts[1]!).toBe(0);
    // five standard deviations of a binomial with n = 3000 and p = 1/3
    for (const count of counts.slice(2)) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(3000 * (1 / 3) * (2 / 3)));
  });

  test('of one is the environment itself', () => {
    expect(takeSteps(counter({ maxSteps: 3 }).pipe(frameSkip(1)), [0, 0, 0, 0])).toEqual(takeSteps(counter({ maxSteps: 3 }), [0, 0, 0, 0]));
  });

  test('is named after its frames', () => {
    expect(counter().pipe(frameSkip(4)).id).toBe('counter | frameSkip(4)');
    expect(counter().pipe(frameSkip([2, 4])).id).toBe('counter | frameSkip(2 to 4)');
    expect(blinker().spec.pipe(frameSkip(4, { maxOfTwoFrames: true })).id).toBe('blinker | frameSkip(4, max)');
  });

  test('refuses a sum of rewards beyond float32', () => {
    const rich = defineEnv({ ...counter()['~source'].definition, step: (time: number) => ({ state: time + 1, reward: 3e38, terminated: false }) });
    expect(() => takeSteps(rich.pipe(frameSkip(2)), [0])).toThrow(
      'frameSkip: got the reward 6e+38; expected one that fits into float32. Scale or clip the rewards in front of it.',
    );
  });

  test.each([
    [0, '0'],
    [1.5, '1.5'],
    [undefined, 'undefined'],
    [[2], 'a list of 1'],
    [[4, 2], 'a list of 2'],
    [[0, 2], 'a list of 2'],
    [[1, 2, 3], 'a list of 3'],
    ['4', '"4"'],
  ])('refuses %o', (skip, _) => {
    expect(() => frameSkip(skip as number)).toThrow('expected a positive whole number of frames, or a range [from, to] of such. Change "skip".');
  });

  test('refuses other options', () => {
    expect(() => frameSkip(4, { max: true } as never)).toThrow('frameSkip: got the unknown option "max"; expected one of: maxOfTwoFrames.');
    const room = defineEnv({ ...counter()['~source'].definition, observation: discrete(3) });
    expect(() => room.pipe(frameSkip(2, { maxOfTwoFrames: true }) as never)).toThrow(
      'frameSkip: got maxOfTwoFrames for observations of Discrete<3>; expected Box observations. Leave maxOfTwoFrames out: a choice has no larger one.',
    );
  });
});

describe('maxOfTwoFrames', () => {
  test('shows the larger of the last two frames', () => {
    // frames 3 and 4, then 7 and 8
    expect(takeSteps(blinker().spec.pipe(frameSkip(4, { maxOfTwoFrames: true })), [0, 0])).toEqual({
      first: [0, 0, 0, 0],
      steps: [
        { obs: [40, 0, 0, 30], reward: 4, ended: '' },
        { obs: [80, 0, 0, 70], reward: 4, ended: '' },
      ],
    });
  });

  test('draws no other frames', () => {
    const { spec, made } = blinker();
    takeSteps(spec.pipe(frameSkip(4, { maxOfTwoFrames: true })), [0, 0]);
    expect(made[0]!.drawn).toEqual([0, 3, 4, 7, 8]);
    const plain = blinker();
    takeSteps(plain.spec.pipe(frameSkip(4)), [0, 0]);
    expect(plain.made[0]!.drawn).toEqual([0, 4, 8]);
  });

  test('shows the last frame alone when there is only one', () => {
    expect(takeSteps(blinker().spec.pipe(frameSkip(1, { maxOfTwoFrames: true })), [0, 0]).steps.map(({ obs }) => obs)).toEqual([
      [0, 10, 0, 0],
      [0, 0, 20, 0],
    ]);
    // ends in the first frame of its second step, and starts anew with nothing left over
    expect(takeSteps(blinker(5).spec.pipe(frameSkip(4, { maxOfTwoFrames: true })), [0, 0, 0]).steps).toEqual([
      { obs: [40, 0, 0, 30], reward: 4, ended: '' },
      { obs: [0, 50, 0, 0], reward: 1, ended: 'terminated' },
      { obs: [40, 0, 0, 30], reward: 4, ended: '' },
    ]);
  });

  test('shows the last frame alone when the episode ends before the skip', () => {
    expect(takeSteps(blinker(3).spec.pipe(frameSkip(4, { maxOfTwoFrames: true })), [0]).steps[0]!.obs).toEqual([0, 0, 0, 30]);
    expect(takeSteps(blinker(4).spec.pipe(frameSkip(4, { maxOfTwoFrames: true })), [0]).steps[0]).toEqual({
      obs: [40, 0, 0, 30],
      reward: 4,
      ended: 'terminated',
    });
  });
});
