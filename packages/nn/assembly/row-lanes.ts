// One column of four rows at a time, a row in each lane. A last group of fewer rows repeats its last row and stores only what
// exists.

/** The numbers at `base` of the rows from `row` on, which are `stride` bytes apart. */
// @ts-ignore: decorator
@inline
export function gather(base: usize, row: i32, rows: i32, stride: usize): v128 {
  const last = rows - 1;
  let v = v128.load32_zero(base + row * stride);
  v = v128.load_lane<f32>(base + min(row + 1, last) * stride, v, 1);
  v = v128.load_lane<f32>(base + min(row + 2, last) * stride, v, 2);
  return v128.load_lane<f32>(base + min(row + 3, last) * stride, v, 3);
}

/** The inverse of {@link gather}. */
// @ts-ignore: decorator
@inline
export function scatter(base: usize, row: i32, rows: i32, stride: usize, v: v128): void {
  const at = base + row * stride;
  v128.store_lane<f32>(at, v, 0);
  if (row + 1 < rows) v128.store_lane<f32>(at + stride, v, 1);
  if (row + 2 < rows) v128.store_lane<f32>(at + 2 * stride, v, 2);
  if (row + 3 < rows) v128.store_lane<f32>(at + 3 * stride, v, 3);
}
