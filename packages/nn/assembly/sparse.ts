// Dense layers on sparse rows: the non-zero inputs of a row are gathered once, and forward and weight gradient take time in
// proportion to them. Leaving out x = 0 leaves out additions of ±0 only, so sums have the bits of the dense kernels
// (for finite weights and gradients).
import { product, weightGradient } from './matrix';

/** Marks a row with too many non-zeros in `counts`. */
const DENSE: i32 = -1;

/**
 * Gathers the non-zeros of each row of x [rows, inputs] into entries [rows, capacity, 2]: the input's index, then its value. Writes
 * how many there are to counts [rows], or −1 where there are more than `capacity`. Rows with a 1 in the bytes `given` [rows] have been
 * written so by others; returns the first of them that is wrong, or −1.
 */
export function gatherNonZeros(x: usize, entries: usize, counts: usize, given: usize, rows: i32, inputs: i32, capacity: i32): i32 {
  for (let row = 0; row < rows; row++) {
    const to = entries + <usize>(row * capacity) * 8;
    if (load<u8>(given + row)) {
      if (!isList(to, i32.load(counts + (row << 2)), inputs, capacity)) return row;
    } else {
      const count = gatherRow(x + <usize>(row * inputs) * 4, to, inputs, capacity);
      i32.store(counts + (row << 2), count > capacity ? DENSE : count);
    }
  }
  return -1;
}

/** Whether there are not too many entries, and their places ascend within the row. */
function isList(entries: usize, count: i32, inputs: i32, capacity: i32): bool {
  if (<u32>count > <u32>capacity) return false;
  let last = -1;
  for (const end = entries + (count << 3); entries < end; entries += 8) {
    const place = i32.load(entries);
    if (place <= last || place >= inputs) return false;
    last = place;
  }
  return true;
}

/** The non-zeros of one row, 16 numbers at a time where they are zeros; returns how many there are, or a number above `capacity`. */
function gatherRow(x: usize, to: usize, inputs: i32, capacity: i32): i32 {
  const whole = inputs & ~3;
  const zero = f32x4.splat(0);
  let count = 0;
  for (let i = 0; i < whole && count <= capacity; i += 4) {
    while (i + 16 <= whole && !v128.any_true(nonZeros16(x + (i << 2)))) i += 16;
    if (i >= whole) break;
    const bits = i32x4.bitmask(f32x4.ne(v128.load(x + (i << 2)), zero));
    if (bits == 0) continue;
    for (let lane = 0; lane < 4; lane++) if (bits & (1 << lane)) count = push(to, count, capacity, x, i + lane);
  }
  for (let i = whole; i < inputs && count <= capacity; i++) if (f32.load(x + (i << 2)) != 0) count = push(to, count, capacity, x, i);
  return count;
}

/** Not zero where any of 16 numbers is other than zero. */
// @ts-ignore: decorator
@inline
function nonZeros16(x: usize): v128 {
  const zero = f32x4.splat(0);
  const low = v128.or(f32x4.ne(v128.load(x), zero), f32x4.ne(v128.load(x, 16), zero));
  const high = v128.or(f32x4.ne(v128.load(x, 32), zero), f32x4.ne(v128.load(x, 48), zero));
  return v128.or(low, high);
}

// @ts-ignore: decorator
@inline
function push(to: usize, count: i32, capacity: i32, x: usize, i: i32): i32 {
  if (count < capacity) {
    i32.store(to + (count << 3), i);
    f32.store(to + (count << 3), f32.load(x + (i << 2)), 4);
  }
  return count + 1;
}

/** How many rows from `row` on are dense. */
// @ts-ignore: decorator
@inline
function denseRun(counts: usize, row: i32, rows: i32): i32 {
  let run = 0;
  while (row + run < rows && i32.load(counts + ((row + run) << 2)) == DENSE) run++;
  return run;
}

/** `product` of rows whose non-zeros have been gathered; runs of dense rows go to the dense kernel. */
export function sparseProduct(x: usize, entries: usize, counts: usize, w: usize, bias: usize, y: usize, rows: i32, inputs: i32, outputs: i32, capacity: i32, from: i32): void {
  const stride: usize = outputs << 2;
  for (let row = 0; row < rows; ) {
    const run = denseRun(counts, row, rows);
    if (run > 0) {
      product(x + <usize>(row * inputs) * 4, w, bias, y + row * stride, run, inputs, outputs, from);
      row += run;
    } else {
      rowProduct(entries + <usize>(row * capacity) * 8, i32.load(counts + (row << 2)), w, bias, y + row * stride, stride, from);
      row++;
    }
  }
}

