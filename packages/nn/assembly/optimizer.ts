import { splat } from './math';

/** The smallest normal number. A moment below it becomes 0: steps on subnormal numbers are many times slower, and never end. */
const SMALLEST_MOMENT: f32 = 1.1754943508222875e-38;

// @ts-ignore: decorator
@inline
function settle(moment: v128): v128 {
  // a NaN stays: it compares as not smaller
  return v128.andnot(moment, f32x4.lt(f32x4.abs(moment), splat(SMALLEST_MOMENT)));
}


/** p −= rate·g for n numbers, a multiple of 4. */
export function sgd(p: usize, g: usize, n: i32, rate: f32): void {
  for (let at: usize = 0, bytes: usize = n << 2; at < bytes; at += 16) {
    v128.store(p + at, f32x4.sub(v128.load(p + at), f32x4.mul(splat(rate), v128.load(g + at))));
  }
}

/** v = momentum·v + g; p −= rate·v for n numbers, a multiple of 4. */
export function sgdMomentum(p: usize, g: usize, v: usize, n: i32, rate: f32, momentum: f32): void {
  for (let at: usize = 0, bytes: usize = n << 2; at < bytes; at += 16) {
    const velocity = settle(f32x4.add(f32x4.mul(splat(momentum), v128.load(v + at)), v128.load(g + at)));
    v128.store(v + at, velocity);
    v128.store(p + at, f32x4.sub(v128.load(p + at), f32x4.mul(splat(rate), velocity)));
  }
}

/**
 * m = β₁m + (1 − β₁)g; v = β₂v + (1 − β₂)g²; p −= rate·m/(√v·scale + ε) for n numbers, a multiple of 4. `rate` carries the
 * first moment's bias correction, `scale` the second's. 1 − β is taken in float64: of 0.999 in float32 it would be 1.3e-5 off.
 */
export function adam(p: usize, g: usize, m: usize, v: usize, n: i32, rate: f32, beta1: f64, beta2: f64, scale: f32, epsilon: f32): void {
  const keep1 = splat(<f32>beta1);
  const take1 = splat(<f32>(1 - beta1));
  const keep2 = splat(<f32>beta2);
  const take2 = splat(<f32>(1 - beta2));
  for (let at: usize = 0, bytes: usize = n << 2; at < bytes; at += 16) {
    const gradient = v128.load(g + at);
    const first = settle(f32x4.add(f32x4.mul(keep1, v128.load(m + at)), f32x4.mul(take1, gradient)));
    const second = settle(f32x4.add(f32x4.mul(keep2, v128.load(v + at)), f32x4.mul(take2, f32x4.mul(gradient, gradient))));
    v128.store(m + at, first);
    v128.store(v + at, second);
    const divisor = f32x4.add(f32x4.mul(f32x4.sqrt(second), splat(scale)), splat(epsilon));
    v128.store(p + at, f32x4.sub(v128.load(p + at), f32x4.div(f32x4.mul(splat(rate), first), divisor)));
  }
}

/** v = αv + (1 − α)g²; p −= rate·g/(√v + ε) for n numbers, a multiple of 4. */
export function rmsprop(p: usize, g: usize, v: usize, n: i32, rate: f32, alpha: f32, epsilon: f32): void {
  const keep = splat(alpha);
  const take = splat(1 - alpha);
  for (let at: usize = 0, bytes: usize = n << 2; at < bytes; at += 16) {
    const gradient = v128.load(g + at);
    const square = settle(f32x4.add(f32x4.mul(keep, v128.load(v + at)), f32x4.mul(take, f32x4.mul(gradient, gradient))));
    v128.store(v + at, square);
    const divisor = f32x4.add(f32x4.sqrt(square), splat(epsilon));
    v128.store(p + at, f32x4.sub(v128.load(p + at), f32x4.div(f32x4.mul(splat(rate), gradient), divisor)));
  }
}

/**
 * The steps of `rmsprop` whose gradient was zero, made up for: v = αv for each step from stamps[row] to `now`, in the rows of v [rows, units]
 * that are marked, or in all when `marks` is 0; their stamps become `stamp`. Units are a multiple of 4.
 */
