import { InvalidOptionsError } from '@pg/core';
import type { CurveSeries } from '../plots/curve-series.js';
import { type MedianCurveOptions, medianCurve } from '../plots/median-curve.js';
import { type MetricCurveOptions, metricCurve } from '../plots/metric-curve.js';
import type { RunRecord } from '../runs/read-run.js';
import { flatten, lastPart, sameValue, shortName } from './flatten.js';
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
 * Compares runs by their `config`: runs that differ in nothing but a setting called `seed`, at any depth, are a group. A setting that is the
 * folder's name in each run tells nothing apart.
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
  const telling = differing.filter((name) => !isSeed(name) && !runs.every((run, at) => settings[at]![name] === run.name));
  const labels = chosen.map((one, at) => labelOf(one, telling) ?? whatIsTrained(runs[0]!) ?? runs[at]!.name);
  const groups = [...new Set(labels)].map((label) => ({ label, runs: runs.filter((_, at) => labels[at] === label) }));
  return { differing, runs: runs.map((run, at) => ({ ...summarizeRun(run), group: labels[at]!, settings: chosen[at]! })), groups };
}

/** A group as a curve: its run, or the median of its seeds with a band. */
export function groupCurve({ label, runs }: RunGroup, { band, ended, ...curve }: CompareCurveOptions = {}): CurveSeries {
  const seeded = runs.every(({ info }) => Object.keys(flatten(info.config)).some(isSeed));
  const options = { noun: seeded ? 'seeds' : 'runs', ...(band && { band }), ...(ended && { ended }) };
  return medianCurve(
    label,
    runs.map(({ metrics }) => metricCurve(metrics, curve)),
    options,
  );
}

function isSeed(name: string): boolean {
  return lastPart(name) === 'seed';
}

/** The settings that tell groups apart as text; `undefined` where there is none. */
function labelOf(settings: Readonly<Record<string, unknown>>, telling: readonly string[]): string | undefined {
  const parts = telling.filter((name) => name in settings).map((name) => describe(shortName(name, telling), settings[name]));
  return parts.length > 0 ? parts.join(', ') : undefined;
}

/** What was trained where, if a run says so. */
function whatIsTrained({ info: { config } }: RunRecord): string | undefined {
  const what = [config.algorithm ?? config.example, config.environment].filter((value) => typeof value === 'string');
  return what.length > 0 ? what.join(' on ') : undefined;
}

function describe(name: string, value: unknown): string {
  return ['algorithm', 'environment', 'example'].includes(name) ? String(value) : `${name} ${show(value)}`;
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
