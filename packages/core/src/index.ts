/**
 * Spaces, seeded random streams, schedules, returns, advantages and preprocessing: the pure functions and values that the
 * other packages share.
 *
 * @packageDocumentation
 */
export { type AdvantageRollout, type Advantages, generalizedAdvantageEstimation } from './advantages/generalized-advantage-estimation.js';
export { describeValue } from './errors/describe.js';
export { describeThrown, describeThrownWithName, isErrorLike } from './errors/describe-thrown.js';
export {
  BusyError,
  DisposedError,
  EnvironmentError,
  IncompatibleCheckpointError,
  IncompatiblePolicyError,
  InvalidActionError,
  InvalidFileError,
  InvalidOptionsError,
  InvalidShapeError,
  NonFiniteError,
  ResetRequiredError,
  UnavailableError,
} from './errors/kinds.js';
export { type ErrorDetails, PgError } from './errors/pg-error.js';
export { exp } from './math/exp.js';
export { log } from './math/log.js';
export { cos, sin } from './math/sin-cos.js';
export { type Moments, moments } from './normalization/moments.js';
export { isNormalized, markNormalized, unmarkNormalized } from './normalization/normalized-observations.js';
export { type ObservationScaling, scaleObservations } from './normalization/observation-scaling.js';
export { RunningMoments, type RunningMomentsState } from './normalization/running-moments.js';
export { standardize } from './normalization/standardize.js';
export { checkKeys } from './options/check-keys.js';
export { FLOAT32_RANGE, fitsFloat32 } from './options/float32.js';
export type { OptionIssue } from './options/option-issue.js';
export { type OptionSchema, parseOptions } from './options/parse-options.js';
export { isPlainObject } from './options/plain-object.js';
export { type Argument, requireArgument } from './options/require-argument.js';
export { requireInterval } from './options/require-interval.js';
export { suggest } from './options/suggest.js';
export { type Picture, requirePicture } from './pictures/picture.js';
export { type CropOptions, type CroppedWidth, crop } from './preprocessing/crop.js';
export { type FlatSize, flatten } from './preprocessing/flatten.js';
export { frameDifference } from './preprocessing/frame-difference.js';
export { frameStack, type StackedShape } from './preprocessing/frame-stack.js';
export { grayscale } from './preprocessing/grayscale.js';
export { oneHot } from './preprocessing/one-hot.js';
export { type RescaleOptions, rescale } from './preprocessing/rescale.js';
export { resize } from './preprocessing/resize.js';
export { BilinearResizer, type Region, type ResizeSizes, resizeBilinear } from './preprocessing/resize-bilinear.js';
export { sequence } from './preprocessing/sequence.js';
export type { ObservationTransform, Stage } from './preprocessing/stage.js';
export { ProtobufMessage } from './protobuf/protobuf-message.js';
export { type ArrayName, arrayName, isFloat32Array, isFloat64Array, isUint8Array } from './realms/array-name.js';
export { brandOf, isArrayBuffer, isSharedArrayBuffer, isUrl } from './realms/brands.js';
export { decodeUtf8, encodeUtf8 } from './realms/utf8.js';
export { discountedReturns, type RewardSequence } from './returns/discounted-returns.js';
export { Rng, type RngState } from './rng/rng.js';
export { type ArrayKind, allocate, allocateShared } from './runtime/allocate.js';
export { nextEventLoopTurn } from './runtime/event-loop.js';
export type { GlobalAbortSignal, GlobalUrl, SymbolNamed, WithAsyncDispose, WithDispose } from './runtime/globals.js';
export { cosineSchedule } from './schedules/cosine-schedule.js';
export { linearSchedule } from './schedules/linear-schedule.js';
export { type Schedule, scheduleValue } from './schedules/schedule.js';
export { type Box, box, nearestBounds } from './spaces/box.js';
export { contains } from './spaces/contains.js';
export { type Discrete, discrete } from './spaces/discrete.js';
export { isSpace } from './spaces/is-space.js';
export { observedSpace } from './spaces/observed-space.js';
export { requireSpace } from './spaces/require-space.js';
export { sample } from './spaces/sample.js';
export {
  createElements,
  type Dtype,
  type DtypeArray,
  describeSpace,
  type Element,
  type Elements,
  elementSize,
  type Shape,
  type Space,
  shapeSize,
} from './spaces/space.js';
export { moveSparseRows, type SparseRows, viewSparseRows, writeSparseRow } from './sparse/sparse-rows.js';
