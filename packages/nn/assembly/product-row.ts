// One row's matrix product: the weight is read once, in the order in which it lies, so that a weight beyond the cache streams.

/** y += x·w of 8 inputs, one after the other, for the columns in whole vectors. */
// @ts-ignore: decorator
@inline
function addEight(x: usize, w: usize, y: usize, stride: usize): void {
  const x0 = v128.load32_splat(x);
  const x1 = v128.load32_splat(x, 4);
  const x2 = v128.load32_splat(x, 8);
  const x3 = v128.load32_splat(x, 12);
  const x4 = v128.load32_splat(x, 16);
  const x5 = v128.load32_splat(x, 20);
  const x6 = v128.load32_splat(x, 24);
  const x7 = v128.load32_splat(x, 28);
  const w1 = w + stride;
  const w2 = w1 + stride;
  const w3 = w2 + stride;
  const w4 = w3 + stride;
  const w5 = w4 + stride;
  const w6 = w5 + stride;
  const w7 = w6 + stride;
  for (let at: usize = 0; at + 16 <= stride; at += 16) {
    let sum = f32x4.add(v128.load(y + at), f32x4.mul(x0, v128.load(w + at)));
    sum = f32x4.add(sum, f32x4.mul(x1, v128.load(w1 + at)));
    sum = f32x4.add(sum, f32x4.mul(x2, v128.load(w2 + at)));
    sum = f32x4.add(sum, f32x4.mul(x3, v128.load(w3 + at)));
    sum = f32x4.add(sum, f32x4.mul(x4, v128.load(w4 + at)));
    sum = f32x4.add(sum, f32x4.mul(x5, v128.load(w5 + at)));
    sum = f32x4.add(sum, f32x4.mul(x6, v128.load(w6 + at)));
    v128.store(y + at, f32x4.add(sum, f32x4.mul(x7, v128.load(w7 + at))));
  }
}

/** y += x·w of one input, for the columns in whole vectors. */
// @ts-ignore: decorator
@inline
function addOne(x: usize, w: usize, y: usize, stride: usize): void {
  const factor = v128.load32_splat(x);
  for (let at: usize = 0; at + 16 <= stride; at += 16) v128.store(y + at, f32x4.add(v128.load(y + at), f32x4.mul(factor, v128.load(w + at))));
}

/**
 * y += x·w of one row, for the columns in whole vectors: the last outputs mod 4 stay as they are. x [inputs],
 * w [inputs, outputs], y [outputs]. Each sum runs in the order of its inputs.
 */
export function addProductRow(x: usize, w: usize, y: usize, inputs: i32, outputs: i32): void {
  const stride: usize = outputs << 2;
  let i = 0;
  for (; i + 8 <= inputs; i += 8) {
    addEight(x, w, y, stride);
    x += 32;
    w += 8 * stride;
  }
  for (; i < inputs; i++) {
    addOne(x, w, y, stride);
    x += 4;
    w += stride;
  }
}
