// Elementary functions on four float32 lanes, from additions, multiplications, divisions and bit operations only, so that
// every machine and every JavaScript engine gives the same bits.
import { constant } from './constant';

const ONE = memory.data<f32>([1.0]);
const TWO = memory.data<f32>([2.0]);
const HALF = memory.data<f32>([0.5]);
const MINUS_HALF = memory.data<f32>([-0.5]);
const TEN = memory.data<f32>([10.0]);
const MINUS_TWENTY = memory.data<f32>([-20.0]);
const SIGN = memory.data<u32>([0x80000000]);
const MANTISSA = memory.data<u32>([0x007fffff]);
const BIAS = memory.data<u32>([127]);
const SQRT_2 = memory.data<f32>([1.4142135623730951]);
const SQRT_2_LESS_1 = memory.data<f32>([0.41421356237309515]);
const LOG2_E = memory.data<f32>([1.4426950408889634]);
const TWICE_LOG2_E = memory.data<f32>([2.8853900817779268]);
// ln 2 in two parts; multiples of the first are exact
const LN2_HIGH = memory.data<f32>([0.693359375]);
const LN2_LOW = memory.data<f32>([-2.12194440054690583e-4]);
// ln 2 and its half in one number, for results to which a large multiple's rounding does nothing; the first seven are exact
const LN2 = memory.data<f32>([0.6931471805599453]);
const HALF_LN2 = memory.data<f32>([0.34657359027997264]);
// e^x of less than the first is below the least normal number, of more than the second above the largest
const LEAST_EXPONENT = memory.data<f32>([-87.33654022216797]);
const MOST_EXPONENT = memory.data<f32>([89.0]);
// Adding 1.5·2^23 rounds a small number to the nearest whole one, and leaves that in the lowest bits of the sum; with the bias of an
// exponent added too, those bits moved up are a power of two.
const ROUND = memory.data<f32>([12582912.0]);
const ROUND_BIASED = memory.data<f32>([12583039.0]);
// coefficients of `expTail`; those of `tanh` are in terms of half its argument, and twice as large
const EXP_6 = memory.data<f32>([0.0013946497347205877]);
const EXP_5 = memory.data<f32>([0.00836661085486412]);
const EXP_4 = memory.data<f32>([0.04166628047823906]);
const EXP_3 = memory.data<f32>([0.1666654348373413]);
const TANH_6 = memory.data<f32>([0.0013946497347205877 * 32]);
const TANH_5 = memory.data<f32>([0.00836661085486412 * 16]);
const TANH_4 = memory.data<f32>([0.04166628047823906 * 8]);
const TANH_3 = memory.data<f32>([0.1666654348373413 * 4]);
const LOG_9 = memory.data<f32>([2.0 / 9.0]);
const LOG_7 = memory.data<f32>([2.0 / 7.0]);
const LOG_5 = memory.data<f32>([2.0 / 5.0]);
const LOG_3 = memory.data<f32>([2.0 / 3.0]);

// @ts-ignore: decorator
@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

// @ts-ignore: decorator
@inline
function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/** (e^r − 1 − r)/r² for |r| ≤ ln 2 / 2, fitted to an error of e^r − 1 below 1.4e-8 of it. */
// @ts-ignore: decorator
@inline
function expTail(r: v128): v128 {
  let p = constant(EXP_6);
  p = multiplyAdd(p, r, constant(EXP_5));
  p = multiplyAdd(p, r, constant(EXP_4));
  p = multiplyAdd(p, r, constant(EXP_3));
  return multiplyAdd(p, r, constant(HALF));
}