/** y = start + Σ value·w[index], 32 columns at a time in registers, then 4, then 1. */
function rowProduct(entries: usize, count: i32, w: usize, bias: usize, y: usize, stride: usize, from: i32): void {
  const end = entries + (count << 3);
  const start = from == 1 ? bias : y;
  let at: usize = 0;
  for (; at + 128 <= stride; at += 128) {
    let a = from ? v128.load(start + at) : f32x4.splat(0);
    let b = from ? v128.load(start + at, 16) : f32x4.splat(0);
    let c = from ? v128.load(start + at, 32) : f32x4.splat(0);
    let d = from ? v128.load(start + at, 48) : f32x4.splat(0);
    let e = from ? v128.load(start + at, 64) : f32x4.splat(0);
    let f = from ? v128.load(start + at, 80) : f32x4.splat(0);
    let g = from ? v128.load(start + at, 96) : f32x4.splat(0);
    let h = from ? v128.load(start + at, 112) : f32x4.splat(0);
    for (let entry = entries; entry < end; entry += 8) {
      const column = w + <usize>i32.load(entry) * stride + at;
      const s = v128.load32_splat(entry, 4);
      a = f32x4.add(a, f32x4.mul(s, v128.load(column)));
      b = f32x4.add(b, f32x4.mul(s, v128.load(column, 16)));
      c = f32x4.add(c, f32x4.mul(s, v128.load(column, 32)));
      d = f32x4.add(d, f32x4.mul(s, v128.load(column, 48)));
      e = f32x4.add(e, f32x4.mul(s, v128.load(column, 64)));
      f = f32x4.add(f, f32x4.mul(s, v128.load(column, 80)));
      g = f32x4.add(g, f32x4.mul(s, v128.load(column, 96)));
      h = f32x4.add(h, f32x4.mul(s, v128.load(column, 112)));
    }
    v128.store(y + at, a);
    v128.store(y + at, b, 16);
    v128.store(y + at, c, 32);
    v128.store(y + at, d, 48);
    v128.store(y + at, e, 64);
    v128.store(y + at, f, 80);
    v128.store(y + at, g, 96);
    v128.store(y + at, h, 112);
  }
  for (; at + 16 <= stride; at += 16) {
    let a = from ? v128.load(start + at) : f32x4.splat(0);
    for (let entry = entries; entry < end; entry += 8) {
      a = f32x4.add(a, f32x4.mul(v128.load32_splat(entry, 4), v128.load(w + <usize>i32.load(entry) * stride + at)));
    }
    v128.store(y + at, a);
  }
  for (; at < stride; at += 4) {
    let a: f32 = from ? f32.load(start + at) : 0;
    for (let entry = entries; entry < end; entry += 8) a += f32.load(entry, 4) * f32.load(w + <usize>i32.load(entry) * stride + at);
    f32.store(y + at, a);
  }
}

/**
 * `weightGradient` of rows whose non-zeros have been gathered; only rows of dw with a non-zero input are touched. Those are marked by a 1
 * in the bytes `marks` [inputs], unless it is 0. Rows of dy that are zero, such as those of steps that do not count, are passed by.
 */
export function sparseWeightGradient(x: usize, entries: usize, counts: usize, dy: usize, dw: usize, rows: i32, inputs: i32, outputs: i32, capacity: i32, marks: usize): void {
  const stride: usize = outputs << 2;
  for (let row = 0; row < rows; ) {
    const run = denseRun(counts, row, rows);
    if (run > 0) {
      weightGradient(x + <usize>(row * inputs) * 4, dy + row * stride, dw, run, inputs, outputs);
      if (marks) memory.fill(marks, 1, inputs);
      row += run;
    } else {
      const count = i32.load(counts + (row << 2));
      if (count > 0 && isZero(dy + row * stride, stride)) {
        row++;
        continue;
      }
      if (marks) markInputs(entries + <usize>(row * capacity) * 8, count, marks);
      rowGradient(entries + <usize>(row * capacity) * 8, count, dy + row * stride, dw, stride);
      row++;
    }
  }
}

/** Whether a row holds nothing but zeros. */
function isZero(row: usize, bytes: usize): bool {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) if (v128.any_true(f32x4.ne(v128.load(row + at), f32x4.splat(0)))) return false;
  for (; at < bytes; at += 4) if (f32.load(row + at) != 0) return false;
  return true;
}

function markInputs(entries: usize, count: i32, marks: usize): void {
  for (const end = entries + (count << 3); entries < end; entries += 8) store<u8>(marks + <usize>i32.load(entries), 1);
}

/** dw[index] += value·dy for each entry. */
function rowGradient(entries: usize, count: i32, dy: usize, dw: usize, stride: usize): void {
  const end = entries + (count << 3);
  for (let entry = entries; entry < end; entry += 8) {
    const to = dw + <usize>i32.load(entry) * stride;
    const s = v128.load32_splat(entry, 4);
    let at: usize = 0;
    for (; at + 32 <= stride; at += 32) {
      v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(s, v128.load(dy + at))));
      v128.store(to + at, f32x4.add(v128.load(to + at, 16), f32x4.mul(s, v128.load(dy + at, 16))), 16);
    }
    for (; at + 16 <= stride; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(s, v128.load(dy + at))));
    for (; at < stride; at += 4) f32.store(to + at, f32.load(to + at) + f32.load(entry, 4) * f32.load(dy + at));
  }
}
