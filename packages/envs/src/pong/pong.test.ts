import { type DtypeArray, Rng, type Space, type Stage, sample } from '@pg/core';
import { describe, expect, test } from 'vitest';
import type { AnySpec } from '../../fixtures/environments.js';
import { hashOf } from '../../fixtures/hash-of.js';
import { playSingle, playVector } from '../../fixtures/play.js';
import { resumedPlay } from '../../fixtures/resumed-play.js';
import { deepMindFrames } from '../atari/deep-mind.js';
import { defineEnv } from '../env/define-env.js';
import type { Dynamics } from '../env/dynamics.js';
import type { PongOptions } from './options.js';
import { pong } from './pong.js';
import { babyA3cFrames } from './preprocessing/baby-a3c.js';
import { karpathyDifference } from './preprocessing/karpathy.js';
import { vpgDifference } from './preprocessing/vpg.js';
import { type PongVersion, pongVersions } from './versions.js';

/** The same environment, never asked for a shortcut. */
function withoutShortcut<TSpec extends AnySpec>(spec: TSpec): TSpec {
  const { definition, createDynamics } = spec['~source'];
  const create = (): Dynamics => Object.assign(createDynamics(), { shortcut: undefined }) as unknown as Dynamics;
  const { id, observation, action, maxSteps } = definition;
  return defineEnv({ id, observation, action, maxSteps, create }) as AnySpec as TSpec;
}

/** What random play saw and got, step by step. */
function fingerprints(spec: AnySpec, steps: number): string[] {
  const env = spec.make({ seed: 4 });
  const rng = Rng.fromSeed(99);
  const seen = [`${hashOf(env.reset())}`];
  for (let t = 0; t < steps; t++) {
    const { obs, reward, terminated, truncated } = env.step(sample(spec.actionSpace as Space, rng));
    seen.push(`${hashOf(obs)} ${reward}`);
    if (terminated || truncated) seen.push(`ended ${hashOf(env.reset())}`);
  }
  return seen;
}

describe('spaces and versions', () => {
  test('as told', () => {
    expect(pong().observationSpace).toMatchObject({ shape: [210, 160, 3], dtype: 'uint8' });
    expect(pong({ observation: 'grayscale' }).observationSpace).toMatchObject({ shape: [210, 160, 1], dtype: 'uint8' });
    expect(pong({ observation: 'state' }).observationSpace).toMatchObject({ shape: [9], dtype: 'float32' });
    expect([pong().actionSpace.size, pong({ actions: 'two' }).actionSpace.size]).toEqual([6, 2]);
  });

  test.each<[PongVersion, number | readonly number[], number, number]>([
    ['Pong-v0', [2, 4], 0.25, 10_000],
    ['Pong-v3', [2, 4], 0, 100_000],
    ['Pong-v4', [2, 4], 0, 100_000],
    ['PongDeterministic-v0', 4, 0.25, 100_000],
    ['PongDeterministic-v3', 4, 0, 100_000],
    ['PongDeterministic-v4', 4, 0, 100_000],
    ['PongNoFrameskip-v0', 1, 0.25, 400_000],
    ['PongNoFrameskip-v3', 1, 0, 400_000],
    ['PongNoFrameskip-v4', 1, 0, 400_000],
    ['ALE/Pong-v5', 4, 0.25, 27_000],
  ])('%s', (version, frameSkip, repeatActionProbability, maxSteps) => {
    expect(pongVersions[version]).toEqual({ frameSkip, repeatActionProbability, maxSteps });
    expect(pong({ version })).toMatchObject({ id: version, maxSteps });
  });

  test.each<[unknown, string]>([
    [{ frameskip: 4 }, 'Did you mean "frameSkip"?'],
    [{ frameSkip: 0 }, 'pong: got frameSkip: 0; expected a whole number of frames from 1 to 1000, or a range [from, to] of such. Change "frameSkip".'],
    [{ frameSkip: [4, 2] }, 'a range [from, to]'],
    [{ repeatActionProbability: 1 }, 'pong: got repeatActionProbability: 1;'],
    [{ version: 'Pong-v9' }, 'pong: got version: "Pong-v9";'],
    [{ noopMax: 251 }, 'pong: got noopMax: 251;'],
  ])('refuses %o', (options, message) => {
    expect(() => pong(options as PongOptions)).toThrow(message);
  });

  test('a time limit truncates', () => {
    const { played } = playSingle(pong({ maxSteps: 3, observation: 'state' }), { seed: 0, steps: 6 });
    expect(played.map(({ truncated }) => truncated)).toEqual([false, false, true, false, false, true]);
  });
});