/** e^x; 0 where it is below the least normal number (subnormal ones are many times slower), infinity above 88.72, NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const clamped = f32x4.pmax(f32x4.pmin(x, constant(MOST_EXPONENT)), constant(LEAST_EXPONENT));
  const rounded = multiplyAdd(clamped, constant(LOG2_E), constant(ROUND));
  const k = f32x4.sub(rounded, constant(ROUND));
  const high = f32x4.sub(clamped, f32x4.mul(k, constant(LN2_HIGH)));
  const low = f32x4.mul(k, constant(LN2_LOW));
  const r = f32x4.sub(high, low);
  // the large term is taken as it is, exact
  const value = f32x4.add(constant(ONE), f32x4.sub(high, f32x4.sub(low, f32x4.mul(expTail(r), f32x4.mul(r, r)))));
  // scaled in two halves: the largest power is beyond the range
  const whole = i32x4.sub(rounded, constant(ROUND));
  const half = i32x4.shr_s(whole, 1);
  const scaled = f32x4.mul(f32x4.mul(value, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
  return v128.andnot(scaled, f32x4.lt(x, constant(LEAST_EXPONENT)));
}

/** 2^k for whole k in [-126, 127]. */
// @ts-ignore: decorator
@inline
function powerOfTwo(k: v128): v128 {
  return i32x4.shl(i32x4.add(k, constant(BIAS)), 23);
}

/** e^x − 1 for x ≤ 0, which loses nothing near zero. */
// @ts-ignore: decorator
@inline
export function expm1Negative(x: v128): v128 {
  const clamped = f32x4.pmax(x, constant(MINUS_TWENTY));
  const rounded = multiplyAdd(clamped, constant(LOG2_E), constant(ROUND_BIASED));
  const power = i32x4.shl(rounded, 23);
  const r = f32x4.sub(clamped, f32x4.mul(f32x4.sub(rounded, constant(ROUND_BIASED)), constant(LN2)));
  const reduced = multiplyAdd(f32x4.mul(expTail(r), r), r, r);
  return multiplyAdd(power, reduced, f32x4.sub(power, constant(ONE)));
}

/**
 * h/(1 + h) for h = a + b ≥ 0. The sum s = 1 + h loses c = h − (s − 1), which has its own place: with y = (s − 1)/s and
 * dy/ds = 1/s² = (1 − y)² the quotient is y + c·(1 − y)². Otherwise the sum's rounding alone would cost one unit in the last place.
 */
// @ts-ignore: decorator
@inline
function quotientByOneMore(a: v128, b: v128): v128 {
  const sum = f32x4.add(f32x4.add(a, b), constant(ONE));
  const kept = f32x4.sub(sum, constant(ONE));
  const lost = f32x4.add(a, f32x4.sub(b, kept));
  const y = f32x4.div(kept, sum);
  const rest = f32x4.sub(constant(ONE), y);
  return f32x4.add(y, f32x4.mul(f32x4.mul(lost, rest), rest));
}

/** 1/(1 + e^−x): e/(1 + e) with e = e^−|x| where x is negative, and 1 less that where it is not; 0 below −87.3. */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const negative = f32x4.neg(f32x4.abs(x));
  const clamped = f32x4.pmax(negative, constant(LEAST_EXPONENT));
  const rounded = multiplyAdd(clamped, constant(LOG2_E), constant(ROUND_BIASED));
  const k = f32x4.sub(rounded, constant(ROUND_BIASED));
  const power = i32x4.shl(rounded, 23);
  const r = f32x4.sub(f32x4.sub(clamped, f32x4.mul(k, constant(LN2_HIGH))), f32x4.mul(k, constant(LN2_LOW)));
  const reduced = f32x4.mul(power, multiplyAdd(expTail(r), f32x4.mul(r, r), r));
  const y = v128.andnot(quotientByOneMore(reduced, power), f32x4.lt(negative, constant(LEAST_EXPONENT)));
  return v128.bitselect(y, f32x4.sub(constant(ONE), y), f32x4.lt(x, splat(0)));
}

