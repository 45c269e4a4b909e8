// Matrix products on row-major float32 arrays. Every sum runs in the order of its index, whatever the blocking, so that the
// result for a row does not depend on which rows are computed with it.
import { addProductRow } from './product-row';

/** Where a product's sums start: from zero, from a bias for each column, or from what the result already holds. */
export const FROM_ZERO: i32 = 0;
export const FROM_BIAS: i32 = 1;
export const FROM_RESULT: i32 = 2;

// @ts-ignore: decorator
@inline
function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

// @ts-ignore: decorator
@inline
function start(y: usize, bias: usize, from: i32): v128 {
  if (from == FROM_BIAS) return v128.load(bias);
  return from == FROM_RESULT ? v128.load(y) : f32x4.splat(0);
}

// @ts-ignore: decorator
@inline
function startScalar(y: usize, bias: usize, from: i32): f32 {
  if (from == FROM_BIAS) return f32.load(bias);
  return from == FROM_RESULT ? f32.load(y) : 0;
}

/** 4 rows × 8 columns of y. */
// @ts-ignore: decorator
@inline
function block4x8(x: usize, w: usize, bias: usize, y: usize, inputs: usize, xStride: usize, wStride: usize, yStride: usize, from: i32): void {
  const y1 = y + yStride;
  const y2 = y1 + yStride;
  const y3 = y2 + yStride;
  let a0 = start(y, bias, from);
  let a1 = start(y + 16, bias + 16, from);
  let b0 = start(y1, bias, from);
  let b1 = start(y1 + 16, bias + 16, from);
  let c0 = start(y2, bias, from);
  let c1 = start(y2 + 16, bias + 16, from);
  let d0 = start(y3, bias, from);
  let d1 = start(y3 + 16, bias + 16, from);
  const x1 = x + xStride;
  const x2 = x1 + xStride;
  const x3 = x2 + xStride;
  for (let i: usize = 0; i < inputs; i++) {
    const w0 = v128.load(w);
    const w1 = v128.load(w, 16);
    const at = i << 2;
    let s = v128.load32_splat(x + at);
    a0 = multiplyAdd(a0, s, w0);
    a1 = multiplyAdd(a1, s, w1);
    s = v128.load32_splat(x1 + at);
    b0 = multiplyAdd(b0, s, w0);
    b1 = multiplyAdd(b1, s, w1);
    s = v128.load32_splat(x2 + at);
    c0 = multiplyAdd(c0, s, w0);
    c1 = multiplyAdd(c1, s, w1);
    s = v128.load32_splat(x3 + at);
    d0 = multiplyAdd(d0, s, w0);
    d1 = multiplyAdd(d1, s, w1);
    w += wStride;
  }
  v128.store(y, a0);
  v128.store(y, a1, 16);
  v128.store(y1, b0);
  v128.store(y1, b1, 16);
  v128.store(y2, c0);
  v128.store(y2, c1, 16);
  v128.store(y3, d0);
  v128.store(y3, d1, 16);
}

/** 1 row × 4 columns of y. */
// @ts-ignore: decorator
@inline
function block1x4(x: usize, w: usize, bias: usize, y: usize, inputs: usize, yStride: usize, from: i32): void {
  let a = start(y, bias, from);
  for (let i: usize = 0; i < inputs; i++) {
    a = multiplyAdd(a, v128.load32_splat(x + (i << 2)), v128.load(w));
    w += yStride;
  }
  v128.store(y, a);
}

/** 4 rows × 1 column of y, a row in each lane. */
// @ts-ignore: decorator
@inline
function block4x1(x: usize, w: usize, bias: usize, y: usize, inputs: usize, xStride: usize, yStride: usize, from: i32): void {
  const x1 = x + xStride;
  const x2 = x1 + xStride;
  const x3 = x2 + xStride;
  let a = f32x4.splat(startScalar(y, bias, from));
  a = f32x4.replace_lane(a, 1, startScalar(y + yStride, bias, from));
  a = f32x4.replace_lane(a, 2, startScalar(y + 2 * yStride, bias, from));
  a = f32x4.replace_lane(a, 3, startScalar(y + 3 * yStride, bias, from));
  for (let i: usize = 0; i < inputs; i++) {
    const at = i << 2;
    let s = v128.load32_zero(x + at);
    s = v128.load_lane<f32>(x1 + at, s, 1);
    s = v128.load_lane<f32>(x2 + at, s, 2);
    s = v128.load_lane<f32>(x3 + at, s, 3);
    a = multiplyAdd(a, s, v128.load32_splat(w));
    w += yStride;
  }
  f32.store(y, f32x4.extract_lane(a, 0));
  f32.store(y + yStride, f32x4.extract_lane(a, 1));
  f32.store(y + 2 * yStride, f32x4.extract_lane(a, 2));
  f32.store(y + 3 * yStride, f32x4.extract_lane(a, 3));
}

