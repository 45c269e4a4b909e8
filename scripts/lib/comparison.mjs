import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { table } from './table.mjs';

/** @typedef {import('@pg/monitor').Comparison} Comparison */

const CONFIG = 'config.json';

/**
 * The run folders that are meant: those named, and those in a folder that is named and is none itself.
 *
 * @param {readonly string[]} names
 * @returns {string[]}
 */
export function runFolders(names) {
  return names.flatMap((name) => {
    if (existsSync(path.join(name, CONFIG)) || !existsSync(name) || !statSync(name).isDirectory()) return [name];
    const inside = readdirSync(name).map((child) => path.join(name, child));
    const runs = inside.filter((child) => existsSync(path.join(child, CONFIG)));
    return runs.length > 0 ? runs.sort() : [name];
  });
}

/**
 * The runs side by side, for people.
 *
 * @param {Comparison} comparison
 * @param {number} [width] - of the terminal
 */
export function comparisonTable({ differing, runs }, width) {
  const results = runs.map(({ result }) => flatten(result));
  const kept = [...new Set(results.flatMap((result) => Object.keys(result)))];
  const heads = [
    ...differing.map((key) => shortest(key, differing)),
    'status',
    'steps done',
    'time',
    'steps/s',
    'final return',
    'best return',
    ...kept, // in full: a mean return alone could be that of training
  ];
  const unique = new Set(runs.map(({ name }) => name)).size === runs.length;
  const rows = runs.map((run, at) => [
    unique ? run.name : path.relative('.', run.directory),
    ...differing.map((name) => (name in run.settings ? text(run.settings[name]) : '-')),
    run.status,
    run.steps.toLocaleString('en-US'),
    duration(run.seconds),
    number(run.stepsPerSecond, 0),
    number(run.finalReturn, 1),
    number(run.bestReturn, 1),
    ...kept.map((key) => (results[at] !== undefined && key in results[at] ? text(results[at][key]) : '-')),
  ]);
  return table(['run', ...heads], rows, width === undefined ? {} : { width });
}

/**
 * The same for programs; what is not known is null.
 *
 * @param {Comparison} comparison
 */
export function comparisonJson({ differing, runs, groups }) {
  const named = groups.map((group) => ({ label: group.label, runs: group.runs.map(({ name }) => name) }));
  return JSON.stringify({ differing, runs, groups: named }, null, 2);
}

/** @param {unknown} value */
function text(value) {
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(4)));
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * @param {number} value
 * @param {number} digits
 */
function number(value, digits) {
  if (!Number.isFinite(value)) return '-';
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** @param {number} seconds */
function duration(seconds) {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** @param {number} value */
function two(value) {
  return String(value).padStart(2, '0');
}

/**
 * Nested values as one flat row.
 *
 * @param {Readonly<Record<string, unknown>>} values
 * @param {string} [prefix]
 * @returns {Record<string, unknown>}
 */
function flatten(values, prefix = '') {
  const rows = Object.entries(values).map(([name, value]) => {
    const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
    return nested ? flatten(/** @type {Record<string, unknown>} */ (value), `${prefix}${name}.`) : { [`${prefix}${name}`]: value };
  });
  return Object.assign({}, ...rows);
}

/**
 * The last part of a nested name, where no other has it.
 *
 * @param {string} name
 * @param {readonly string[]} all
 */
function shortest(name, all) {
  const last = (/** @type {string} */ one) => one.split('.').at(-1) ?? one;
  return all.filter((other) => last(other) === last(name)).length === 1 ? last(name) : name;
}
