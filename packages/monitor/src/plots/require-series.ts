import { requireList, requireRecord, requireText, requireThat } from '../checks/require.js';

/** Requires curves as `learningCurve` takes them. */
export function requireSeries(where: string, series: unknown): void {
  for (const value of requireList(where, 'series', series)) {
    const { label, points, band } = requireRecord({ where, name: 'series', value, expected: 'a curve, { label, points }' });
    requireText(where, 'label', label);
    requirePoints(where, points);
    if (band !== undefined) requireBand(where, band);
  }
}

/** Requires the points of a curve. */
export function requirePoints(where: string, points: unknown): void {
  requireNumbers(where, points, ['x', 'y']);
}

function requireBand(where: string, value: unknown): void {
  const { label, runs, points } = requireRecord({ where, name: 'band', value, expected: 'an area, { label, runs, points }' });
  requireText(where, 'band.label', label);
  requireThat(typeof runs === 'number', { where, name: 'band.runs', value: runs, expected: 'how many runs' });
  requireNumbers(where, points, ['x', 'low', 'high']);
}

/** Requires a list of objects with the numbers named. */
function requireNumbers(where: string, points: unknown, names: readonly string[]): void {
  for (const value of requireList(where, 'points', points)) {
    const expected = `a point, { ${names.join(', ')} }`;
    const point = requireRecord({ where, name: 'points', value, expected });
    for (const name of names) requireThat(typeof point[name] === 'number', { where, name, value: point[name], expected: 'a number' });
  }
}
