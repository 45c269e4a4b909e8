/**
 * Watching a training run: a progress bar, metrics files, learning curves, run folders, a live page and recordings. Works with the update records of any
 * learner; no learner depends on it.
 *
 * @packageDocumentation
 */
export {
  type CompareCurveOptions,
  type ComparedRun,
  type CompareOptions,
  type Comparison,
  compareRuns,
  groupCurve,
  type RunGroup,
} from './compare/compare-runs.js';
export type { RunSummary } from './compare/summarize-run.js';
export { csv } from './metrics/csv.js';
export { jsonLines } from './metrics/json-lines.js';
export type { Metrics } from './metrics/metrics.js';
export type { MetricsFileOptions, MetricsWriter } from './metrics/metrics-writer.js';
export { type ToMetricsOptions, toMetrics } from './metrics/to-metrics.js';
export type { TrainingUpdate } from './metrics/training-update.js';
export type { AxisScale, LearningCurveOptions, ReferenceLine } from './plots/curve-options.js';
export type { BandPoint, CurveBand, CurvePoint, CurveSeries } from './plots/curve-series.js';
export { learningCurve } from './plots/learning-curve.js';
export { type MedianCurveOptions, medianCurve } from './plots/median-curve.js';
export { type MetricCurveOptions, metricCurve } from './plots/metric-curve.js';
export { writePlot } from './plots/write-plot.js';
export { type ProgressBar, type ProgressBarOptions, progressBar } from './progress/progress-bar.js';
export type { ProgressStream } from './progress/progress-stream.js';
export type { ProgressUnit } from './progress/track-progress.js';
export type { GifOptions } from './recordings/gif-options.js';
export { type GifRecorder, gifRecorder } from './recordings/gif-recorder.js';
export { type Mp4Options, type Mp4Recorder, mp4Recorder } from './recordings/mp4-recorder.js';
export { writeGif } from './recordings/write-gif.js';
export { writePng } from './recordings/write-png.js';
export { createRun, type Run, type RunEnd } from './runs/create-run.js';
export { freeDirectory } from './runs/free-directory.js';
export type { GitState } from './runs/git-state.js';
export { type RunRecord, readRun } from './runs/read-run.js';
export type { RunInfo, RunSession } from './runs/run-info.js';
export type { RunOptions } from './runs/run-options.js';
export { readTensorboard, type ScalarPoint, type TensorboardScalars } from './tensorboard/read-tensorboard.js';
export {
  type AnimationOptions,
  type NamedValues,
  type TensorboardOptions,
  type TensorboardWriter,
  tensorboardWriter,
} from './tensorboard/tensorboard-writer.js';
export type { PlayOptions, WatchedEnv, WatchedLearner, WatchedPolicy, WatchedSession } from './watch/agent-player.js';
export type { Caption } from './watch/clip-encoder.js';
export type { PageDescription, WatchOptions } from './watch/watch-options.js';
export { type LivePage, watchRun } from './watch/watch-run.js';
export { type RunPageOptions, writeRunPage } from './watch/write-run-page.js';
