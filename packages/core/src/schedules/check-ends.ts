import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError } from '../errors/kinds.js';
import { FLOAT32_RANGE, fitsFloat32 } from '../options/float32.js';

/** Refuses a schedule that would not begin and end at numbers. */
export function checkEnds(where: string, start: number, end: number): void {
  if (fitsFloat32(start) && fitsFloat32(end)) return;
  throw new InvalidOptionsError({
    where,
    got: `start: ${describeValue(start)} and end: ${describeValue(end)}`,
    expected: Number.isFinite(start) && Number.isFinite(end) ? `0, or numbers of a size from ${FLOAT32_RANGE}` : 'two finite numbers',
    remedy: `Give both, for example ${where}(1e-3, 0).`,
  });
}
