import { box, discrete } from '@pg/core';
import { expect, test } from 'vitest';
import { type Call, call, findGaps, kinds } from '../../../fixtures/wrong-arguments.js';
import * as envs from './index.js';

const { anything, callable, finite, flag, noOptions, nothingElse, positive, text, whole } = kinds;
const float32 = kinds.float32;
const act = box({ shape: [1], low: -1, high: 1 });
const spec = envs.cartPole();
const swing = envs.swingUp();
const image = box({ shape: [210, 160, 3], low: 0, high: 255, dtype: 'uint8' });
const picture = envs.blankPicture({ width: 4, height: 4 }, [0, 0, 0]);
const color: envs.Color = [1, 2, 3];
const positiveWhole = { accepts: (value: unknown) => Number.isSafeInteger(value) && (value as number) > 0 };
const context: envs.CanvasContext = { createImageData: () => ({ data: {} }), putImageData() {} };
const running = spec.make();
running.reset();
const many = envs.vectorize(spec, { numEnvs: 2 }).make();
many.reset();
const definition = {
  id: 'walk',
  observation: act,
  action: discrete(2),
  maxSteps: 5,
  init: () => 0,
  step: (state: number) => ({ state, reward: 0, terminated: false }),
  observe: () => [0],
};
const define = (part: string) => (value: never) => envs.defineEnv({ ...definition, [part]: value } as never);
/** A stage or wrapper behind the spaces of an environment. */
const piped = (make: () => unknown, of: envs.EnvSpec<never, never> = spec as never) =>
  call((space: never, env: never) => (make() as (space: never, env: never) => unknown)(space, env), [of.observationSpace, nothingElse], [of, nothingElse]);
const observed = (make: () => unknown, of: unknown) => call((space: never) => (make() as (space: never) => unknown)(space), [of, nothingElse]);