describe('a step', () => {
  const state = { observation: 'state', frameSkip: 1 } as const;

  test('the first serve and the first point, frame by frame', () => {
    const env = pong(state).make();
    env.reset();
    const ball = () => Array.from(env.step(0).obs.subarray(0, 4));
    for (let frame = 1; frame < 58; frame++) expect(ball()).toEqual([0, 0, 0, 0]);
    expect(ball()).toEqual([79, 114, -1, 1]);
    expect(ball()).toEqual([78, 115, -1, 1]);
    let crossed = 0;
    for (let frame = 60; frame < 400; frame++) {
      const { obs, reward } = env.step(0);
      if (crossed === 0 && obs[0]! >= 156) crossed = frame;
      expect(reward).toBe(crossed > 0 && frame === crossed + 2 ? -1 : 0);
      expect(obs[7]).toBe(crossed > 0 && frame >= crossed + 2 ? 1 : 0);
      if (crossed > 0 && frame === crossed + 3) return;
    }
    expect.unreachable();
  });

  test('lasts as many frames as told; rewards add up', () => {
    const [single, four] = [pong(state).make(), pong({ ...state, frameSkip: 4 }).make()];
    single.reset();
    four.reset();
    for (let step = 0; step < 300; step++) {
      const action = (step * 7) % 6;
      const results = [0, 1, 2, 3].map(() => single.step(action));
      const { obs, reward } = four.step(action);
      expect(obs).toEqual(results[3]!.obs);
      expect(reward).toBe(results.reduce((sum, result) => sum + result.reward, 0));
    }
  });

  test('stops at the end of the game, which is at 21', () => {
    const env = pong({ ...state, frameSkip: 1000 }).make();
    env.reset();
    let rewards = 0;
    for (;;) {
      const { obs, reward, terminated } = env.step(0);
      rewards += reward;
      if (!terminated) continue;
      expect([rewards, obs[7], obs[8]]).toEqual([-21, 21, 0]);
      return;
    }
  });

  test('frame skips of a range come alike often, noop starts from 1 to their most', () => {
    // a step with the knob held down moves it by 5.76 rows a frame
    const framesOf = (knob: number) => Math.round((knob - 94.5) / 5.76);
    const skips = pong({ ...state, frameSkip: [2, 4] }).make({ seed: 1 });
    const counts = [0, 0, 0, 0, 0, 0];
    for (let episode = 0; episode < 3000; episode++) {
      skips.reset();
      counts[framesOf(skips.step(3).obs[6]!)]! += 1;
    }
    expect(counts.slice(0, 2)).toEqual([0, 0]);
    for (const count of counts.slice(2, 5)) expect(Math.abs(count - 1000)).toBeLessThan(100);
    const noops = pong({ ...state, noopMax: 30 }).make({ seed: 1 });
    const waits = Array.from({ length: 1000 }, () => {
      noops.reset();
      for (let frame = 1; ; frame++) if (noops.step(0).obs[0]! > 0) return 58 - frame;
    });
    expect([Math.min(...waits), Math.max(...waits)]).toEqual([1, 30]);
  });

  test('the action before is repeated with the given probability in each frame', () => {
    const env = pong({ ...state, repeatActionProbability: 0.25 }).make({ seed: 2 });
    let repeated = 0;
    for (let episode = 0; episode < 4000; episode++) {
      env.reset();
      if (env.step(3).obs[6] === 94.5) repeated += 1;
    }
    expect(Math.abs(repeated / 4000 - 0.25)).toBeLessThan(0.03);
  });

  test('two actions are up and down', () => {
    const knob = (action: number, actions: 'full' | 'two') => {
      const env = pong({ ...state, actions }).make();
      env.reset();
      return env.step(action).obs[6];
    };
    expect([0, 1].map((action) => knob(action, 'two'))).toEqual([2, 3].map((action) => knob(action, 'full')));
    expect(knob(0, 'two')).toBe(Math.fround(94.5 - 5.76));
    expect([0, 1, 2, 3, 4, 5].map((action) => Math.sign(knob(action, 'full')! - 94.5))).toEqual([0, 0, -1, 1, -1, 1]);
  });
});

describe('pictures', () => {
  test('at a reset in other colours, unless told otherwise', () => {
    const red = (options: PongOptions<'full', 'rgb'>) =>
      Array.from(
        pong(options)
          .make()
          .reset()
          .subarray(3 * 160 * 100, 3 * 160 * 100 + 3),
      );
    expect(red({})).toEqual([109, 118, 43]);
    expect(red({ palette: 'play' })).toEqual([144, 72, 17]);
    expect(red({ noopMax: 1 })).toEqual([144, 72, 17]);
  });

  test('gray is the gray of the colours', () => {
    const [colors, gray] = [pong(), pong({ observation: 'grayscale' })].map((spec) => (spec as AnySpec).make());
    const same = (inColors: Uint8Array, inGray: Uint8Array) =>
      inGray.every((value, i) => value === Math.round(0.2989 * inColors[3 * i]! + 0.587 * inColors[3 * i + 1]! + 0.114 * inColors[3 * i + 2]!));
    expect(same(colors!.reset() as Uint8Array, gray!.reset() as Uint8Array)).toBe(true);
    for (let step = 0; step < 60; step++) expect(same(colors!.step(step % 6).obs as Uint8Array, gray!.step(step % 6).obs as Uint8Array)).toBe(true);
  });

  test('the brighter of the last two frames of a step', () => {
    const [frames, brighter] = [pong({ frameSkip: 1 }).make(), pong({ frameSkip: 3, maxOfTwoFrames: true }).make()];
    expect(hashOf(brighter.reset())).toBe(hashOf(frames.reset()));
    for (let step = 0; step < 60; step++) {
      const [, before, last] = [0, 1, 2].map(() => frames.step((step * 5) % 6).obs);
      expect(brighter.step((step * 5) % 6).obs.every((value, i) => value === Math.max(before![i]!, last![i]!))).toBe(true);
    }
  });

  test('render gives the picture in colours, whatever is observed', () => {
    const [rgb, state] = [pong().make(), pong({ observation: 'state' }).make()];
    rgb.reset();
    state.reset();
    for (let step = 0; step < 20; step++) {
      state.step(5);
      const { obs } = rgb.step(5);
      const { width, height, data } = state.render();
      expect([width, height, hashOf(data)]).toEqual([160, 210, hashOf(obs)]);
    }
  });
});

