/** A tile of 4 × 4 numbers. */
// @ts-ignore: decorator
@inline
function transpose4x4(from: usize, to: usize, fromStride: usize, toStride: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + fromStride);
  const c = v128.load(from + 2 * fromStride);
  const d = v128.load(from + 3 * fromStride);
  const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5));
  v128.store(to + toStride, v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7));
  v128.store(to + 2 * toStride, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
  v128.store(to + 3 * toStride, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
}

/** to [columns, rows] = the transpose of from [rows, columns], in bands of 16 rows so that whole cache lines are written. */
export function transpose(from: usize, to: usize, rows: i32, columns: i32): void {
  const fromStride: usize = columns << 2;
  const toStride: usize = rows << 2;
  const wholeRows = rows & ~3;
  const wholeColumns = columns & ~3;
  for (let band = 0; band < wholeRows; band += 16) {
    const end = min(band + 16, wholeRows);
    for (let column = 0; column < wholeColumns; column += 4) {
      for (let row = band; row < end; row += 4) transpose4x4(from + row * fromStride + (column << 2), to + column * toStride + (row << 2), fromStride, toStride);
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let column = row < wholeRows ? wholeColumns : 0; column < columns; column++) {
      f32.store(to + column * toStride + (row << 2), f32.load(from + row * fromStride + (column << 2)));
    }
  }
}
