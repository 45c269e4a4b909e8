// Matrix products on row-major float32 arrays. Both products are sums of outer products, c += Σ_k a[k]·b[k], and share the same
// blocks of registers. Every sum runs in the order of its index, whatever the blocking, so that the result for a row does not
// depend on which rows are computed with it.
import { narrowProduct } from './narrow';
import { FROM_BIAS, FROM_RESULT, FROM_ZERO, multiplyAdd, outer4x1, outer4x4, outer4x8, pack4 } from './outer';
import { addProductRow } from './product-row';
import { shortProduct } from './short';

/** Steps of a sum that are packed and computed at a time, so that they stay in the first-level cache. */
export const BLOCK: i32 = 256;

/** Products of fewer columns take rows by 8 first. */
const NARROW: i32 = 4;

/** Products of at most so many inputs keep the weights in registers. */
const SHORT: i32 = 8;

// Where 4 × BLOCK numbers are packed. A global, of which each instance has its own: memory may be shared between instances on
// several threads. Until a place is given, the memory below the arena that belongs to the kernels.
let packed: usize = 4096;

/** Gives products a place to pack numbers, 4 KiB that nothing else uses. */
export function usePanel(at: usize): void {
  packed = at;
}

/** c [1, 16] += Σ_k a[k]·b[k, 16]; elements of a lie `step` bytes apart. */
// @ts-ignore: decorator
@inline
function outer1x16(a: usize, b: usize, c: usize, count: i32, step: usize, stride: usize): void {
  let p = v128.load(c);
  let q = v128.load(c, 16);
  let r = v128.load(c, 32);
  let s = v128.load(c, 48);
  for (let k = 0; k < count; k++) {
    const x = v128.load32_splat(a);
    p = multiplyAdd(p, x, v128.load(b));
    q = multiplyAdd(q, x, v128.load(b, 16));
    r = multiplyAdd(r, x, v128.load(b, 32));
    s = multiplyAdd(s, x, v128.load(b, 48));
    a += step;
    b += stride;
  }
  v128.store(c, p);
  v128.store(c, q, 16);
  v128.store(c, r, 32);
  v128.store(c, s, 48);
}

/** c [1, 4] += Σ_k a[k]·b[k, 4]. */
// @ts-ignore: decorator
@inline
function outer1x4(a: usize, b: usize, c: usize, count: i32, step: usize, stride: usize): void {
  let sum = v128.load(c);
  for (let k = 0; k < count; k++) {
    sum = multiplyAdd(sum, v128.load32_splat(a), v128.load(b));
    a += step;
    b += stride;
  }
  v128.store(c, sum);
}

/** c [1, 1] += Σ_k a[k]·b[k, 1]. */
// @ts-ignore: decorator
@inline
function outer1x1(a: usize, b: usize, c: usize, count: i32, step: usize, stride: usize): void {
  let sum = f32.load(c);
  for (let k = 0; k < count; k++) {
    sum += f32.load(a) * f32.load(b);
    a += step;
    b += stride;
  }
  f32.store(c, sum);
}

/** c [4, columns] += Σ_k packed[k, 4]·b[k, columns], where `stride` bytes hold the columns. */
function outer4(b: usize, c: usize, count: i32, stride: usize): void {
  let at: usize = 0;
  for (; at + 32 <= stride; at += 32) outer4x8(packed, b + at, 0, c + at, c + stride + at, c + 2 * stride + at, c + 3 * stride + at, count, stride, FROM_RESULT);
  if (at + 16 <= stride) {
    outer4x4(packed, b + at, 0, c + at, c + stride + at, c + 2 * stride + at, c + 3 * stride + at, count, stride, FROM_RESULT);
    at += 16;
  }
  for (; at < stride; at += 4) outer4x1(packed, b + at, 0, c + at, c + stride + at, c + 2 * stride + at, c + 3 * stride + at, count, stride, FROM_RESULT);
}

/** c [1, columns] += Σ_k a[k]·b[k, columns]. */
function outer1(a: usize, b: usize, c: usize, count: i32, step: usize, stride: usize): void {
  let column: usize = 0;
  for (; column + 64 <= stride; column += 64) outer1x16(a, b + column, c + column, count, step, stride);
  for (; column + 16 <= stride; column += 16) outer1x4(a, b + column, c + column, count, step, stride);
  for (; column < stride; column += 4) outer1x1(a, b + column, c + column, count, step, stride);
}