// biome-ignore lint/suspicious/noExplicitAny: stands for every space
type AnyTransform = (space: any) => Stage;

const variants: readonly (readonly [string, PongOptions])[] = [
  ['as usual', {}],
  ['Pong-v0', { version: 'Pong-v0' }],
  ['two actions, no-op starts', { actions: 'two', noopMax: 30 }],
  ['skip 1, colours of play', { frameSkip: 1, palette: 'play' }],
  ['perfect opponent', { opponent: 'perfect' }],
  ['brighter of two', { maxOfTwoFrames: true }],
];

const stages: readonly (readonly [string, () => AnyTransform])[] = [
  ['karpathy', karpathyDifference],
  ['vpg', vpgDifference],
  ['vpg of two', () => vpgDifference({ window: 2 })],
  ['baby-a3c', babyA3cFrames],
  ['baby-a3c, plain', () => babyA3cFrames({ stretch: false })],
];

describe.each(variants)('the shortcut gives the same bits as the long way: %s', (_, options) => {
  test.each(stages)('%s', (_, stage) => {
    const spec = pong({ ...options, maxSteps: 300 }) as unknown as AnySpec;
    expect(fingerprints(spec.pipe(stage()), 700)).toEqual(fingerprints(withoutShortcut(spec).pipe(stage()), 700));
  });
});

test('a shortcut is taken, and not where it would be wrong', () => {
  const taken = (spec: AnySpec) => {
    const { createDynamics, layers } = spec['~source'];
    return createDynamics().shortcut?.(layers as Stage[])?.stages;
  };
  expect(taken(pong().pipe(karpathyDifference()))).toBe(1);
  expect(taken(pong().pipe(vpgDifference()))).toBe(1);
  expect(taken(pong())).toBe(undefined);
  expect(taken(pong().pipe(babyA3cFrames()))).toBe(1);
  expect(taken(pong().pipe(deepMindFrames()))).toBe(undefined);
  expect(taken(pong({ maxOfTwoFrames: true }).pipe(karpathyDifference()))).toBe(undefined);
});

test('a frame of random play reaches every preprocessor', () => {
  const sizes = [karpathyDifference(), vpgDifference(), babyA3cFrames(), deepMindFrames()].map((stage) => {
    const env = (pong() as unknown as AnySpec).pipe(stage as never).make() as { reset(): DtypeArray; step(action: number): { obs: DtypeArray } };
    env.reset();
    for (let step = 0; step < 30; step++) env.step(step % 6);
    const { obs } = env.step(2);
    return [obs.length, obs.some((value) => value !== 0)];
  });
  expect(sizes).toEqual([
    [6400, true],
    [1600, true],
    [6400, true],
    [84 * 84 * 4, true],
  ]);
});

describe('snapshots', () => {
  const specs: readonly (readonly [string, AnySpec])[] = [
    ...variants.map(([name, options]) => [name, pong({ ...options, observation: 'state' }) as unknown as AnySpec] as const),
    ['karpathy', pong({ version: 'Pong-v0' }).pipe(karpathyDifference()) as unknown as AnySpec],
    ['vpg', pong({ noopMax: 9 }).pipe(vpgDifference()) as unknown as AnySpec],
    ['brighter of two', pong({ maxOfTwoFrames: true }) as unknown as AnySpec],
  ];

  test.each(specs)('%s: goes on from any step as it did, in any copy', (_, spec) => {
    const { played, resumed } = resumedPlay(spec, 12);
    expect(resumed).toEqual(played);
  });

  test('copies do not reach each other', () => {
    const spec = pong({ version: 'Pong-v0', observation: 'state', maxSteps: 400 });
    expect(playVector(spec, 5, { seed: 11, steps: 900 })[0]).toEqual(playVector(spec, 1, { seed: 11, steps: 900 })[0]);
    expect(playVector(spec, 3, { seed: 11, steps: 300 })[2]).toEqual(playVector(spec, 5, { seed: 11, steps: 300 })[2]);
  });
});
