import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError } from '../errors/kinds.js';

/** Refuses a schedule that would not begin and end at numbers. */
export function checkEnds(where: string, start: number, end: number): void {
  if (Number.isFinite(start) && Number.isFinite(end)) return;
  throw new InvalidOptionsError({
    where,
    got: `start: ${describeValue(start)} and end: ${describeValue(end)}`,
    expected: 'two finite numbers',
    remedy: `Give both, for example ${where}(1e-3, 0).`,
  });
}
