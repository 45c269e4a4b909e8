import { describeValue } from '@pg/core';
import type { Entry } from './page-data.js';

/** The longest value in characters. */
const LONGEST = 400;

/**
 * Settings or results as lines for people: numbers to six digits, everything else as JSON where it is not text. What says nothing is left out:
 * null, an empty text, and infinity, which is how a limit is said that there is not.
 */
export function describeEntries(values: Readonly<Record<string, unknown>>): Entry[] {
  return Object.entries(values).flatMap(([name, value]): Entry[] => (saysNothing(value) ? [] : [[name, shorten(describe(value))]]));
}

function saysNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || value === Number.POSITIVE_INFINITY;
}

function describe(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  if (typeof value !== 'object') return typeof value === 'boolean' ? String(value) : describeValue(value);
  try {
    return JSON.stringify(value) ?? describeValue(value);
  } catch {
    return describeValue(value);
  }
}

function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
