/**
 * The part of `@pg/monitor` that needs no file system: rows of metrics and learning curves, for web pages as for Node. The main entry has all
 * of it, too.
 *
 * @packageDocumentation
 */
export type { Metrics } from './metrics/metrics.js';
export { type ToMetricsOptions, toMetrics } from './metrics/to-metrics.js';
export type { TrainingUpdate } from './metrics/training-update.js';
export type { AxisScale, LearningCurveOptions, ReferenceLine } from './plots/curve-options.js';
export type { BandPoint, CurveBand, CurvePoint, CurveSeries } from './plots/curve-series.js';
export { learningCurve } from './plots/learning-curve.js';
export { type MedianCurveOptions, medianCurve } from './plots/median-curve.js';
export { type MetricCurveOptions, metricCurve } from './plots/metric-curve.js';
