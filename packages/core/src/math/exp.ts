import { requireNumber } from '../options/require-argument.js';

const INVERSE_LN2 = Math.LOG2E;
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** Above it e^x is no float64. */
const OVERFLOW = 709.782712893384;
/** Below it e^x rounds to 0. */
const UNDERFLOW = -745.1332191019412;

/** 1/n! for n = 13 … 2. */
const COEFFICIENTS = [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((n) => {
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return 1 / factorial;
});

const bits = new DataView(new ArrayBuffer(8));

/**
 * e^x from additions, multiplications and divisions only, so that every JavaScript engine gives the same bits (`Math.exp` may
 * differ between them). Within 1 unit in the last place where the result is normal.
 *
 * x = k·ln 2 + r with |r| ≤ ½ ln 2; e^r by its series, then scaled by 2^k.
 */
export function exp(x: number): number {
  requireNumber('exp', 'x', x);
  if (!(x <= OVERFLOW)) return Number.isNaN(x) ? Number.NaN : Number.POSITIVE_INFINITY;
  if (x < UNDERFLOW) return 0;
  const k = Math.round(x * INVERSE_LN2);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  let series = 0;
  for (const coefficient of COEFFICIENTS) series = series * r + coefficient;
  // what was lost in r is added to first order; 1 and the large term come last
  const value = 1 + (high - (low - r * r * series));
  // in two halves, so that the powers stay in range at both ends
  const half = k >> 1;
  return value * powerOfTwo(half) * powerOfTwo(k - half);
}

/** 2^k for whole k in [−1022, 1023]. */
function powerOfTwo(k: number): number {
  bits.setUint32(0, (k + 1023) << 20);
  return bits.getFloat64(0);
}
