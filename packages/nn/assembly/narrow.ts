// Products of 1 to 3 columns, such as the heads of a policy and of a value: a vector of columns would be mostly empty, so eight rows are
// computed at a time, one in each lane of two vectors. Each sum runs in the order of its inputs.
import { FROM_BIAS, FROM_RESULT, gatherLanes, multiplyAdd } from './outer';

/** `product` of fewer than 4 outputs and a multiple of 8 rows. */
export function narrowProduct(x: usize, w: usize, bias: usize, y: usize, rows: i32, inputs: i32, outputs: i32, from: i32): void {
  for (let row = 0; row < rows; row += 8) {
    if (outputs == 1) eightRowsOfOne(x, w, bias, y, inputs, from);
    else if (outputs == 2) eightRowsOfTwo(x, w, bias, y, inputs, from);
    else eightRowsOfThree(x, w, bias, y, inputs, from);
    x += inputs << 5;
    y += outputs << 5;
  }
}

// Functions of their own: the compiler would fold bodies that differ by a number into one that looks at it in every step.

function eightRowsOfOne(x: usize, w: usize, bias: usize, y: usize, inputs: i32, from: i32): void {
  eightRows(x, w, bias, y, inputs, 1, from);
}

function eightRowsOfTwo(x: usize, w: usize, bias: usize, y: usize, inputs: i32, from: i32): void {
  eightRows(x, w, bias, y, inputs, 2, from);
}

function eightRowsOfThree(x: usize, w: usize, bias: usize, y: usize, inputs: i32, from: i32): void {
  eightRows(x, w, bias, y, inputs, 3, from);
}

// @ts-ignore: decorator
@inline
function eightRows(x: usize, w: usize, bias: usize, y: usize, inputs: i32, outputs: i32, from: i32): void {
  const xStride: usize = inputs << 2;
  const stride: usize = outputs << 2;
  const x4 = x + 4 * xStride;
  const y4 = y + 4 * stride;
  // of each column the first four rows, and the other four
  let p = startOf(y, stride, bias, from);
  let q = startOf(y4, stride, bias, from);
  let r = outputs > 1 ? startOf(y + 4, stride, bias + 4, from) : p;
  let s = outputs > 1 ? startOf(y4 + 4, stride, bias + 4, from) : q;
  let t = outputs > 2 ? startOf(y + 8, stride, bias + 8, from) : p;
  let u = outputs > 2 ? startOf(y4 + 8, stride, bias + 8, from) : q;
  let at: usize = 0;
  for (; at + 16 <= xStride; at += 16) {
    const ab = interleave(x + at, xStride, 0);
    const cd = interleave(x + at + 2 * xStride, xStride, 0);
    const AB = interleave(x + at, xStride, 1);
    const CD = interleave(x + at + 2 * xStride, xStride, 1);
    const ef = interleave(x4 + at, xStride, 0);
    const gh = interleave(x4 + at + 2 * xStride, xStride, 0);
    const EF = interleave(x4 + at, xStride, 1);
    const GH = interleave(x4 + at + 2 * xStride, xStride, 1);
    p = addFour(p, ab, cd, AB, CD, w, stride);
    q = addFour(q, ef, gh, EF, GH, w, stride);
    if (outputs > 1) r = addFour(r, ab, cd, AB, CD, w + 4, stride);
    if (outputs > 1) s = addFour(s, ef, gh, EF, GH, w + 4, stride);
    if (outputs > 2) t = addFour(t, ab, cd, AB, CD, w + 8, stride);
    if (outputs > 2) u = addFour(u, ef, gh, EF, GH, w + 8, stride);
    w += 4 * stride;
  }
  for (; at < xStride; at += 4) {
    const upper = fourRows(x + at, xStride);
    const lower = fourRows(x4 + at, xStride);
    p = multiplyAdd(p, upper, v128.load32_splat(w));
    q = multiplyAdd(q, lower, v128.load32_splat(w));
    if (outputs > 1) r = multiplyAdd(r, upper, v128.load32_splat(w, 4));
    if (outputs > 1) s = multiplyAdd(s, lower, v128.load32_splat(w, 4));
    if (outputs > 2) t = multiplyAdd(t, upper, v128.load32_splat(w, 8));
    if (outputs > 2) u = multiplyAdd(u, lower, v128.load32_splat(w, 8));
    w += stride;
  }
  store(y, stride, p);
  store(y4, stride, q);
  if (outputs > 1) store(y + 4, stride, r);
  if (outputs > 1) store(y4 + 4, stride, s);
  if (outputs > 2) store(y + 8, stride, t);
  if (outputs > 2) store(y4 + 8, stride, u);
}

/** Where the sums of a column start, for four rows. */
// @ts-ignore: decorator
@inline
function startOf(y: usize, stride: usize, bias: usize, from: i32): v128 {
  if (from == FROM_RESULT) return fourRows(y, stride);
  return from == FROM_BIAS ? v128.load32_splat(bias) : f32x4.splat(0);
}

/** One number of each of four rows. */
// @ts-ignore: decorator
@inline
function fourRows(at: usize, stride: usize): v128 {
  return gatherLanes(at, at + stride, at + 2 * stride, at + 3 * stride);
}

// @ts-ignore: decorator
@inline
function store(y: usize, stride: usize, sums: v128): void {
  v128.store_lane<f32>(y, sums, 0);
  v128.store_lane<f32>(y + stride, sums, 1);
  v128.store_lane<f32>(y + 2 * stride, sums, 2);
  v128.store_lane<f32>(y + 3 * stride, sums, 3);
}

/** Of two rows' four numbers the first two (part 0) or the last two (part 1), in turn: a0 b0 a1 b1. */
// @ts-ignore: decorator
@inline
function interleave(x: usize, stride: usize, part: i32): v128 {
  const a = v128.load(x);
  const b = v128.load(x + stride);
  return part == 0 ? v128.shuffle<f32>(a, b, 0, 4, 1, 5) : v128.shuffle<f32>(a, b, 2, 6, 3, 7);
}

/** sums + Σ x·w of four inputs, one after the other, from the interleaved numbers of four rows. */
// @ts-ignore: decorator
@inline
function addFour(sums: v128, ab: v128, cd: v128, AB: v128, CD: v128, w: usize, stride: usize): v128 {
  sums = multiplyAdd(sums, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.load32_splat(w));
  sums = multiplyAdd(sums, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), v128.load32_splat(w + stride));
  sums = multiplyAdd(sums, v128.shuffle<f32>(AB, CD, 0, 1, 4, 5), v128.load32_splat(w + 2 * stride));
  return multiplyAdd(sums, v128.shuffle<f32>(AB, CD, 2, 3, 6, 7), v128.load32_splat(w + 3 * stride));
}
