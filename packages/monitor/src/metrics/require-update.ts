import { requireList, requireRecord, requireThat } from '../checks/require.js';

/** Requires the record of an update: an object with the environment steps so far. */
export function requireUpdate(where: string, update: unknown): void {
  const remedy = 'Pass an update that learner.train() has yielded, or { step, episodes, meanReturn, meanLength }.';
  const { step } = requireRecord({ where, name: 'update', value: update, expected: 'the record of an update', remedy });
  const fits = typeof step === 'number' && step >= 0 && Number.isFinite(step);
  requireThat(fits, { where, name: 'update.step', value: step, expected: 'environment steps, a number at least 0', remedy });
}

/** Requires a row of metrics: an object of numbers. */
export function requireRow(where: string, value: unknown): void {
  const remedy = 'Make it of an update with toMetrics.';
  const row = requireRecord({ where, name: 'row', value, expected: 'names of metrics and their numbers', remedy });
  for (const name of Object.keys(row)) {
    requireThat(typeof row[name] === 'number', { where, name, value: row[name], expected: 'a number', remedy });
  }
}

/** Requires a list of rows. */
export function requireRows(where: string, name: string, rows: unknown): void {
  for (const row of requireList(where, name, rows)) requireRow(where, row);
}
