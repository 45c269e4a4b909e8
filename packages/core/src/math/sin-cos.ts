import { requireNumber } from '../options/require-argument.js';

const TWO_OVER_PI = 0.6366197723675814;
// π/2 in three parts, the first two of at most 33 bits so that k times the first two is exact for |k| < 2^20
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487959506e-21;

/**
 * Sine from additions and multiplications only, so that every JavaScript engine gives the same bits (`Math.sin` may differ
 * between them). Within 1 unit in the last place for |x| < 10^5; the reduction loses accuracy beyond, and from about 10^15 on
 * the result means nothing.
 *
 * x = k·π/2 + r with |r| ≤ π/4, then the Taylor series of sine or cosine in r.
 */
export function sin(x: number): number {
  requireNumber('sin', 'x', x);
  // the sign of −0, which the series would lose
  if (x === 0) return x;
  return sinOfQuadrant(x, 0);
}

/** Cosine with the same bits in every JavaScript engine; see {@link sin}. */
export function cos(x: number): number {
  requireNumber('cos', 'x', x);
  return sinOfQuadrant(x, 1);
}

/** sin(x + shift·π/2). */
function sinOfQuadrant(x: number, shift: number): number {
  const k = Math.round(x * TWO_OVER_PI);
  const exact = x - k * HALF_PI_1;
  const second = k * HALF_PI_2;
  const r = exact - second;
  // what rounding took from r (Knuth's two-sum), and the third part
  const taken = exact - r;
  const rest = exact - (r + taken) + (taken - second) - k * HALF_PI_3;
  const quadrant = (k + shift) & 3;
  const value = quadrant & 1 ? cosSeries(r, rest) : sinSeries(r, rest);
  return quadrant & 2 ? -value : value;
}

/** sin(r + rest) ≈ sin r + rest·cos r. */
function sinSeries(r: number, rest: number): number {
  const z = r * r;
  const tail =
    -1 / 6 + z * (1 / 120 + z * (-1 / 5040 + z * (1 / 362880 + z * (-1 / 39916800 + z * (1 / 6227020800 + z * (-1 / 1307674368000 + z / 355687428096000))))));
  return r + (r * z * tail + rest * (1 - 0.5 * z));
}

/** cos(r + rest) ≈ cos r − rest·sin r. */
function cosSeries(r: number, rest: number): number {
  const z = r * r;
  const tail = 1 / 24 + z * (-1 / 720 + z * (1 / 40320 + z * (-1 / 3628800 + z * (1 / 479001600 + z * (-1 / 87178291200 + z / 20922789888000)))));
  const half = 0.5 * z;
  const head = 1 - half;
  // (1 − head) − half is what rounding took from the head
  return head + (1 - head - half + (z * z * tail - rest * r));
}