const calls: Record<string, Call> = {
  CopyLayer: call(() => undefined),
  acrobot: call((options) => envs.acrobot(options), [{}, noOptions]),
  actionClip: piped(() => envs.actionClip(), swing as never),
  actionRescale: call((low, high) => envs.actionRescale(low, high), [-2, { accepts: (value) => value === -1 || value === 1.5 }], [2, finite]),
  'actionRescale: space': piped(() => envs.actionRescale(), swing as never),
  babyA3cFrames: observed(() => envs.babyA3cFrames(), image),
  blankPicture: call((size, of) => envs.blankPicture(size, of), [{ width: 1, height: 1 }, nothingElse], [color, nothingElse]),
  breakout: call((options) => envs.breakout(options), [{}, noOptions]),
  cartPole: call((options) => envs.cartPole(options), [{}, noOptions]),
  'cartPole: maxSteps': call((maxSteps, flagged) => envs.cartPole({ maxSteps, suttonBartoReward: flagged }), [1, positiveWhole], [true, flag]),
  deepMindFrames: observed(() => envs.deepMindFrames(), box({ shape: [210, 160, 1], low: 0, high: 255, dtype: 'uint8' })),
  defineEnv: call((of) => envs.defineEnv(of), [definition, nothingElse]),
  ...Object.fromEntries(
    (['id', 'observation', 'action', 'maxSteps', 'init', 'step', 'observe'] as const).map((part) => [
      `defineEnv: ${part}`,
      call(define(part), [
        definition[part],
        part === 'id'
          ? text
          : part === 'maxSteps'
            ? { accepts: (value) => positiveWhole.accepts(value) || value === Infinity }
            : typeof definition[part] === 'function'
              ? callable
              : nothingElse,
      ]),
    ]),
  ),
  drawToCanvas: call((of, target, options) => envs.drawToCanvas(of, target, options), [picture, nothingElse], [context, nothingElse], [{}, noOptions]),
  episodeStatistics: piped(() => envs.episodeStatistics()),
  fillDisc: call(
    (of, disc, shade) => envs.fillDisc(of, disc, shade),
    [picture, nothingElse],
    [{ center: [1, 1], radius: 1 }, nothingElse],
    [color, nothingElse],
  ),
  'fillDisc: radius': call(
    (center, radius) => envs.fillDisc(picture, { center, radius }, color),
    [[1, 1], nothingElse],
    [1, { accepts: (value) => typeof value === 'number' && Number.isFinite(value) }],
  ),
  fillPolygon: call(
    (of, points, shade) => envs.fillPolygon(of, points, shade),
    [picture, nothingElse],
    [
      [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
      kinds.emptyList,
    ],
    [color, nothingElse],
  ),
  fillRectangle: call(
    (of, rectangle, shade) => envs.fillRectangle(of, rectangle, shade),
    [picture, nothingElse],
    [{ left: 0, top: 0, width: 1, height: 1 }, nothingElse],
    [color, nothingElse],
  ),
  'fillRectangle: left': call(
    (left, top, width, height) => envs.fillRectangle(picture, { left, top, width, height }, color),
    [0, finite],
    [0, finite],
    [1, finite],
    [1, finite],
  ),
  frameSkip: call((skip, options) => envs.frameSkip(skip, options), [2, positiveWhole], [{}, noOptions]),
  'frameSkip: space': piped(() => envs.frameSkip(2)),
  karpathyDifference: observed(() => envs.karpathyDifference(), image),
  make: call((id, options) => envs.make(id, options), ['CartPole-v1', nothingElse], [{}, noOptions]),
  makeShard: call((of, options) => envs.makeShard(of, options), [spec, nothingElse], [{ seed: 1, first: 0, count: 1 }, nothingElse]),
  'makeShard: seed': call(
    (seed, first, count) => envs.makeShard(spec, { seed, first, count }),
    [1, whole],
    [0, { accepts: (value) => Number.isSafeInteger(value) && (value as number) >= 0 }],
    [1, nothingElse],
  ),
  mountainCar: call((options) => envs.mountainCar(options), [{}, noOptions]),
  mountainCarContinuous: call((options) => envs.mountainCarContinuous(options), [{}, noOptions]),
  pendulum: call((options) => envs.pendulum(options), [{}, noOptions]),
  noopStarts: call((most, options) => envs.noopStarts(most, options), [2, positiveWhole], [{}, noOptions]),
  'noopStarts: space': piped(() => envs.noopStarts(2)),
  normalizeObservations: call((options) => envs.normalizeObservations(options), [{}, noOptions]),
  'normalizeObservations: clip': call((clip, epsilon) => envs.normalizeObservations({ clip, epsilon }), [1, kinds.infinitePositive], [1, positive]),
  'normalizeObservations: space': observed(() => envs.normalizeObservations(), act),
  normalizeRewards: call((options) => envs.normalizeRewards(options), [{}, noOptions]),
  'normalizeRewards: gamma': call(
    (gamma, clip, epsilon) => envs.normalizeRewards({ gamma, clip, epsilon }),
    [1, nothingElse],
    [1, kinds.infinitePositive],
    [1, positive],
  ),
  'normalizeRewards: space': observed(() => envs.normalizeRewards(), act),
  pong: call((options) => envs.pong(options), [{}, noOptions]),
  register: call((id, factory) => envs.register(`${String(id)}-${Math.floor(performance.now() * 1e6)}`, factory), ['Mine', anything], [() => spec, callable]),
  'register: id': call((id) => envs.register(id, () => spec), ['Another-v0', text]),
  registeredIds: call(() => envs.registeredIds()),
  resizePicture: call((of, size) => envs.resizePicture(of, size), [picture, nothingElse], [{ width: 1, height: 1 }, nothingElse]),
  rewardClip: call(
    (low, high) => envs.rewardClip(low, high),
    [-2, { accepts: (value) => value === -1 || value === 1.5 }],
    [2, { accepts: (value) => typeof value === 'number' && value >= -1 }],
  ),
  'rewardClip: space': piped(() => envs.rewardClip()),
  rewardScale: call((factor) => envs.rewardScale(factor), [2, float32]),
  'rewardScale: space': piped(() => envs.rewardScale(2)),
  rewardSign: piped(() => envs.rewardSign()),
  stickyActions: call((probability) => envs.stickyActions(probability), [0.5, nothingElse]),
  'stickyActions: space': piped(() => envs.stickyActions(0.5)),
  strokeLine: call(
    (of, line, shade) => envs.strokeLine(of, line, shade),
    [picture, nothingElse],
    [{ from: [0, 0], to: [1, 1], thickness: 1 }, nothingElse],
    [color, nothingElse],
  ),
  swingUp: call((options) => envs.swingUp(options), [{}, noOptions]),
  timeAwareObservation: piped(() => envs.timeAwareObservation()),
  timeLimit: call((steps) => envs.timeLimit(steps), [2, positiveWhole]),
  'timeLimit: space': piped(() => envs.timeLimit(2)),
  toAnsi: call((of, options) => envs.toAnsi(of, options), [picture, nothingElse], [{ columns: 4 }, nothingElse]),
  vectorize: call((of, options) => envs.vectorize(of, options), [spec, nothingElse], [{ numEnvs: 1 }, nothingElse]),
  'vectorize: numEnvs': call((numEnvs) => envs.vectorize(spec, { numEnvs }), [1, nothingElse]),
  vpgDifference: observed(() => envs.vpgDifference(), image),
  withoutNormalization: call((of) => envs.withoutNormalization(of), [spec, nothingElse]),
  'cartPole: spec.make': call((options) => spec.make(options), [{}, noOptions]),
  'cartPole: spec.make seed': call((seed) => spec.make({ seed }), [1, whole]),
  'cartPole: spec.pipe': call((transform) => spec.pipe(transform), [envs.rewardSign(), nothingElse]),
  'cartPole: env.reset': call((options) => running.reset(options), [{}, noOptions]),
  'cartPole: env.step': call(
    (action) => {
      running.reset();
      running.step(action);
    },
    [0, nothingElse],
  ),
  'cartPole: env.restore': call((snapshot) => running.restore(snapshot), [running.snapshot(), nothingElse]),
  'vectorize: envs.reset': call((obs) => many.reset(obs), [new Float32Array(8), nothingElse]),
  'vectorize: envs.step': call((actions, out) => many.step(actions, out), [new Int32Array(2), nothingElse], [undefined, nothingElse]),
  'vectorize: envs.restore': call((snapshot) => many.restore(snapshot), [many.snapshot(), nothingElse]),
};

test('every public function is called with wrong arguments', () => {
  const functions = Object.entries(envs).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
  const called = new Set(Object.keys(calls).map((name) => name.split(/[.:]/)[0]));
  expect(functions.filter((name) => !called.has(name))).toEqual([]);
});

test.each(Object.keys(calls))('%s refuses wrong arguments with a sentence', async (name) => {
  expect(await findGaps(name, calls[name]!)).toEqual([]);
});
