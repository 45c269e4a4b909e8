// Blocks of registers for sums of outer products with four rows of results, c += Σ_k a[k]·b[k]. Each sum runs in the order of its index.

/** Where sums start: from zero, from a bias for each column, or from what the result already holds. */
export const FROM_ZERO: i32 = 0;
export const FROM_BIAS: i32 = 1;
export const FROM_RESULT: i32 = 2;

// @ts-ignore: decorator
@inline
export function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** Where the sums of four columns start. */
// @ts-ignore: decorator
@inline
function startOf(c: usize, bias: usize, from: i32): v128 {
  return from == FROM_RESULT ? v128.load(c) : from == FROM_BIAS ? v128.load(bias) : f32x4.splat(0);
}

/** c [4, 8] += Σ_k a[k, 4]·b[k, 8]; rows of b lie `stride` bytes apart. */
// @ts-ignore: decorator
@inline
export function outer4x8(a: usize, b: usize, bias: usize, c0: usize, c1: usize, c2: usize, c3: usize, count: i32, stride: usize, from: i32): void {
  let p0 = startOf(c0, bias, from);
  let p1 = startOf(c0 + 16, bias + 16, from);
  let q0 = startOf(c1, bias, from);
  let q1 = startOf(c1 + 16, bias + 16, from);
  let r0 = startOf(c2, bias, from);
  let r1 = startOf(c2 + 16, bias + 16, from);
  let s0 = startOf(c3, bias, from);
  let s1 = startOf(c3 + 16, bias + 16, from);
  for (let k = 0; k < count; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    p0 = multiplyAdd(p0, x, b0);
    p1 = multiplyAdd(p1, x, b1);
    x = v128.load32_splat(a, 4);
    q0 = multiplyAdd(q0, x, b0);
    q1 = multiplyAdd(q1, x, b1);
    x = v128.load32_splat(a, 8);
    r0 = multiplyAdd(r0, x, b0);
    r1 = multiplyAdd(r1, x, b1);
    x = v128.load32_splat(a, 12);
    s0 = multiplyAdd(s0, x, b0);
    s1 = multiplyAdd(s1, x, b1);
    a += 16;
    b += stride;
  }
  v128.store(c0, p0);
  v128.store(c0, p1, 16);
  v128.store(c1, q0);
  v128.store(c1, q1, 16);
  v128.store(c2, r0);
  v128.store(c2, r1, 16);
  v128.store(c3, s0);
  v128.store(c3, s1, 16);
}

/** c [4, 4] += Σ_k a[k, 4]·b[k, 4]. */
// @ts-ignore: decorator
@inline
export function outer4x4(a: usize, b: usize, bias: usize, c0: usize, c1: usize, c2: usize, c3: usize, count: i32, stride: usize, from: i32): void {
  let p = startOf(c0, bias, from);
  let q = startOf(c1, bias, from);
  let r = startOf(c2, bias, from);
  let s = startOf(c3, bias, from);
  for (let k = 0; k < count; k++) {
    const x = v128.load(b);
    p = multiplyAdd(p, v128.load32_splat(a), x);
    q = multiplyAdd(q, v128.load32_splat(a, 4), x);
    r = multiplyAdd(r, v128.load32_splat(a, 8), x);
    s = multiplyAdd(s, v128.load32_splat(a, 12), x);
    a += 16;
    b += stride;
  }
  v128.store(c0, p);
  v128.store(c1, q);
  v128.store(c2, r);
  v128.store(c3, s);
}

/** c [4, 1] += Σ_k a[k, 4]·b[k, 1], a row in each lane. */
// @ts-ignore: decorator
@inline
export function outer4x1(a: usize, b: usize, bias: usize, c0: usize, c1: usize, c2: usize, c3: usize, count: i32, stride: usize, from: i32): void {
  let sum = f32x4.splat(0);
  if (from == FROM_RESULT) sum = gatherLanes(c0, c1, c2, c3);
  else if (from == FROM_BIAS) sum = v128.load32_splat(bias);
  for (let k = 0; k < count; k++) {
    sum = multiplyAdd(sum, v128.load(a), v128.load32_splat(b));
    a += 16;
    b += stride;
  }
  v128.store_lane<f32>(c0, sum, 0);
  v128.store_lane<f32>(c1, sum, 1);
  v128.store_lane<f32>(c2, sum, 2);
  v128.store_lane<f32>(c3, sum, 3);
}

/** One number from each of four places. */
// @ts-ignore: decorator
@inline
export function gatherLanes(p0: usize, p1: usize, p2: usize, p3: usize): v128 {
  let lanes = v128.load32_zero(p0);
  lanes = v128.load_lane<f32>(p1, lanes, 1);
  lanes = v128.load_lane<f32>(p2, lanes, 2);
  return v128.load_lane<f32>(p3, lanes, 3);
}

/**
 * c [4, columns] += Σ_k a[k, 4]·b[k, columns], starting as `from` says. The columns fill `bytes`; rows of b lie `stride` bytes apart, rows of
 * c where they are told to. Rows of c may be the same where rows of a are: a block reads before it writes.
 */
export function outer4(a: usize, b: usize, bias: usize, c0: usize, c1: usize, c2: usize, c3: usize, bytes: usize, count: i32, stride: usize, from: i32): void {
  let at: usize = 0;
  for (; at + 32 <= bytes; at += 32) outer4x8(a, b + at, bias + at, c0 + at, c1 + at, c2 + at, c3 + at, count, stride, from);
  if (at + 16 <= bytes) {
    outer4x4(a, b + at, bias + at, c0 + at, c1 + at, c2 + at, c3 + at, count, stride, from);
    at += 16;
  }
  for (; at < bytes; at += 4) outer4x1(a, b + at, bias + at, c0 + at, c1 + at, c2 + at, c3 + at, count, stride, from);
}

/** to [count, 4] = `count` numbers from each of four places, side by side. */
// @ts-ignore: decorator
@inline
export function pack4(p0: usize, p1: usize, p2: usize, p3: usize, to: usize, count: i32): void {
  const bytes: usize = count << 2;
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const a = v128.load(p0 + at);
    const b = v128.load(p1 + at);
    const c = v128.load(p2 + at);
    const d = v128.load(p3 + at);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), 16);
    v128.store(to, v128.shuffle<f32>(ef, gh, 0, 1, 4, 5), 32);
    v128.store(to, v128.shuffle<f32>(ef, gh, 2, 3, 6, 7), 48);
    to += 64;
  }
  for (; at < bytes; at += 4) {
    v128.store(to, gatherLanes(p0 + at, p1 + at, p2 + at, p3 + at));
    to += 16;
  }
}
