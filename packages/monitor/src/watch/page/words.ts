import { compactNumber } from '../../numbers/compact-number.js';
import { duration } from '../../progress/describe-status.js';
import type { RunLimits, RunStatus } from '../page-data.js';

/** A number for people: few digits, 12.3k from ten thousand on, a real minus. */
export function inDigits(value: number | null, digits = 4): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const text = Math.abs(value) >= 10_000 ? compactNumber(value, digits) : String(Number(value.toPrecision(digits)));
  return text.replace('-', '−');
}

/** What stands under the heading: names and values. */
export function numbersOf(status: RunStatus, limits: RunLimits): [string, string][] {
  const { phase, step, episodes, updates, elapsed, rate, meanReturn, bestReturn } = status;
  const { total, start, totalEpisodes, totalUpdates } = limits;
  const of = (whole: number | null) => (whole === null ? '' : ` of ${inDigits(whole)}`);
  const togo = phase === 'training' && rate ? stepsToGo(status, limits) / rate : Number.POSITIVE_INFINITY;
  return [
    ['Mean return', inDigits(meanReturn)],
    ['Best', inDigits(bestReturn)],
    ['Steps', `${inDigits(step)}${of(total && start + total)}`],
    ['Episodes', `${inDigits(episodes)}${of(totalEpisodes)}`],
    ...(totalUpdates === null ? [] : [['Updates', `${inDigits(updates)}${of(totalUpdates)}`] as [string, string]]),
    ['Steps a second', inDigits(rate)],
    ['Time', duration(elapsed)],
    ...(Number.isFinite(togo) ? [['To go', duration(togo)] as [string, string]] : []),
  ];
}

/** The part done, from 0 to 1, towards the limit that is nearest; nothing where nobody said one. */
export function partDone({ step, episodes, updates }: RunStatus, { total, start, totalEpisodes, totalUpdates }: RunLimits): number | undefined {
  const pairs = [[step - start, total] as const, [episodes, totalEpisodes] as const, [updates, totalUpdates] as const];
  const parts = pairs.flatMap(([done, whole]) => (whole === null ? [] : [done / whole]));
  return parts.length === 0 ? undefined : Math.min(1, Math.max(0, ...parts));
}

/** Environment steps to the nearest limit; episodes and updates to come are taken to be as long as those before. Infinite without a limit. */
function stepsToGo({ step, episodes, updates }: RunStatus, { total, start, totalEpisodes, totalUpdates }: RunLimits): number {
  const left = (done: number, whole: number | null) => (whole === null || done === 0 ? Number.POSITIVE_INFINITY : (whole - done) * (step / done));
  const steps = total === null ? Number.POSITIVE_INFINITY : start + total - step;
  return Math.max(0, Math.min(steps, left(episodes, totalEpisodes), left(updates, totalUpdates)));
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
