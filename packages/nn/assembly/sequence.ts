/** to = from [rows, size], but rows whose flag in starts [rows] of bytes is set become 0; to may be from. */
export function copyUnlessStarted(from: usize, to: usize, starts: usize, rows: i32, size: i32): void {
  const bytes: usize = size << 2;
  for (let row = 0; row < rows; row++) {
    const at = row * bytes;
    if (load<u8>(starts + row)) memory.fill(to + at, 0, bytes);
    else if (from != to) memory.copy(to + at, from + at, bytes);
  }
}
