import { describe, expect, test } from 'vitest';
import { counter, echo, parrot } from '../../fixtures/environments.js';
import { vectorize } from '../vector/vectorize.js';
import { noopStarts } from './noop-starts.js';

/** First observations of `episodes` episodes. */
function starts(spec: ReturnType<typeof counter>, episodes: number): number[] {
  const env = spec.make({ seed: 3 });
  return Array.from({ length: episodes }, () => env.reset()[0]!);
}

describe('noopStarts', () => {
  test('begins after 1 to so many steps, all alike', () => {
    const counts = [0, 0, 0, 0, 0];
    for (const start of starts(counter().pipe(noopStarts(4)), 4000)) counts[start]! += 1;
    expect(counts[0]).toBe(0);
    // five standard deviations of a binomial with n = 4000 and p = 1/4
    for (const count of counts.slice(1)) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(4000 * 0.25 * 0.75));
    expect(starts(counter().pipe(noopStarts(1)), 3)).toEqual([1, 1, 1]);
  });

  test('an episode that ends during them starts anew and takes the rest', () => {
    // of 1 to 5 steps, every second ends the episode
    expect(new Set(starts(counter({ length: 2 }).pipe(noopStarts(5)), 200))).toEqual(new Set([0, 1]));
    expect(new Set(starts(counter({ length: 1 }).pipe(noopStarts(5)), 20))).toEqual(new Set([0]));
    const env = counter({ maxSteps: 3 }).pipe(noopStarts(30)).make();
    for (let i = 0; i < 50; i++) {
      const [start] = env.reset();
      expect(start).toBeLessThan(3);
      expect(env.step(0)).toMatchObject({ obs: new Float32Array([start! + 1]), truncated: start === 2 });
    }
  });

  test('takes the action that does nothing', () => {
    expect(parrot().pipe(noopStarts(3)).make().reset()).toEqual(new Float32Array([0]));
    expect(
      parrot()
        .pipe(noopStarts(3, { action: 7 }))
        .make()
        .reset(),
    ).toEqual(new Float32Array([7]));
  });

  test('happens at the resets of the vectorised form as well', () => {
    const envs = vectorize(counter({ maxSteps: 2 }).pipe(noopStarts(1)), { numEnvs: 2 }).make();
    expect([...envs.reset()]).toEqual([1, 1]);
    expect(envs.step(new Int32Array(2))).toMatchObject({
      obs: new Float32Array([1, 1]),
      finalObs: new Float32Array([2, 2]),
      rewards: new Float32Array([2, 2]),
    });
  });

  test.each([0, 2.5, undefined])('refuses %o steps', (most) => {
    expect(() => noopStarts(most as number)).toThrow('expected a positive whole number. Change "most".');
  });

  test('refuses an action that there is not', () => {
    expect(() => parrot(4).pipe(noopStarts(3, { action: 4 }))).toThrow(
      'noopStarts: got the action 4 for Discrete<4>; expected a choice of the environment that does nothing. Set "action", behind an environment with Discrete actions.',
    );
    expect(() => echo().pipe(noopStarts(3) as never)).toThrow('noopStarts: got the action 0 for Box<[2]>;');
  });
});
