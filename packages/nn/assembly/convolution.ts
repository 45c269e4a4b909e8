// Convolution as a matrix product: each output pixel's patch of the input becomes a row. Images are [height, width, channels]. In a
// patch a kernel row's pixels lie side by side, as they do in the image, so whole runs are moved.

/** patches [outHeight·outWidth, kernel·kernel·channels] of one image; pixels outside of it are 0. */
export function imageToPatches(
  image: usize,
  patches: usize,
  height: i32,
  width: i32,
  channels: i32,
  kernel: i32,
  stride: i32,
  padding: i32,
  outHeight: i32,
  outWidth: i32,
): void {
  walkPatches(image, patches, height, width, channels, kernel, stride, padding, outHeight, outWidth, false);
}

/** Adds each patch's numbers to the image's pixels that it was made from: the transpose of {@link imageToPatches}. */
export function addPatchesToImage(
  patches: usize,
  image: usize,
  height: i32,
  width: i32,
  channels: i32,
  kernel: i32,
  stride: i32,
  padding: i32,
  outHeight: i32,
  outWidth: i32,
): void {
  walkPatches(image, patches, height, width, channels, kernel, stride, padding, outHeight, outWidth, true);
}

/** Goes over every kernel row of every patch, filling it from the image or, when `adding`, adding it to the image. */
// @ts-ignore: decorator
@inline
function walkPatches(
  image: usize,
  patches: usize,
  height: i32,
  width: i32,
  channels: i32,
  kernel: i32,
  stride: i32,
  padding: i32,
  outHeight: i32,
  outWidth: i32,
  adding: bool,
): void {
  const pixel: usize = channels << 2;
  let at = patches;
  for (let outRow = 0; outRow < outHeight; outRow++) {
    for (let outColumn = 0; outColumn < outWidth; outColumn++) {
      const left = outColumn * stride - padding;
      const from = max(left, 0);
      const until = min(left + kernel, width);
      for (let k = 0; k < kernel; k++) {
        const row = outRow * stride - padding + k;
        const inside = row >= 0 && row < height && until > from;
        const run = image + (row * width + from) * pixel;
        if (adding) {
          if (inside) addRun(at + (from - left) * pixel, run, (until - from) * pixel);
        } else if (inside) {
          memory.fill(at, 0, (from - left) * pixel);
          memory.copy(at + (from - left) * pixel, run, (until - from) * pixel);
          memory.fill(at + (until - left) * pixel, 0, (left + kernel - until) * pixel);
        } else {
          memory.fill(at, 0, kernel * pixel);
        }
        at += kernel * pixel;
      }
    }
  }
}

/** to += from, `bytes` of float32 numbers. */
// @ts-ignore: decorator
@inline
function addRun(from: usize, to: usize, bytes: usize): void {
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(to + i, f32x4.add(v128.load(to + i), v128.load(from + i)));
  for (; i < bytes; i += 4) f32.store(to + i, f32.load(to + i) + f32.load(from + i));
}
