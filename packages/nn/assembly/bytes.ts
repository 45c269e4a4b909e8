/** Writes n bytes, times a scale, as numbers. */
export function bytesToFloats(bytes: usize, numbers: usize, n: i32, scale: f32): void {
  const factor = f32x4.splat(scale);
  let i = 0;
  for (; i + 16 <= n; i += 16) {
    const sixteen = v128.load(bytes + i);
    const low = i16x8.extend_low_i8x16_u(sixteen);
    const high = i16x8.extend_high_i8x16_u(sixteen);
    const to = numbers + (i << 2);
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(low)), factor));
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(low)), factor), 16);
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(high)), factor), 32);
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(high)), factor), 48);
  }
  for (; i < n; i++) f32.store(numbers + (i << 2), <f32>load<u8>(bytes + i) * scale);
}
