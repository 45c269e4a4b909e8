import { Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import type { AnySpec } from '../../fixtures/environments.js';
import { hashOf } from '../../fixtures/hash-of.js';
import { playSingle, playVector } from '../../fixtures/play.js';
import { resumedPlay } from '../../fixtures/resumed-play.js';
import { deepMindFrames } from '../atari/deep-mind.js';
import { inspectEnv } from '../testing/inspect-env.js';
import { breakout } from './breakout.js';
import type { BreakoutOptions } from './options.js';
import { type BreakoutVersion, breakoutVersions } from './versions.js';

const [NOOP, FIRE, RIGHT, LEFT] = [0, 1, 2, 3];

describe('spaces and versions', () => {
  test('as told', () => {
    expect(breakout().observationSpace).toMatchObject({ shape: [210, 160, 3], dtype: 'uint8' });
    expect(breakout({ observation: 'grayscale' }).observationSpace).toMatchObject({ shape: [210, 160, 1], dtype: 'uint8' });
    expect(breakout({ observation: 'state' }).observationSpace).toMatchObject({ shape: [118], dtype: 'float32' });
    expect(breakout().actionSpace.size).toBe(4);
  });

  test.each<[BreakoutVersion, number | readonly number[], number, number]>([
    ['Breakout-v0', [2, 4], 0.25, 10_000],
    ['Breakout-v4', [2, 4], 0, 100_000],
    ['BreakoutDeterministic-v4', 4, 0, 100_000],
    ['BreakoutNoFrameskip-v4', 1, 0, 400_000],
    ['ALE/Breakout-v5', 4, 0.25, 27_000],
  ])('%s', (version, frameSkip, repeatActionProbability, maxSteps) => {
    expect(breakoutVersions[version]).toEqual({ frameSkip, repeatActionProbability, maxSteps });
    expect(breakout({ version })).toMatchObject({ id: version, maxSteps });
  });

  test.each<[unknown, string]>([
    [{ terminalOnLifeloss: true }, 'Did you mean "terminalOnLifeLoss"?'],
    [{ frameSkip: 0 }, 'breakout: got frameSkip: 0;'],
    [{ version: 'Pong-v0' }, 'breakout: got version: "Pong-v0";'],
  ])('refuses %o', (options, message) => {
    expect(() => breakout(options as BreakoutOptions)).toThrow(message);
  });

  test('a time limit truncates', () => {
    const { played } = playSingle(breakout({ maxSteps: 3, observation: 'state' }), { seed: 0, steps: 6 });
    expect(played.map(({ truncated }) => truncated)).toEqual([false, false, true, false, false, true]);
  });
});

describe('a step', () => {
  const state = { observation: 'state' } as const;

  test('the first serve of four frames an action, as the picture of the real game shows it', () => {
    const env = breakout(state).make();
    env.reset();
    expect(Array.from(env.step(NOOP).obs.subarray(0, 10))).toEqual([0, 0, 0, 0, 99, 16, 99, 5, 0, 1]);
    expect(Array.from(env.step(FIRE).obs.subarray(0, 4))).toEqual([75, 125, -1, 1]);
    expect(Array.from(env.step(FIRE).obs.subarray(0, 4))).toEqual([71, 129, -1, 1]);
  });

  test('RIGHT and LEFT turn the knob', () => {
    const knob = (action: number) => {
      const env = breakout({ ...state, frameSkip: 1 }).make();
      env.reset();
      return env.step(action).obs[6];
    };
    expect([NOOP, FIRE, RIGHT, LEFT].map(knob)).toEqual([99, 99, Math.fround(104.76), Math.fround(93.24)]);
  });

  test('rewards are the points, and the bricks go', () => {
    const env = breakout(state).make({ seed: 1 });
    const rng = Rng.fromSeed(4);
    let [obs, points, seen] = [env.reset(), 0, 0];
    for (let step = 0; step < 3000; step++) {
      const result = env.step(rng.integer(4));
      points += result.reward;
      obs = result.obs;
      expect(obs[8]).toBe(points);
      expect(obs.subarray(10).reduce((sum, brick) => sum + brick, 0)).toBeLessThanOrEqual(108 - (points > 0 ? 1 : 0));
      seen = Math.max(seen, points);
      if (!result.terminated) continue;
      expect(obs[7]).toBe(0);
      env.reset();
      points = 0;
    }
    expect(seen).toBeGreaterThan(1);
  });
});

describe('an episode for each ball', () => {
  const spec = breakout({ observation: 'state', terminalOnLifeLoss: true });

  /** Serves and never moves until the episode ends. */
  function lose(env: ReturnType<typeof spec.make>) {
    for (let step = 1; ; step++) {
      const { obs, terminated } = env.step(FIRE);
      if (terminated) return { lives: obs[7], step };
    }
  }

  test('goes on with the game until no ball is left, then begins a new one', () => {
    const env = spec.make();
    expect(env.reset()[7]).toBe(5);
    expect(lose(env).lives).toBe(4);
    for (const lives of [4, 3, 2, 1]) {
      expect(env.reset()[7]).toBe(lives);
      expect(lose(env).lives).toBe(lives - 1);
    }
    expect(env.reset()[7]).toBe(5);
  });

  test('by default an episode has five', () => {
    const env = breakout({ observation: 'state' }).make();
    env.reset();
    expect(lose(env).lives).toBe(0);
  });

  test('a reset before the end begins a new game', () => {
    const env = spec.make();
    env.reset();
    lose(env);
    env.reset();
    env.step(FIRE);
    expect(env.reset()[7]).toBe(5);
  });
});

describe('pictures', () => {
  test('gray is the gray of the colours; the brighter of two is the greater of both', () => {
    const [colors, gray] = [breakout().make(), breakout({ observation: 'grayscale' }).make()];
    const [frames, brighter] = [breakout({ frameSkip: 1 }).make(), breakout({ frameSkip: 3, maxOfTwoFrames: true }).make()];
    for (const env of [colors, gray, frames, brighter]) env.reset();
    for (let step = 0; step < 60; step++) {
      const action = (step * 5 + 1) % 4;
      const [seen, seenGray] = [colors.step(action).obs, gray.step(action).obs];
      expect(seenGray.every((value, i) => value === Math.round(0.2989 * seen[3 * i]! + 0.587 * seen[3 * i + 1]! + 0.114 * seen[3 * i + 2]!))).toBe(true);
      const [, before, last] = [0, 1, 2].map(() => frames.step(action).obs);
      expect(brighter.step(action).obs.every((value, i) => value === Math.max(before![i]!, last![i]!))).toBe(true);
    }
  });

  test('render gives the picture in colours, whatever is observed', () => {
    const [rgb, state] = [breakout().make(), breakout({ observation: 'state' }).make()];
    rgb.reset();
    state.reset();
    for (let step = 0; step < 20; step++) {
      state.step(step % 4);
      const { obs } = rgb.step(step % 4);
      const { width, height, data } = state.render();
      expect([width, height, hashOf(data as Uint8Array)]).toEqual([160, 210, hashOf(obs)]);
    }
  });
});

const variants: readonly (readonly [string, AnySpec])[] = [
  ['in numbers', breakout({ observation: 'state' }) as unknown as AnySpec],
  ['Breakout-v0 with no-op starts', breakout({ version: 'Breakout-v0', noopMax: 30, observation: 'state' }) as unknown as AnySpec],
  ['a ball an episode', breakout({ terminalOnLifeLoss: true, observation: 'state' }) as unknown as AnySpec],
  ['in colours, brighter of two', breakout({ maxOfTwoFrames: true }) as unknown as AnySpec],
  ["DeepMind's", breakout({ observation: 'grayscale' }).pipe(deepMindFrames()) as unknown as AnySpec],
];

describe.each(variants)('%s', (_, spec) => {
  test('goes on from any step as it did, in any copy', () => {
    const { played, resumed } = resumedPlay(spec, 10);
    expect(resumed).toEqual(played);
  });

  test('keeps the contract', () => {
    expect(inspectEnv(spec, { steps: 60 })).toMatchObject({ passed: true, failures: [] });
  });
});

test('copies do not reach each other', () => {
  const spec = breakout({ version: 'Breakout-v0', observation: 'state', maxSteps: 400 });
  expect(playVector(spec, 3, { seed: 11, steps: 300 })[2]).toEqual(playVector(spec, 5, { seed: 11, steps: 300 })[2]);
});
