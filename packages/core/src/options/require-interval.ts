import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError } from '../errors/kinds.js';
import { FLOAT32_RANGE, fitsFloat32 } from './float32.js';
import { requireText } from './require-argument.js';

/**
 * Refuses what is no interval in float32.
 *
 * @throws InvalidOptionsError when a bound is not finite or not kept by float32, or low is not below high there
 */
export function requireInterval(where: string, interval: { readonly low: number; readonly high: number }, remedy: string): void {
  requireText('requireInterval', 'where', where);
  requireText('requireInterval', 'remedy', remedy);
  const { low, high } = interval ?? {};
  if (fitsFloat32(low) && fitsFloat32(high) && Math.fround(low) < Math.fround(high)) return;
  const finite = Number.isFinite(low) && Number.isFinite(high) && low < high;
  throw new InvalidOptionsError({
    where,
    got: `low: ${describeValue(low)} and high: ${describeValue(high)}`,
    expected: finite ? `two float32 numbers, low < high, each 0 or of a size from ${FLOAT32_RANGE}` : 'finite numbers, low < high',
    remedy,
  });
}
