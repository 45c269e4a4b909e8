/** The sizes of numbers other than 0 that float32 holds, for messages. */
export const FLOAT32_RANGE = '1.4e-45 to 3.4e+38, the range of float32';

/**
 * Whether float32 keeps a number: rounding makes neither an infinity nor 0 of it. Networks compute in float32, so a setting that it does
 * not keep would be another one.
 */
export function fitsFloat32(value: unknown): value is number {
  if (typeof value !== 'number') return false;
  const rounded = Math.fround(value);
  return Number.isFinite(rounded) && (rounded !== 0 || value === 0);
}