/** Short rows are not worth a call of memory.copy. */
// @ts-ignore: decorator
@inline
function copyRow(from: usize, to: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += 4) f32.store(to + at, f32.load(from + at));
}


/**
 * y = x·w, starting as `from` says. x [rows, inputs], w [inputs, outputs], y [rows, outputs]; bias [outputs] when it starts from one.
 * Rows go by 4, then 1; inputs in blocks, each going on from the result of the one before.
 */
export function product(x: usize, w: usize, bias: usize, y: usize, rows: i32, inputs: i32, outputs: i32, from: i32): void {
  const xStride: usize = inputs << 2;
  const yStride: usize = outputs << 2;
  if (inputs <= SHORT && (outputs & 7) == 0) return shortProduct(x, w, bias, y, rows, inputs, outputs, from);
  if (outputs < NARROW) {
    const eights = rows & ~7;
    narrowProduct(x, w, bias, y, eights, inputs, outputs, from);
    x += eights * xStride;
    y += eights * yStride;
    rows -= eights;
  }
  if (from == FROM_ZERO) memory.fill(y, 0, rows * yStride);
  if (from == FROM_BIAS) for (let row = 0; row < rows; row++) copyRow(bias, y + row * yStride, yStride);
  for (let input = 0; input < inputs; input += BLOCK) {
    const count = min(inputs - input, BLOCK);
    for (let row = 0; row + 4 <= rows; row += 4) {
      const four = x + row * xStride + (input << 2);
      pack4(four, four + xStride, four + 2 * xStride, four + 3 * xStride, packed, count);
      outer4(w + input * yStride, y + row * yStride, count, yStride);
    }
  }
  for (let row = rows & ~3; row < rows; row++) productRow(x + row * xStride, w, y + row * yStride, inputs, outputs);
}

/** y += x·w of one row. */
function productRow(x: usize, w: usize, y: usize, inputs: i32, outputs: i32): void {
  const stride: usize = outputs << 2;
  addProductRow(x, w, y, inputs, outputs);
  for (let at = stride & ~15; at < stride; at += 4) outer1x1(x, w + at, y + at, inputs, 4, stride);
}

/**
 * dw += xᵀ·dy. x [rows, inputs], dy [rows, outputs], dw [inputs, outputs]. Inputs go by 4, then 1; the 4 are packed side by side: in
 * x they lie a row apart, each in a page of its own when rows are long.
 */
export function weightGradient(x: usize, dy: usize, dw: usize, rows: i32, inputs: i32, outputs: i32): void {
  const xStride: usize = inputs << 2;
  const yStride: usize = outputs << 2;
  for (let row = 0; row < rows; row += BLOCK) {
    const count = min(rows - row, BLOCK);
    const xAt = x + row * xStride;
    const dyAt = dy + row * yStride;
    let input = 0;
    for (; input + 4 <= inputs; input += 4) {
      for (let k = 0, at = xAt + (input << 2); k < count; k++, at += xStride) v128.store(packed + (k << 4), v128.load(at));
      outer4(dyAt, dw + input * yStride, count, yStride);
    }
    for (; input < inputs; input++) outer1(xAt + (input << 2), dyAt, dw + input * yStride, count, xStride, yStride);
  }
}

/** db += the column sums of dy [rows, outputs]. */
export function biasGradient(dy: usize, db: usize, rows: i32, outputs: i32): void {
  const stride: usize = outputs << 2;
  let column: usize = 0;
  for (; column + 64 <= stride; column += 64) {
    let a = v128.load(db + column);
    let b = v128.load(db + column, 16);
    let c = v128.load(db + column, 32);
    let d = v128.load(db + column, 48);
    for (let row = 0, at = dy + column; row < rows; row++, at += stride) {
      a = f32x4.add(a, v128.load(at));
      b = f32x4.add(b, v128.load(at, 16));
      c = f32x4.add(c, v128.load(at, 32));
      d = f32x4.add(d, v128.load(at, 48));
    }
    v128.store(db + column, a);
    v128.store(db + column, b, 16);
    v128.store(db + column, c, 32);
    v128.store(db + column, d, 48);
  }
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
