// Products of few inputs, such as a control task's observations: the weights of eight columns stay in registers while the rows go by.
// Each sum runs in the order of its inputs.
import { FROM_BIAS, FROM_RESULT, multiplyAdd } from './outer';

/** `product` of a multiple of 8 outputs. */
export function shortProduct(x: usize, w: usize, bias: usize, y: usize, rows: i32, inputs: i32, outputs: i32, from: i32): void {
  for (let column = 0; column < outputs; column += 8) {
    const at: usize = column << 2;
    let start = from;
    let input = 0;
    for (; input + 4 <= inputs; input += 4, start = FROM_RESULT) addFour(x + (input << 2), w + ((input * outputs) << 2) + at, bias + at, y + at, rows, inputs << 2, outputs << 2, start);
    for (; input < inputs; input++, start = FROM_RESULT) addOne(x + (input << 2), w + ((input * outputs) << 2) + at, bias + at, y + at, rows, inputs << 2, outputs << 2, start);
  }
}

/** Adds the products of four inputs to eight columns of every row. */
function addFour(x: usize, w: usize, bias: usize, y: usize, rows: i32, xStride: usize, stride: usize, from: i32): void {
  const a0 = v128.load(w);
  const a1 = v128.load(w, 16);
  const b0 = v128.load(w + stride);
  const b1 = v128.load(w + stride, 16);
  const c0 = v128.load(w + 2 * stride);
  const c1 = v128.load(w + 2 * stride, 16);
  const d0 = v128.load(w + 3 * stride);
  const d1 = v128.load(w + 3 * stride, 16);
  const start0 = from == FROM_BIAS ? v128.load(bias) : f32x4.splat(0);
  const start1 = from == FROM_BIAS ? v128.load(bias, 16) : f32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    let p = from == FROM_RESULT ? v128.load(y) : start0;
    let q = from == FROM_RESULT ? v128.load(y, 16) : start1;
    let s = v128.load32_splat(x);
    p = multiplyAdd(p, s, a0);
    q = multiplyAdd(q, s, a1);
    s = v128.load32_splat(x, 4);
    p = multiplyAdd(p, s, b0);
    q = multiplyAdd(q, s, b1);
    s = v128.load32_splat(x, 8);
    p = multiplyAdd(p, s, c0);
    q = multiplyAdd(q, s, c1);
    s = v128.load32_splat(x, 12);
    v128.store(y, multiplyAdd(p, s, d0));
    v128.store(y, multiplyAdd(q, s, d1), 16);
    x += xStride;
    y += stride;
  }
}

/** Adds the products of one input to eight columns of every row. */
function addOne(x: usize, w: usize, bias: usize, y: usize, rows: i32, xStride: usize, stride: usize, from: i32): void {
  const a0 = v128.load(w);
  const a1 = v128.load(w, 16);
  const start0 = from == FROM_BIAS ? v128.load(bias) : f32x4.splat(0);
  const start1 = from == FROM_BIAS ? v128.load(bias, 16) : f32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    const s = v128.load32_splat(x);
    v128.store(y, multiplyAdd(from == FROM_RESULT ? v128.load(y) : start0, s, a0));
    v128.store(y, multiplyAdd(from == FROM_RESULT ? v128.load(y, 16) : start1, s, a1), 16);
    x += xStride;
    y += stride;
  }
}
