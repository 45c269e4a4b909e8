import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { type Call, call, findGaps, kinds } from '../../../fixtures/wrong-arguments.js';
import * as core from './index.js';

const { anything, finite, list, noOptions, nothingElse, number, numbers, positive, text, typedArray, whole } = kinds;
const space = core.box({ shape: [2], low: -1, high: 1 });
const image = core.box({ shape: [2, 2, 3], low: 0, high: 255, dtype: 'uint8' });
const rng = core.Rng.fromSeed(1);
const floats = () => new Float32Array(2);
const bytes = () => new Uint8Array(2);
const rollout = { rewards: floats(), values: floats(), terminated: bytes(), truncated: bytes(), nextValues: floats(), numEnvs: 1 };
const sparse: core.SparseRows = {
  capacity: 2,
  given: new Uint8Array(1),
  counts: new Int32Array(1),
  indices: new Int32Array(4),
  values: new Float32Array(4),
};
const schema = z.strictObject({ gamma: z.optional(z.number()) });
const message = new core.ProtobufMessage();
/** Options of which every one may be left out. */
const optional = noOptions;
const elements = [0, 0];

/** A stage behind a space. */
const staged = (make: () => unknown, right: core.Space) => call((on: never) => (make() as (space: never) => core.Stage)(on).create(), [right, nothingElse]);

