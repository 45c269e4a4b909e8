import { compactNumber } from '../numbers/compact-number.js';
import type { ProgressStatus } from './track-progress.js';

/** The parts of a progress line as text. */
export interface StatusText {
  readonly percent: string;
  readonly steps: string;
  readonly rate: string;
  readonly time: string;
  readonly meanReturn: string;
}

/** A status in words; `finished` names the time taken instead of the time to go. */
export function describeStatus(status: ProgressStatus, finished: boolean): StatusText {
  return {
    percent: `${Math.floor(status.fraction * 100)}%`,
    steps: `${compactNumber(status.steps, 3)}/${compactNumber(status.total, 3)}`,
    rate: Number.isFinite(status.rate) ? `${compactNumber(status.rate, 3)}/s` : '-/s',
    time: finished ? `took ${duration(status.elapsed)}` : `ETA ${duration(status.remaining)}`,
    meanReturn: `return ${shortNumber(status.meanReturn)}`,
  };
}

/** Seconds as 0:09, 1:02:03 or 2d 03h. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '-:--';
  const whole = Math.round(seconds);
  const [days, hours] = [Math.floor(whole / 86_400), Math.floor(whole / 3600) % 24];
  const [minutes, rest] = [Math.floor(whole / 60) % 60, two(whole % 60)];
  if (days > 0) return `${days}d ${two(hours)}h`;
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const size = Math.abs(value);
  if (size >= 10_000) return compactNumber(value, 3);
  if (size >= 100) return value.toFixed(size >= 1000 ? 0 : 1);
  return value.toFixed(size >= 1 || size === 0 ? 2 : 3);
}
