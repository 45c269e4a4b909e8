// Elementary functions on four float32 lanes, from additions, multiplications, divisions and bit operations only, so that
// every machine and every JavaScript engine gives the same bits.

const LOG2_E: f32 = 1.4426950408889634;
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440054690583e-4;
const SQRT_2: f32 = 1.4142135623730951;

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

/** 2^k for whole k in [-126, 127]. */
// @ts-ignore: decorator
@inline
function powerOfTwo(k: v128): v128 {
  return i32x4.shl(i32x4.add(k, i32x4.splat(127)), 23);
}

/** e^r − 1 for |r| ≤ ln 2 / 2 by its Taylor series. */
// @ts-ignore: decorator
@inline
function expm1Reduced(r: v128): v128 {
  let p = splat(1.0 / 5040.0);
  p = multiplyAdd(p, r, splat(1.0 / 720.0));
  p = multiplyAdd(p, r, splat(1.0 / 120.0));
  p = multiplyAdd(p, r, splat(1.0 / 24.0));
  p = multiplyAdd(p, r, splat(1.0 / 6.0));
  p = multiplyAdd(p, r, splat(0.5));
  return multiplyAdd(p, f32x4.mul(r, r), r);
}

/** k = the whole number nearest to x / ln 2. */
// @ts-ignore: decorator
@inline
function nearestExponent(x: v128): v128 {
  return f32x4.nearest(f32x4.mul(x, splat(LOG2_E)));
}

/** x − k·ln 2, with ln 2 in two parts. */
// @ts-ignore: decorator
@inline
function reduceByExponent(x: v128, k: v128): v128 {
  return f32x4.sub(f32x4.sub(x, f32x4.mul(k, splat(LN2_HIGH))), f32x4.mul(k, splat(LN2_LOW)));
}

/** e^x; 0 below −104, infinity above 88.72, NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const clamped = f32x4.max(f32x4.min(x, splat(89.0)), splat(-104.0));
  const k = nearestExponent(clamped);
  const value = f32x4.add(splat(1.0), expm1Reduced(reduceByExponent(clamped, k)));
  // scaled in two halves, so that the powers stay in range for the largest and the subnormal results
  const whole = i32x4.trunc_sat_f32x4_s(k);
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(value, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
}

/** tanh x − x for |x| < 0.55: x³ times a polynomial in x², fitted to a relative error of tanh below 2e-9. */
// @ts-ignore: decorator
@inline
function tanhTail(x: v128): v128 {
  const z = f32x4.mul(x, x);
  let p = splat(-0.006274238237291329);
  p = multiplyAdd(p, z, splat(0.02107167817027112));
  p = multiplyAdd(p, z, splat(-0.053852309699125335));
  p = multiplyAdd(p, z, splat(0.13332586136468796));
  p = multiplyAdd(p, z, splat(-0.3333331755960851));
  return f32x4.mul(f32x4.mul(p, z), x);
}

/** e^x − 1 for x ≤ 0, which loses nothing near zero. */
// @ts-ignore: decorator
@inline
export function expm1Negative(x: v128): v128 {
  const clamped = f32x4.max(x, splat(-20.0));
  const k = nearestExponent(clamped);
  const power = powerOfTwo(i32x4.trunc_sat_f32x4_s(k));
  return multiplyAdd(power, expm1Reduced(reduceByExponent(clamped, k)), f32x4.sub(power, splat(1.0)));
}

/** 1/(1 + e^−x), from e^−|x| so that nothing overflows. */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const e = exp(f32x4.neg(f32x4.abs(x)));
  const numerator = v128.bitselect(e, splat(1.0), f32x4.lt(x, splat(0)));
  return f32x4.div(numerator, f32x4.add(splat(1.0), e));
}

/** tanh x = ±(1 − 2/(e^{2|x|} + 1)), and x + tanhTail near zero, where the former would cancel; ±1 beyond ±10. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const size = f32x4.abs(x);
  const twice = f32x4.min(f32x4.add(size, size), splat(20.0));
  const k = nearestExponent(twice);
  const power = powerOfTwo(i32x4.trunc_sat_f32x4_s(k));
  const exponential = multiplyAdd(power, expm1Reduced(reduceByExponent(twice, k)), power);
  const large = f32x4.sub(splat(1.0), f32x4.div(splat(2.0), f32x4.add(exponential, splat(1.0))));
  const magnitude = v128.bitselect(f32x4.add(size, tanhTail(size)), large, f32x4.lt(size, splat(0.55)));
  return v128.bitselect(x, magnitude, i32x4.splat(0x80000000));
}

/** The derivative of sigmoid in terms of its result: y(1 − y). */
// @ts-ignore: decorator
@inline
export function sigmoidSlope(y: v128): v128 {
  return f32x4.mul(y, f32x4.sub(splat(1), y));
}

/** The derivative of tanh in terms of its result: 1 − y². */
// @ts-ignore: decorator
@inline
export function tanhSlope(y: v128): v128 {
  return f32x4.sub(splat(1), f32x4.mul(y, y));
}

/** f − log(1 + f) for f in [√½ − 1, √2 − 1], so that the large term f stays exact: s·(f − series) with s = f/(f + 2). */
// @ts-ignore: decorator
@inline
function log1pTail(f: v128): v128 {
  const s = f32x4.div(f, f32x4.add(f, splat(2.0)));
  const z = f32x4.mul(s, s);
  let series = splat(2.0 / 9.0);
  series = multiplyAdd(series, z, splat(2.0 / 7.0));
  series = multiplyAdd(series, z, splat(2.0 / 5.0));
  series = multiplyAdd(series, z, splat(2.0 / 3.0));
  series = f32x4.mul(series, z);
  return f32x4.mul(s, f32x4.sub(f, series));
}

/** log(1 + x) for x in [0, 1], which loses nothing near zero. */
// @ts-ignore: decorator
@inline
export function log1p(x: v128): v128 {
  return v128.bitselect(f32x4.sub(x, log1pTail(x)), log(f32x4.add(splat(1), x)), f32x4.lt(x, splat(SQRT_2 - 1)));
}

/** log x for normal x > 0; NaN stays NaN. The callers' arguments are sums of exponentials, at least 1. */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  let exponent = i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(127));
  let mantissa = v128.or(v128.and(x, i32x4.splat(0x007fffff)), splat(1.0));
  const large = f32x4.gt(mantissa, splat(SQRT_2));
  mantissa = v128.bitselect(f32x4.mul(mantissa, splat(0.5)), mantissa, large);
  exponent = i32x4.sub(exponent, large);
  const f = f32x4.sub(mantissa, splat(1.0));
  const k = f32x4.convert_i32x4_s(exponent);
  const tail = f32x4.sub(log1pTail(f), f32x4.mul(k, splat(LN2_LOW)));
  const value = f32x4.add(f32x4.mul(k, splat(LN2_HIGH)), f32x4.sub(f, tail));
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