/** tanh x = ±h/(1 + h) with h = (e^{2|x|} − 1)/2; ±1 beyond ±10. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const sign = constant(SIGN);
  const size = f32x4.pmin(v128.andnot(x, sign), constant(TEN));
  const rounded = multiplyAdd(size, constant(TWICE_LOG2_E), constant(ROUND_BIASED));
  const power = i32x4.shl(rounded, 23);
  const r = f32x4.sub(size, f32x4.mul(f32x4.sub(rounded, constant(ROUND_BIASED)), constant(HALF_LN2)));
  let tail = constant(TANH_6);
  tail = multiplyAdd(tail, r, constant(TANH_5));
  tail = multiplyAdd(tail, r, constant(TANH_4));
  tail = multiplyAdd(tail, r, constant(TANH_3));
  tail = multiplyAdd(tail, r, constant(ONE));
  // e^{2r} = 1 + 2r + 2r²·tail, so h is 2^k·r²·tail and 2^k·r + (2^k − 1)/2
  const scaled = f32x4.mul(power, r);
  const most = f32x4.add(scaled, multiplyAdd(power, constant(HALF), constant(MINUS_HALF)));
  return v128.or(quotientByOneMore(f32x4.mul(scaled, f32x4.mul(tail, r)), most), v128.and(x, sign));
}

/** The derivative of sigmoid in terms of its result: y(1 − y). */
// @ts-ignore: decorator
@inline
export function sigmoidSlope(y: v128): v128 {
  return f32x4.mul(y, f32x4.sub(constant(ONE), y));
}

/** The derivative of tanh in terms of its result: 1 − y². */
// @ts-ignore: decorator
@inline
export function tanhSlope(y: v128): v128 {
  return f32x4.sub(constant(ONE), f32x4.mul(y, y));
}

/** f − log(1 + f) for f in [√½ − 1, √2 − 1], so that the large term f stays exact: s·(f − series) with s = f/(f + 2). */
// @ts-ignore: decorator
@inline
function log1pTail(f: v128): v128 {
  const s = f32x4.div(f, f32x4.add(f, constant(TWO)));
  const z = f32x4.mul(s, s);
  let series = constant(LOG_9);
  series = multiplyAdd(series, z, constant(LOG_7));
  series = multiplyAdd(series, z, constant(LOG_5));
  series = multiplyAdd(series, z, constant(LOG_3));
  series = f32x4.mul(series, z);
  return f32x4.mul(s, f32x4.sub(f, series));
}

/** log(1 + x) for x in [0, 1], which loses nothing near zero. */
// @ts-ignore: decorator
@inline
export function log1p(x: v128): v128 {
  const sum = f32x4.add(constant(ONE), x);
  // what rounding the sum lost, to first order
  const lost = f32x4.div(f32x4.sub(x, f32x4.sub(sum, constant(ONE))), sum);
  return v128.bitselect(f32x4.sub(x, log1pTail(x)), f32x4.add(log(sum), lost), f32x4.lt(x, constant(SQRT_2_LESS_1)));
}

/** log x for normal x > 0; NaN stays NaN. The callers' arguments are sums of exponentials, at least 1. */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  let exponent = i32x4.sub(i32x4.shr_u(x, 23), constant(BIAS));
  let mantissa = v128.or(v128.and(x, constant(MANTISSA)), constant(ONE));
  const large = f32x4.gt(mantissa, constant(SQRT_2));
  mantissa = v128.bitselect(f32x4.mul(mantissa, constant(HALF)), mantissa, large);
  exponent = i32x4.sub(exponent, large);
  const f = f32x4.sub(mantissa, constant(ONE));
  const k = f32x4.convert_i32x4_s(exponent);
  const tail = f32x4.sub(log1pTail(f), f32x4.mul(k, constant(LN2_LOW)));
  const value = f32x4.add(f32x4.mul(k, constant(LN2_HIGH)), f32x4.sub(f, tail));
  return v128.bitselect(value, x, f32x4.eq(x, x));
}

/** Elementwise e^x of n numbers, for the accuracy test. */
export function expArray(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) v128.store(y + (i << 2), exp(v128.load(x + (i << 2))));
}

/** Elementwise log of n numbers, for the accuracy test. */
export function logArray(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) v128.store(y + (i << 2), log(v128.load(x + (i << 2))));
}

/** Elementwise log(1 + x) of n numbers in [0, 1], for the accuracy test. */
export function log1pArray(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) v128.store(y + (i << 2), log1p(v128.load(x + (i << 2))));
}
