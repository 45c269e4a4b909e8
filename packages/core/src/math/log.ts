import { requireNumber } from '../options/require-argument.js';

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const SMALLEST_NORMAL = 2.2250738585072014e-308;
const TWO_TO_54 = 18014398509481984;

const bits = new DataView(new ArrayBuffer(8));

/**
 * Natural logarithm from additions, multiplications and divisions only, so that every JavaScript engine gives the same bits
 * (`Math.log` may differ between them). Within 2 units in the last place, subnormal numbers included.
 *
 * x = 2^k·m with m in [√½, √2); log m = 2·artanh(s), s = (m − 1)/(m + 1), by its series.
 */
export function log(x: number): number {
  requireNumber('log', 'x', x);
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let exponent = 0;
  let mantissa = x;
  if (x < SMALLEST_NORMAL) {
    mantissa *= TWO_TO_54;
    exponent = -54;
  }
  bits.setFloat64(0, mantissa);
  exponent += ((bits.getUint16(0) >>> 4) & 0x7ff) - 1023;
  bits.setUint16(0, (bits.getUint16(0) & 0x800f) | 0x3ff0);
  mantissa = bits.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa *= 0.5;
    exponent += 1;
  }
  return combine(mantissa - 1, exponent);
}

/** exponent·ln 2 + log(1 + f) for |f| < 0.42. */
function combine(f: number, exponent: number): number {
  const s = f / (2 + f);
  const z = s * s;
  let series = 0;
  for (let n = 23; n >= 3; n -= 2) series = (series + 1 / n) * z;
  // log(1 + f) = 2s + 2s·series and 2s = f − f·s: the large term f stays exact
  return exponent * LN2_HIGH + (f - (f * s - 2 * s * series - exponent * LN2_LOW));
}