export function decayRows(v: usize, stamps: usize, marks: usize, rows: i32, units: i32, now: i32, stamp: i32, alpha: f32): void {
  const bytes: usize = units << 2;
  for (let row = 0; row < rows; row++, v += bytes, stamps += 4) {
    if (marks && load<u8>(marks + row) == 0) continue;
    const missed = now - i32.load(stamps);
    i32.store(stamps, stamp);
    if (missed <= 0) continue;
    let at: usize = 0;
    for (; at + 128 <= bytes; at += 128) decay8(v + at, splat(alpha), missed);
    for (; at < bytes; at += 16) decay1(v + at, splat(alpha), missed);
  }
}

/** Steps between two looks whether anything is left: subnormal numbers are slow, and zeros stay. */
const DECAYS: i32 = 64;

/**
 * Eight vectors side by side, as each product waits for the one before. A moment that has fallen below the smallest normal number does not
 * rise again: settling it at the end gives the bits of settling it at each step.
 */
function decay8(v: usize, keep: v128, times: i32): void {
  let a = v128.load(v);
  let b = v128.load(v, 16);
  let c = v128.load(v, 32);
  let d = v128.load(v, 48);
  let e = v128.load(v, 64);
  let f = v128.load(v, 80);
  let g = v128.load(v, 96);
  let h = v128.load(v, 112);
  while (times > 0 && v128.any_true(v128.or(v128.or(v128.or(a, b), v128.or(c, d)), v128.or(v128.or(e, f), v128.or(g, h))))) {
    const end = max(0, times - DECAYS);
    for (; times > end; times--) {
      a = f32x4.mul(keep, a);
      b = f32x4.mul(keep, b);
      c = f32x4.mul(keep, c);
      d = f32x4.mul(keep, d);
      e = f32x4.mul(keep, e);
      f = f32x4.mul(keep, f);
      g = f32x4.mul(keep, g);
      h = f32x4.mul(keep, h);
    }
    a = settle(a);
    b = settle(b);
    c = settle(c);
    d = settle(d);
    e = settle(e);
    f = settle(f);
    g = settle(g);
    h = settle(h);
  }
  v128.store(v, a);
  v128.store(v, b, 16);
  v128.store(v, c, 32);
  v128.store(v, d, 48);
  v128.store(v, e, 64);
  v128.store(v, f, 80);
  v128.store(v, g, 96);
  v128.store(v, h, 112);
}

/** As `decay8`, one vector. */
function decay1(v: usize, keep: v128, times: i32): void {
  let a = v128.load(v);
  while (times > 0 && v128.any_true(a)) {
    const end = max(0, times - DECAYS);
    for (; times > end; times--) a = f32x4.mul(keep, a);
    a = settle(a);
  }
  v128.store(v, a);
}

/**
 * Σ g² of `count` runs of numbers, in float64: infinite or NaN when any of them is. A run is a pair in `runs`, of its first number and
 * how many it has, both multiples of 4. Zeros between runs would not change a bit.
 */
export function sumOfSquares(g: usize, runs: usize, count: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (const end = runs + (count << 3); runs < end; runs += 8) {
    let at = g + (<usize>i32.load(runs) << 2);
    for (const last = at + (<usize>i32.load(runs, 4) << 2); at < last; at += 16) {
      const value = v128.load(at);
      const a = f64x2.promote_low_f32x4(value);
      const b = f64x2.promote_low_f32x4(v128.shuffle<f32>(value, value, 2, 3, 2, 3));
      low = f64x2.add(low, f64x2.mul(a, a));
      high = f64x2.add(high, f64x2.mul(b, b));
    }
  }
  const total = f64x2.add(low, high);
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}

/** g *= factor for n numbers, a multiple of 4. */
export function scale(g: usize, n: i32, factor: f32): void {
  for (let at: usize = 0, bytes: usize = n << 2; at < bytes; at += 16) v128.store(g + at, f32x4.mul(v128.load(g + at), splat(factor)));
}

/** to += from for n numbers, a multiple of 4. */
export function add(from: usize, to: usize, n: i32): void {
  for (let at: usize = 0, bytes: usize = n << 2; at < bytes; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
}

/** Each of n numbers, a multiple of 4, brought into [−limit, limit]; a NaN stays. */
export function clamp(g: usize, n: i32, limit: f32): void {
  for (let at: usize = 0, bytes: usize = n << 2; at < bytes; at += 16) {
    v128.store(g + at, f32x4.max(f32x4.min(v128.load(g + at), splat(limit)), splat(-limit)));
  }
}