/** 1 row × 1 column of y. */
// @ts-ignore: decorator
@inline
function block1x1(x: usize, w: usize, bias: usize, y: usize, inputs: usize, yStride: usize, from: i32): void {
  let a = startScalar(y, bias, from);
  for (let i: usize = 0; i < inputs; i++) {
    a += f32.load(x + (i << 2)) * f32.load(w);
    w += yStride;
  }
  f32.store(y, a);
}

/** {@link product} of one row. */
function productRow(x: usize, w: usize, bias: usize, y: usize, inputs: i32, outputs: i32, from: i32): void {
  const stride: usize = outputs << 2;
  const whole = stride & ~15;
  if (from == FROM_ZERO) memory.fill(y, 0, whole);
  if (from == FROM_BIAS) memory.copy(y, bias, whole);
  addProductRow(x, w, y, inputs, outputs);
  for (let at = whole; at < stride; at += 4) block1x1(x, w + at, bias + at, y + at, inputs, stride, from);
}

/** From so many outputs on, numbers below each other in a weight are a page apart or more. */
const FAR: i32 = 1024;
/** Inputs in a packed panel of 16 columns, a cache line: 16 KiB, which stay in the first cache. */
const PANEL_INPUTS: i32 = 256;
const PANEL_STRIDE: usize = 64;
// A global, of which each instance has its own: memory may be shared between instances on several threads.
let panel: usize = 0;

/** Gives products a panel, 16 KiB of memory that nothing else uses; without one they do not pack. */
export function usePanel(at: usize): void {
  panel = at;
}

/** 8 columns of y, a whole number of times 4 rows. */
// @ts-ignore: decorator
@inline
function columns8(x: usize, w: usize, bias: usize, y: usize, rows: i32, inputs: i32, xStride: usize, wStride: usize, yStride: usize, from: i32): void {
  for (let row = 0; row < rows; row += 4) block4x8(x + row * xStride, w, bias, y + row * yStride, inputs, xStride, wStride, yStride, from);
}

/**
 * 16 columns of y, a whole number of times 4 rows, through panels of w that are copied to one place first: in w itself,
 * numbers that far apart push each other out of the cache, most of all when the outputs are a power of two.
 */
function columns16(x: usize, w: usize, bias: usize, y: usize, rows: i32, inputs: i32, xStride: usize, yStride: usize, from: i32): void {
  for (let first = 0; first < inputs; first += PANEL_INPUTS) {
    const count = min(PANEL_INPUTS, inputs - first);
    const start = first == 0 ? from : FROM_RESULT;
    for (let i = 0; i < count; i++) {
      memory.copy(panel + i * PANEL_STRIDE, w, PANEL_STRIDE);
      w += yStride;
    }
    columns8(x, panel, bias, y, rows, count, xStride, PANEL_STRIDE, yStride, start);
    columns8(x, panel + 32, bias + 32, y + 32, rows, count, xStride, PANEL_STRIDE, yStride, start);
    x += count << 2;
  }
}

/**
 * y = start + x·w. x [rows, inputs], w [inputs, outputs], y [rows, outputs]; bias [outputs] when it starts from one.
 * Rows go by 4, then 1; of 4 rows columns go by 16 or 8, then 4, then 1.
 */
export function product(x: usize, w: usize, bias: usize, y: usize, rows: i32, inputs: i32, outputs: i32, from: i32): void {
  const xStride: usize = inputs << 2;
  const yStride: usize = outputs << 2;
  const quads = rows & ~3;
  let column = 0;
  if (panel && quads > 4 && outputs >= FAR) {
    for (; column + 16 <= outputs; column += 16) {
      const at: usize = column << 2;
      columns16(x, w + at, bias + at, y + at, quads, inputs, xStride, yStride, from);
    }
  }
  for (; column + 8 <= outputs; column += 8) {
    const at: usize = column << 2;
    columns8(x, w + at, bias + at, y + at, quads, inputs, xStride, yStride, yStride, from);
  }
  if (column + 4 <= outputs) {
    const at: usize = column << 2;
    for (let row = 0; row < quads; row++) block1x4(x + row * xStride, w + at, bias + at, y + row * yStride + at, inputs, yStride, from);
    column += 4;
  }
  for (; column < outputs; column++) {
    const at: usize = column << 2;
    for (let row = 0; row < quads; row += 4) block4x1(x + row * xStride, w + at, bias + at, y + row * yStride + at, inputs, xStride, yStride, from);
  }
  for (let row = quads; row < rows; row++) productRow(x + row * xStride, w, bias, y + row * yStride, inputs, outputs, from);
}

