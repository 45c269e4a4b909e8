// Sine and cosine on four float32 lanes. The argument's multiple of π/2 is taken away in float64, by Cody and Waite's method: π/2 is a
// first part of 33 bits, whose multiples are exact, and a rest.
import { splat } from './math';

const TWO_OVER_PI: f64 = 0.6366197723675814;
const HALF_PI_HIGH: f64 = 1.5707963109016418;
const HALF_PI_LOW: f64 = 1.5893254773528196e-8;

// @ts-ignore: decorator
@inline
function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

// @ts-ignore: decorator
@inline
function reduce(x: v128, k: v128): v128 {
  return f64x2.sub(f64x2.sub(x, f64x2.mul(k, f64x2.splat(HALF_PI_HIGH))), f64x2.mul(k, f64x2.splat(HALF_PI_LOW)));
}

/** sin(x + quarters·π/2), within 1.5 units in the last place for |x| ≤ 10^6; NaN for what is not finite. */
// @ts-ignore: decorator
@inline
function sine(x: v128, quarters: i32): v128 {
  const low = f64x2.promote_low_f32x4(x);
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
  const lowK = f64x2.nearest(f64x2.mul(low, f64x2.splat(TWO_OVER_PI)));
  const highK = f64x2.nearest(f64x2.mul(high, f64x2.splat(TWO_OVER_PI)));
  const r = v128.shuffle<f32>(f32x4.demote_f64x2_zero(reduce(low, lowK)), f32x4.demote_f64x2_zero(reduce(high, highK)), 0, 1, 4, 5);
  const k = v128.shuffle<i32>(i32x4.trunc_sat_f64x2_s_zero(lowK), i32x4.trunc_sat_f64x2_s_zero(highK), 0, 1, 4, 5);
  const quadrant = i32x4.add(k, i32x4.splat(quarters));
  const odd = i32x4.eq(v128.and(quadrant, i32x4.splat(1)), i32x4.splat(1));
  const sign = i32x4.shl(v128.and(quadrant, i32x4.splat(2)), 30);
  return v128.xor(v128.bitselect(cosineNearZero(r), sineNearZero(r), odd), sign);
}

/** sin r for |r| ≤ π/4, fitted to a relative error below 4e-9. */
// @ts-ignore: decorator
@inline
function sineNearZero(r: v128): v128 {
  const z = f32x4.mul(r, r);
  let p = splat(-0.0001951463200384751);
  p = multiplyAdd(p, z, splat(0.008332155644893646));
  p = multiplyAdd(p, z, splat(-0.16666655242443085));
  return multiplyAdd(p, f32x4.mul(z, r), r);
}

/** cos r for |r| ≤ π/4, fitted to a relative error below 2e-10. */
// @ts-ignore: decorator
@inline
function cosineNearZero(r: v128): v128 {
  const z = f32x4.mul(r, r);
  let p = splat(2.443241282890085e-5);
  p = multiplyAdd(p, z, splat(-0.0013887309469282627));
  p = multiplyAdd(p, z, splat(0.04166664555668831));
  return f32x4.add(splat(1.0), f32x4.mul(z, multiplyAdd(p, z, splat(-0.5))));
}

/** Elementwise sin of n numbers. */
export function sinArray(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) v128.store(y + (i << 2), sine(v128.load(x + (i << 2)), 0));
}

/** Elementwise cos of n numbers. */
export function cosArray(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) v128.store(y + (i << 2), sine(v128.load(x + (i << 2)), 1));
}
