import { InvalidOptionsError } from '@pg/core';
import type { CurveSeries } from '../plots/curve-series.js';
import { type MedianCurveOptions, medianCurve } from '../plots/median-curve.js';
import { type MetricCurveOptions, metricCurve } from '../plots/metric-curve.js';
import type { RunRecord } from '../runs/read-run.js';
import { flatten, sameValue } from './flatten.js';
import { type RunSummary, summarizeRun } from './summarize-run.js';

/** Runs of the same settings, apart from their seeds. */
export interface RunGroup {
  /** The settings in which it differs from other groups, for example "envs 16"; without any, what the runs are. */
  readonly label: string;
  /** Its runs, as they were given. */
  readonly runs: readonly RunRecord[];
}

/** A run beside others. */
export interface ComparedRun extends RunSummary {
  /** The label of its group. */
  readonly group: string;
  /** Its settings of those that differ between the runs; what it has not is left out. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What several runs have reached, and in what they differ. */
export interface Comparison {
  /** The names of the settings that differ between the runs, nested ones with dots; the seed among them. */
  readonly differing: readonly string[];
  /** The runs, as they were given. */
  readonly runs: readonly ComparedRun[];
  /** The runs by their settings without the seed, in the order of their first ones. */
  readonly groups: readonly RunGroup[];
}

/** What of several runs is drawn, and how those of a group become one curve. */
export interface CompareCurveOptions extends MetricCurveOptions, Omit<MedianCurveOptions, 'noun'> {}

/**
 * Compares runs by their `config`: runs that differ in nothing but `seed` are a group.
 *
 * @param runs - what `readRun` gave
 * @throws InvalidOptionsError without a run
 *
 * @example
 * ```ts
 * const { groups } = compareRuns(['runs/a', 'runs/b'].map(readRun));
 * const svg = learningCurve(groups.map((group) => groupCurve(group)));
 * ```
 */
export function compareRuns(runs: readonly RunRecord[]): Comparison {
  if (runs.length === 0) throw nothingToCompare();
  const settings = runs.map((run) => flatten(run.info.config));
  const names = [...new Set(settings.flatMap((one) => Object.keys(one)))];
  const differing = names.filter((name) => settings.some((one) => !sameValue(one[name], settings[0]![name])));
  const chosen = settings.map((one) => Object.fromEntries(differing.filter((name) => name in one).map((name) => [name, one[name]])));
  const labels = chosen.map((one, at) => labelOf(one, runs[at]!));
  const groups = [...new Set(labels)].map((label) => ({ label, runs: runs.filter((_, at) => labels[at] === label) }));
  return { differing, runs: runs.map((run, at) => ({ ...summarizeRun(run), group: labels[at]!, settings: chosen[at]! })), groups };
}

/** A group as a curve: its run, or the median of its seeds with a band. */
export function groupCurve({ label, runs }: RunGroup, { band, ended, ...curve }: CompareCurveOptions = {}): CurveSeries {
  const options = { noun: 'seeds', ...(band && { band }), ...(ended && { ended }) };
  return medianCurve(
    label,
    runs.map(({ metrics }) => metricCurve(metrics, curve)),
    options,
  );
}

/** Settings without the seed as text; where there is none, what was trained, or the folder's name. */
function labelOf({ seed: _, ...others }: Readonly<Record<string, unknown>>, run: RunRecord): string {
  const parts = Object.entries(others).map(([name, value]) => (isName(name) ? String(value) : `${name} ${show(value)}`));
  if (parts.length > 0) return parts.join(', ');
  const { algorithm, environment } = run.info.config;
  const what = [algorithm, environment].filter((value) => typeof value === 'string');
  return what.length > 0 ? what.join(' on ') : run.name;
}

function isName(setting: string): boolean {
  return setting === 'algorithm' || setting === 'environment';
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function nothingToCompare(): InvalidOptionsError {
  return new InvalidOptionsError({
    where: 'compareRuns',
    got: 'no run',
    expected: 'at least one',
    remedy: 'Pass what readRun gives for the folders of the runs.',
  });
}