/** 4 rows × 8 columns of dw. */
// @ts-ignore: decorator
@inline
function gradient4x8(x: usize, dy: usize, dw: usize, rows: i32, xStride: usize, yStride: usize): void {
  const dw1 = dw + yStride;
  const dw2 = dw1 + yStride;
  const dw3 = dw2 + yStride;
  let a0 = v128.load(dw);
  let a1 = v128.load(dw, 16);
  let b0 = v128.load(dw1);
  let b1 = v128.load(dw1, 16);
  let c0 = v128.load(dw2);
  let c1 = v128.load(dw2, 16);
  let d0 = v128.load(dw3);
  let d1 = v128.load(dw3, 16);
  for (let row = 0; row < rows; row++) {
    const g0 = v128.load(dy);
    const g1 = v128.load(dy, 16);
    let s = v128.load32_splat(x);
    a0 = multiplyAdd(a0, s, g0);
    a1 = multiplyAdd(a1, s, g1);
    s = v128.load32_splat(x, 4);
    b0 = multiplyAdd(b0, s, g0);
    b1 = multiplyAdd(b1, s, g1);
    s = v128.load32_splat(x, 8);
    c0 = multiplyAdd(c0, s, g0);
    c1 = multiplyAdd(c1, s, g1);
    s = v128.load32_splat(x, 12);
    d0 = multiplyAdd(d0, s, g0);
    d1 = multiplyAdd(d1, s, g1);
    x += xStride;
    dy += yStride;
  }
  v128.store(dw, a0);
  v128.store(dw, a1, 16);
  v128.store(dw1, b0);
  v128.store(dw1, b1, 16);
  v128.store(dw2, c0);
  v128.store(dw2, c1, 16);
  v128.store(dw3, d0);
  v128.store(dw3, d1, 16);
}

/** 1 row × 4 columns of dw. */
// @ts-ignore: decorator
@inline
function gradient1x4(x: usize, dy: usize, dw: usize, rows: i32, xStride: usize, yStride: usize): void {
  let a = v128.load(dw);
  for (let row = 0; row < rows; row++) {
    a = multiplyAdd(a, v128.load32_splat(x), v128.load(dy));
    x += xStride;
    dy += yStride;
  }
  v128.store(dw, a);
}

/** 4 rows × 1 column of dw, a row in each lane. */
// @ts-ignore: decorator
@inline
function gradient4x1(x: usize, dy: usize, dw: usize, rows: i32, xStride: usize, yStride: usize): void {
  let a = v128.load32_zero(dw);
  a = v128.load_lane<f32>(dw + yStride, a, 1);
  a = v128.load_lane<f32>(dw + 2 * yStride, a, 2);
  a = v128.load_lane<f32>(dw + 3 * yStride, a, 3);
  for (let row = 0; row < rows; row++) {
    a = multiplyAdd(a, v128.load(x), v128.load32_splat(dy));
    x += xStride;
    dy += yStride;
  }
  f32.store(dw, f32x4.extract_lane(a, 0));
  f32.store(dw + yStride, f32x4.extract_lane(a, 1));
  f32.store(dw + 2 * yStride, f32x4.extract_lane(a, 2));
  f32.store(dw + 3 * yStride, f32x4.extract_lane(a, 3));
}

/** 1 row × 1 column of dw. */
// @ts-ignore: decorator
@inline
function gradient1x1(x: usize, dy: usize, dw: usize, rows: i32, xStride: usize, yStride: usize): void {
  let a = f32.load(dw);
  for (let row = 0; row < rows; row++) {
    a += f32.load(x) * f32.load(dy);
    x += xStride;
    dy += yStride;
  }
  f32.store(dw, a);
}

/** dw += xᵀ·dy. x [rows, inputs], dy [rows, outputs], dw [inputs, outputs]. */
export function weightGradient(x: usize, dy: usize, dw: usize, rows: i32, inputs: i32, outputs: i32): void {
  const xStride: usize = inputs << 2;
  const yStride: usize = outputs << 2;
  let input = 0;
  for (; input + 4 <= inputs; input += 4) {
    const xAt = x + (input << 2);
    const dwAt = dw + input * yStride;
    let column: usize = 0;
    for (; column + 32 <= yStride; column += 32) gradient4x8(xAt, dy + column, dwAt + column, rows, xStride, yStride);
    for (; column < yStride; column += 4) gradient4x1(xAt, dy + column, dwAt + column, rows, xStride, yStride);
  }
  for (; input < inputs; input++) {
    const xAt = x + (input << 2);
    const dwAt = dw + input * yStride;
    let column: usize = 0;
    for (; column + 16 <= yStride; column += 16) gradient1x4(xAt, dy + column, dwAt + column, rows, xStride, yStride);
    for (; column < yStride; column += 4) gradient1x1(xAt, dy + column, dwAt + column, rows, xStride, yStride);
  }
}

/** db += the column sums of dy [rows, outputs]. */
export function biasGradient(dy: usize, db: usize, rows: i32, outputs: i32): void {
  const stride: usize = outputs << 2;
  let column: usize = 0;
  for (; column + 16 <= stride; column += 16) {
    let sum = v128.load(db + column);
    for (let row = 0; row < rows; row++) sum = f32x4.add(sum, v128.load(dy + row * stride + column));
    v128.store(db + column, sum);
  }
  for (; column < stride; column += 4) {
    let sum = f32.load(db + column);
    for (let row = 0; row < rows; row++) sum += f32.load(dy + row * stride + column);
    f32.store(db + column, sum);
  }
}

/** to = from, n numbers. */
export function copy(from: usize, to: usize, n: i32): void {
  memory.copy(to, from, n << 2);
}

/** n numbers = 0. */
export function clear(at: usize, n: i32): void {
  memory.fill(at, 0, n << 2);
}
