import { InvalidOptionsError, isPlainObject, parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import { requireList, requireRecord, requireText, requireThat } from '../checks/require.js';
import type { CurveSeries } from '../plots/curve-series.js';
import { type MedianCurveOptions, medianCurve, medianFields } from '../plots/median-curve.js';
import { type MetricCurveOptions, metricCurve, metricFields } from '../plots/metric-curve.js';
import type { RunRecord } from '../runs/read-run.js';
import { flatten, lastPart, sameValue, shortName } from './flatten.js';
import { type RunSummary, summarizeRun } from './summarize-run.js';

/** Runs of the same settings, apart from their seeds. */
export interface RunGroup {
  /** As few of its settings as tell it from the other groups, for example "envs 16"; without any, what the runs are. */
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

/** What is looked at when runs are compared. */
export interface CompareOptions {
  /** Names of settings that change nothing in what is learned, such as "port"; those nested in others by their last part. Default none. */
  readonly ignore?: readonly string[];
}

const schema = z.strictObject({ ignore: z._default(z.array(z.string()), []) });

const curveSchema = z.strictObject({ ...metricFields, ...medianFields });

/** What of several runs is drawn, and how those of a group become one curve. */
export interface CompareCurveOptions extends MetricCurveOptions, Omit<MedianCurveOptions, 'noun'> {}

/**
 * Compares runs by their `config`: runs that differ in nothing but a setting called `seed`, at any depth, are a group. A setting that is the
 * folder's name in each run, or empty, tells nothing apart.
 *
 * @param runs - what `readRun` gave
 * @throws InvalidOptionsError without a run, or for a wrong option
 *
 * @example
 * ```ts
 * const { groups } = compareRuns(['runs/a', 'runs/b'].map(readRun));
 * const svg = learningCurve(groups.map((group) => groupCurve(group)));
 * ```
 */
export function compareRuns(runs: readonly RunRecord[], options: CompareOptions = {}): Comparison {
  const { ignore } = parseOptions('compareRuns', schema, options);
  requireRuns('compareRuns', runs);
  if (runs.length === 0) throw nothingToCompare();
  const settings = runs.map((run) => flatten(run.info.config));
  const names = [...new Set(settings.flatMap((one) => Object.keys(one)))].filter((name) => !ignore.includes(lastPart(name)));
  const differing = names.filter((name) => settings.some((one) => !sameValue(one[name], settings[0]![name])));
  const chosen = settings.map((one) => Object.fromEntries(differing.filter((name) => name in one).map((name) => [name, one[name]])));
  const isName = (name: string) => runs.every((run, at) => [run.name, ''].includes(settings[at]![name] as string));
  const telling = differing.filter((name) => !isSeed(name) && !isName(name));
  const keys = chosen.map((one) => JSON.stringify(telling.map((name) => one[name])));
  const groupKeys = [...new Set(keys)];
  const labels = labelsOf(
    groupKeys.map((key) => chosen[keys.indexOf(key)]!),
    telling,
  );
  const groups = groupKeys.map((key, at) => {
    const members = runs.filter((_, run) => keys[run] === key);
    return { label: labels[at] ?? whatIsTrained(members[0]!) ?? members[0]!.name, runs: members };
  });
  return {
    differing,
    runs: runs.map((run, at) => ({ ...summarizeRun(run), group: groups[groupKeys.indexOf(keys[at]!)]!.label, settings: chosen[at]! })),
    groups,
  };
}

/** A group as a curve: its run, or the median of its seeds with a band. */
export function groupCurve(group: RunGroup, options: CompareCurveOptions = {}): CurveSeries {
  const { over, metric, ...median } = parseOptions('groupCurve', curveSchema, options);
  const value = requireRecord({ where: 'groupCurve', name: 'group', value: group, expected: 'a group of compareRuns' });
  requireText('groupCurve', 'label', value.label);
  requireRuns('groupCurve', value.runs);
  const { label, runs } = group;
  const seeded = runs.every(({ info }) => Object.keys(flatten(info.config)).some(isSeed));
  return medianCurve(
    label,
    runs.map(({ metrics }) => metricCurve(metrics, { over, metric })),
    { ...median, noun: seeded ? 'seeds' : 'runs' },
  );
}

/** Requires what `readRun` gives. */
function requireRuns(where: string, runs: unknown): void {
  const expected = 'what readRun gives for the folder of a run';
  for (const value of requireList(where, 'runs', runs)) {
    const { info, metrics } = requireRecord({ where, name: 'runs', value, expected });
    requireThat(isPlainObject(info) && isPlainObject(info.config) && Array.isArray(metrics), { where, name: 'runs', value, expected });
  }
}

function isSeed(name: string): boolean {
  return lastPart(name) === 'seed';
}

/** For each group the settings by which it is told, one after the other, from those that are still like it; `undefined` where there is none. */
function labelsOf(groups: readonly Readonly<Record<string, unknown>>[], telling: readonly string[]): (string | undefined)[] {
  return groups.map((own) => {
    let alike = groups;
    const parts = telling.flatMap((name) => {
      const left = alike.filter((other) => sameValue(other[name], own[name]));
      const tells = left.length < alike.length && name in own;
      alike = left;
      return tells ? [describe(shortName(name, telling), own[name])] : [];
    });
    return parts.length > 0 ? parts.join(', ') : undefined;
  });
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
