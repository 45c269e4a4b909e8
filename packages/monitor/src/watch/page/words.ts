import { compactNumber } from '../../numbers/compact-number.js';
import { duration } from '../../progress/describe-status.js';
import type { PageData, RunStatus } from '../page-data.js';

/** A number for people: few digits, 12.3k from ten thousand on, a real minus. */
export function inDigits(value: number | null, digits = 4): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const text = Math.abs(value) >= 10_000 ? compactNumber(value, digits) : String(Number(value.toPrecision(digits)));
  return text.replace('-', '−');
}

/** What stands under the heading: names and values. */
export function numbersOf(status: RunStatus, { total, start }: Pick<PageData, 'total' | 'start'>): [string, string][] {
  const { phase, step, episodes, elapsed, rate, meanReturn, bestReturn } = status;
  const of = total === null ? '' : ` of ${inDigits(start + total)}`;
  const togo = phase === 'training' && total !== null && rate ? (start + total - step) / rate : undefined;
  return [
    ['Mean return', inDigits(meanReturn)],
    ['Best', inDigits(bestReturn)],
    ['Steps', `${inDigits(step)}${of}`],
    ['Episodes', inDigits(episodes)],
    ['Steps a second', inDigits(rate)],
    ['Time', duration(elapsed)],
    ...(togo === undefined ? [] : [['To go', duration(Math.max(0, togo))] as [string, string]]),
  ];
}

/** The part done, from 0 to 1; nothing where nobody said how many steps there will be. */
export function partDone({ step }: RunStatus, { total, start }: Pick<PageData, 'total' | 'start'>): number | undefined {
  if (total === null) return undefined;
  return Math.min(1, Math.max(0, (step - start) / total));
}

const phases: Readonly<Record<RunStatus['phase'], string>> = {
  waiting: 'Waiting for the first update',
  training: 'Training',
  finished: 'Finished',
  stopped: 'Stopped before the end',
  failed: 'Failed',
};

/** A status in words; `silence`: seconds since the last message of a run that is training. */
export function statusInWords({ phase }: RunStatus, silence: number): string {
  return phase === 'training' && silence >= 10 ? 'Training; an update takes long' : phases[phase];
}