const calls: Record<string, Call> = {
  BilinearResizer: call((sizes) => new core.BilinearResizer(sizes), [{ rows: 2, columns: 2, channels: 1, height: 1, width: 1, dtype: 'uint8' }, nothingElse]),
  'BilinearResizer: rows': call(
    (rows, columns, channels, height, width) => new core.BilinearResizer({ rows, columns, channels, height, width, dtype: 'uint8' }),
    ...([2, 2, 1, 1, 1].map((right) => [right, nothingElse]) as [number, typeof nothingElse][]),
  ),
  ProtobufMessage: call(() => new core.ProtobufMessage()),
  'ProtobufMessage.int': call((field, value) => message.int(field, value), [1, nothingElse], [1, whole]),
  'ProtobufMessage.float': call((field, value) => message.float(field, value), [1, nothingElse], [1, number]),
  'ProtobufMessage.double': call((field, value) => message.double(field, value), [1, nothingElse], [1, number]),
  'ProtobufMessage.doubles': call((field, value) => message.doubles(field, value), [1, nothingElse], [[1], numbers]),
  'ProtobufMessage.string': call((field, value) => message.string(field, value), [1, nothingElse], ['a', text]),
  'ProtobufMessage.bytes': call((field, value) => message.bytes(field, value), [1, nothingElse], [bytes(), nothingElse]),
  'ProtobufMessage.message': call((field, value) => message.message(field, value), [1, nothingElse], [new core.ProtobufMessage(), nothingElse]),
  'Rng.fromSeed': call((seed) => core.Rng.fromSeed(seed), [1, whole]),
  'Rng.fromState': call((state) => core.Rng.fromState(state), [rng.state(), nothingElse]),
  'Rng.stream': call((name, index) => rng.stream(name, index), ['a', text], [1, whole]),
  'Rng.restore': call((state) => core.Rng.fromSeed(0).restore(state), [rng.state(), nothingElse]),
  'Rng.uniform': call((low, high) => rng.uniform(low, high), [0, finite], [1, finite]),
  'Rng.fillUniform': call((out, from, to) => rng.fillUniform(out, from, to), [floats(), typedArray], [0, nothingElse], [1, nothingElse]),
  'Rng.integer': call((bound) => rng.integer(bound), [2, nothingElse]),
  'Rng.shuffle': call((list) => rng.shuffle(list), [floats(), typedArray]),
  RunningMoments: call((count) => new core.RunningMoments(count), [2, nothingElse]),
  'RunningMoments.push': call((values, offset) => new core.RunningMoments(2).push(values, offset), [[1, 2], nothingElse], [0, nothingElse]),
  'RunningMoments.mean': call((i) => new core.RunningMoments(2).mean(i), [0, nothingElse]),
  'RunningMoments.variance': call((i) => new core.RunningMoments(2).variance(i), [0, nothingElse]),
  'RunningMoments.restore': call((state) => new core.RunningMoments(2).restore(state), [new core.RunningMoments(2).state(), nothingElse]),
  arrayName: call((value) => core.arrayName(value), [1, anything]),
  brandOf: call((value) => core.brandOf(value), [1, anything]),
  isArrayBuffer: call((value) => core.isArrayBuffer(value), [1, anything]),
  isErrorLike: call((value) => core.isErrorLike(value), [1, anything]),
  isFloat32Array: call((value) => core.isFloat32Array(value), [1, anything]),
  isFloat64Array: call((value) => core.isFloat64Array(value), [1, anything]),
  isSharedArrayBuffer: call((value) => core.isSharedArrayBuffer(value), [1, anything]),
  isUint8Array: call((value) => core.isUint8Array(value), [1, anything]),
  isUrl: call((value) => core.isUrl(value), [1, anything]),
  decodeUtf8: call((from, options) => core.decodeUtf8(from, options), [bytes(), nothingElse], [{ fatal: true }, optional]),
  'decodeUtf8: fatal': call((fatal) => core.decodeUtf8(bytes(), { fatal }), [true, kinds.flag]),
  encodeUtf8: call((value) => core.encodeUtf8(value), ['a', text]),
  allocate: call((kind, length, of) => core.allocate(kind, length, of), [Float32Array, nothingElse], [2, nothingElse], ['a', text]),
  allocateShared: call((count, of) => core.allocateShared(count, of), [8, nothingElse], ['a', text]),
  box: call((options) => core.box(options), [{ shape: [2], low: 0, high: 1 }, nothingElse]),
  'box: shape': call(
    (shape, low, high, dtype) => core.box({ shape, low, high, dtype } as never),
    [[1], kinds.emptyList],
    [0, { accepts: (value) => value === -1 }],
    [1, { accepts: (value) => typeof value === 'number' && value >= 0 }],
    ['float32', nothingElse],
  ),
  checkKeys: call((where, options, known) => core.checkKeys(where, options, known), ['f', text], [{}, noOptions], [['a'], list]),
  contains: call((on, value) => core.contains(on, value), [space, nothingElse], [elements, anything]),
  cos: call((x) => core.cos(x), [1, number]),
  cosineSchedule: call((start, end) => core.cosineSchedule(start, end), [1, finite], [0, finite]),
  'cosineSchedule: progress': call((progress) => core.cosineSchedule(1, 0)(progress), [0.5, number]),
  createElements: call((on, count) => core.createElements(on, count), [space, nothingElse], [1, nothingElse]),
  crop: call((options) => core.crop(options)(image as never), [{ top: 0, height: 1 }, nothingElse]),
  'crop: space': staged(() => core.crop({ top: 0, height: 1 }), image),
  'crop: top': call(
    (top, height, left, width) => core.crop({ top, height, left, width } as never)(image as never),
    [0, nothingElse],
    [1, nothingElse],
    [0, nothingElse],
    [1, nothingElse],
  ),
  describeSpace: call((on) => core.describeSpace(on), [space, nothingElse]),
  describeThrown: call((thrown) => core.describeThrown(thrown), [1, anything]),
  describeThrownWithName: call((thrown) => core.describeThrownWithName(thrown), [1, anything]),
  describeValue: call((value) => core.describeValue(value), [1, anything]),
  discountedReturns: call(
    (sequence, options, out) => core.discountedReturns(sequence, options, out),
    [{ rewards: floats(), done: bytes(), numEnvs: 1 }, nothingElse],
    [{ gamma: 0.9 }, nothingElse],
    [floats(), nothingElse],
  ),
  discrete: call((count) => core.discrete(count), [2, nothingElse]),
  elementSize: call((on) => core.elementSize(on), [space, nothingElse]),
  exp: call((x) => core.exp(x), [1, number]),
  fitsFloat32: call((value) => core.fitsFloat32(value), [1, anything]),
  flatten: staged(() => core.flatten(), space),
  frameDifference: call((options) => core.frameDifference(options)(space), [{}, optional]),
  'frameDifference: space': staged(() => core.frameDifference(), space),
  'frameDifference: lag': call((lag) => core.frameDifference({ lag })(space), [1, nothingElse]),
  frameStack: call((frames) => core.frameStack(frames)(space), [2, nothingElse]),
  'frameStack: space': staged(() => core.frameStack(2), space),
  generalizedAdvantageEstimation: call(
    (steps, options, out) => core.generalizedAdvantageEstimation(steps, options, out),
    [rollout, nothingElse],
    [{ gamma: 0.9, lambda: 1 }, nothingElse],
    [{ advantages: floats(), valueTargets: floats() }, nothingElse],
  ),
  grayscale: staged(() => core.grayscale(), image),
  isNormalized: call((obs) => core.isNormalized(obs), [1, anything]),
  isPlainObject: call((value) => core.isPlainObject(value), [1, anything]),
  isSpace: call((value) => core.isSpace(value), [1, anything]),
  linearSchedule: call((start, end) => core.linearSchedule(start, end), [1, finite], [0, finite]),
  'linearSchedule: progress': call((progress) => core.linearSchedule(1, 0)(progress), [0.5, number]),
  log: call((x) => core.log(x), [1, number]),
  markNormalized: call(
    (memory) => core.markNormalized(memory),
    [floats(), { accepts: (value) => (typeof value === 'object' && value !== null) || typeof value === 'function' }],
  ),
  moments: call((values) => core.moments(values), [[1], numbers]),
  moveSparseRows: call((rows, places) => core.moveSparseRows(rows, places), [sparse, nothingElse], [{ from: 0, to: 0, count: 1 }, nothingElse]),
  nearestBounds: call((on) => core.nearestBounds(on), [space, nothingElse]),
  nextEventLoopTurn: call(() => core.nextEventLoopTurn()),
  observedSpace: call((where, on) => core.observedSpace(where, on), ['f', text], [space, nothingElse]),
  oneHot: staged(() => core.oneHot(), core.discrete(2)),
  parseOptions: call((where, of, options) => core.parseOptions(where, of, options), ['f', text], [schema, nothingElse], [{}, noOptions]),
  requireArgument: call((fits, where, argument) => core.requireArgument(fits, where, argument), [true, anything], ['f', anything], [{}, anything]),
  requireSpace: call((where, on) => core.requireSpace(where, on), ['f', anything], [space, nothingElse]),
  requireInterval: call(
    (where, interval, remedy) => core.requireInterval(where, interval, remedy),
    ['f', text],
    [{ low: 0, high: 1 }, nothingElse],
    ['Do.', text],
  ),
  requirePicture: call((where, picture) => core.requirePicture(where, picture), ['f', text], [{ width: 1, height: 1, data: new Uint8Array(3) }, nothingElse]),
  rescale: call((options) => core.rescale(options)(space), [{}, optional]),
  'rescale: space': staged(() => core.rescale(), space),
  'rescale: low': call((low, high) => core.rescale({ low, high })(space), [0, { accepts: (value) => value === -1 }], [1, positive]),
  resize: call((to) => core.resize(to)(image), [[1, 1], nothingElse]),
  'resize: space': staged(() => core.resize([1, 1]), image),
  'resize: height': call((height, width) => core.resize([height, width])(image), [1, nothingElse], [1, nothingElse]),
  resizeBilinear: call((to) => core.resizeBilinear(to)(image), [[1, 1], nothingElse]),
  'resizeBilinear: space': staged(() => core.resizeBilinear([1, 1]), image),
  'resizeBilinear: height': call((height, width) => core.resizeBilinear([height, width])(image), [1, nothingElse], [1, nothingElse]),
  sample: call((on, from) => core.sample(on, from), [space, nothingElse], [rng, nothingElse]),
  'sample: mask': call((mask) => core.sample(core.discrete(2), rng, mask), [Uint8Array.of(1, 0), nothingElse]),
  scaleObservations: call(
    (obs, scaling) => core.scaleObservations(obs, scaling),
    [floats(), typedArray],
    [{ mean: new Float64Array(2), deviation: new Float64Array(2).fill(1), clip: 5 }, nothingElse],
  ),
  scheduleValue: call(
    (setting, progress) => core.scheduleValue(setting, progress),
    [1, { accepts: (value) => typeof value === 'number' || typeof value === 'function' }],
    [0.5, number],
  ),
  sequence: call((name, stages) => core.sequence(name, stages), ['a', text], [[core.flatten()(space)], nothingElse]),
  shapeSize: call((shape) => core.shapeSize(shape), [[2], kinds.emptyList]),
  sin: call((x) => core.sin(x), [1, number]),
  standardize: call((values, epsilon) => core.standardize(values, epsilon), [floats(), typedArray], [1e-8, finite]),
  suggest: call((name, known) => core.suggest(name, known), ['a', text], [['b'], list]),
  unmarkNormalized: call((memory) => core.unmarkNormalized(memory), [floats(), anything]),
  viewSparseRows: call((rows, first, count) => core.viewSparseRows(rows, first, count), [sparse, nothingElse], [0, nothingElse], [1, nothingElse]),
  writeSparseRow: call((rows, row, out) => core.writeSparseRow(rows, row, out), [sparse, nothingElse], [0, nothingElse], [floats(), typedArray]),
};

test('every public function is called with wrong arguments', () => {
  const functions = Object.entries(core).flatMap(([name, value]) => (typeof value === 'function' && !name.endsWith('Error') ? [name] : []));
  const called = new Set(Object.keys(calls).map((name) => name.split(/[.:]/)[0]));
  expect(functions.filter((name) => !called.has(name))).toEqual([]);
});

test.each(Object.keys(calls))('%s refuses wrong arguments with a sentence', async (name) => {
  expect(await findGaps(name, calls[name]!)).toEqual([]);
});
