// Convolutions as matrix products whose patches are never written down: what a product packs for its registers, it takes from the image.
// Images are [height, width, channels] with their padding around them. Of a place's patch, each kernel row lies side by side in the
// image: `run` numbers, `line` bytes behind the row before. Places go from left to right, top to bottom.
import { activationForward } from './activation';
import { FROM_BIAS, FROM_RESULT, FROM_ZERO, outer4, pack4 } from './outer';

/** Places whose numbers a weight's gradient packs at a time: with their gradients they stay in the first-level cache. */
const PLACES: i32 = 128;

// Where the next place's patch begins. Module state is safe here: kernels run to their end and never call back.
let nextAt: usize = 0;
let nextColumn: i32 = 0;
let columns: i32 = 0;
let acrossBytes: usize = 0;
let downBytes: usize = 0;

/** Goes to the first place of an image. */
// @ts-ignore: decorator
@inline
function toFirstPlace(image: usize, outWidth: i32, stride: i32, channels: i32, line: usize): void {
  nextAt = image;
  nextColumn = 0;
  columns = outWidth;
  acrossBytes = (stride * channels) << 2;
  // from the last place of a row to the first of the next
  downBytes = stride * line - (outWidth - 1) * acrossBytes;
}

/** The place that is next; goes on to the one behind. */
// @ts-ignore: decorator
@inline
function takePlace(): usize {
  const place = nextAt;
  nextColumn++;
  if (nextColumn == columns) {
    nextColumn = 0;
    nextAt += downBytes;
  } else {
    nextAt += acrossBytes;
  }
  return place;
}

/**
 * y [outHeight, outWidth, filters] = f(patches·w + bias) for w [kernel, kernel, channels, filters]. `bias` may be 0, and `activation` is −1
 * where there is none. A place beyond the last is the last again, and written twice. `panel` is scratch for 4 patches.
 */
export function convolutionForward(
  image: usize,
  w: usize,
  bias: usize,
  y: usize,
  panel: usize,
  width: i32,
  channels: i32,
  kernel: i32,
  stride: i32,
  outHeight: i32,
  outWidth: i32,
  filters: i32,
  activation: i32,
): void {
  const line: usize = (width * channels) << 2;
  const run = kernel * channels;
  const places = outHeight * outWidth;
  const size: usize = filters << 2;
  toFirstPlace(image, outWidth, stride, channels, line);
  for (let place = 0; place < places; place += 4) {
    const left = places - place;
    const p0 = takePlace();
    const p1 = left > 1 ? takePlace() : p0;
    const p2 = left > 2 ? takePlace() : p1;
    const p3 = left > 3 ? takePlace() : p2;
    for (let k = 0; k < kernel; k++) {
      const row = k * line;
      pack4(p0 + row, p1 + row, p2 + row, p3 + row, panel + ((k * run) << 4), run);
    }
    const y0 = y + place * size;
    const y1 = left > 1 ? y0 + size : y0;
    const y2 = left > 2 ? y1 + size : y1;
    const y3 = left > 3 ? y2 + size : y2;
    outer4(panel, w, bias, y0, y1, y2, y3, size, kernel * run, size, bias ? FROM_BIAS : FROM_ZERO);
    if (activation >= 0) activationForward(y0, y0, min(left, 4) * filters, activation);
  }
}

/**
 * dw [kernel, kernel, channels, filters] += patchesᵀ·dy for dy [outHeight, outWidth, filters]. Four inputs of a kernel row are computed at
 * a time; lanes beyond its end go to `spare` [filters]. `panel` is scratch for PLACES × 4 numbers.
 */
export function convolutionWeightGradient(
  image: usize,
  dy: usize,
  dw: usize,
  spare: usize,
  panel: usize,
  width: i32,
  channels: i32,
  kernel: i32,
  stride: i32,
  outHeight: i32,
  outWidth: i32,
  filters: i32,
): void {
  const line: usize = (width * channels) << 2;
  const run = kernel * channels;
  const places = outHeight * outWidth;
  const size: usize = filters << 2;
  toFirstPlace(image, outWidth, stride, channels, line);
  for (let place = 0; place < places; place += PLACES) {
    const count = min(places - place, PLACES);
    const firstAt = nextAt;
    const firstColumn = nextColumn;
    for (let k = 0; k < kernel; k++) {
      for (let input = 0; input < run; input += 4) {
        nextAt = firstAt + k * line + (input << 2);
        nextColumn = firstColumn;
        packPlaces(panel, count);
        const d0 = dw + (k * run + input) * size;
        const d1 = input + 1 < run ? d0 + size : spare;
        const d2 = input + 2 < run ? d0 + 2 * size : spare;
        const d3 = input + 3 < run ? d0 + 3 * size : spare;
        outer4(panel, dy + place * size, 0, d0, d1, d2, d3, size, count, size, FROM_RESULT);
      }
    }
    nextAt -= (kernel - 1) * line + (((run - 1) & ~3) << 2);
  }
}

/** to [count, 4] = four numbers of each of the next places. */
// @ts-ignore: decorator
@inline
function packPlaces(to: usize, count: i32): void {
  let at = nextAt;
  let column = nextColumn;
  for (let i = 0; i < count; i++) {
    v128.store(to, v128.load(at));
    to += 16;
    column++;
    if (column == columns) {
      column = 0;
      at += downBytes;
    } else {
      at += acrossBytes;
    }
  }
  nextAt = at;
  nextColumn = column;
}

/**
 * The gradient of the image += dy·wᵀ, each patch's where it came from, for dy [outHeight, outWidth, filters] and wT
 * [filters, kernel, kernel, channels]. `panel` is scratch for 4 × filters numbers.
 */
export function convolutionInputGradient(
  image: usize,
  dy: usize,
  wT: usize,
  panel: usize,
  width: i32,
  channels: i32,
  kernel: i32,
  stride: i32,
  outHeight: i32,
  outWidth: i32,
  filters: i32,
): void {
  const line: usize = (width * channels) << 2;
  const places = outHeight * outWidth;
  const size: usize = filters << 2;
  const pixel: usize = channels << 2;
  const run: usize = kernel * pixel;
  const patch = kernel * run;
  // Four places' patches overlap. Eight columns of theirs do not if the places lie as far apart; the columns of one pixel never do.
  const span = stride * channels >= 8 ? run : pixel;
  toFirstPlace(image, outWidth, stride, channels, line);
  for (let place = 0; place < places; place += 4) {
    const left = places - place;
    const p0 = takePlace();
    const p1 = left > 1 ? takePlace() : p0;
    const p2 = left > 2 ? takePlace() : p1;
    const p3 = left > 3 ? takePlace() : p2;
    const d0 = dy + place * size;
    const d1 = left > 1 ? d0 + size : d0;
    const d2 = left > 2 ? d1 + size : d1;
    const d3 = left > 3 ? d2 + size : d2;
    pack4(d0, d1, d2, d3, panel, filters);
    for (let k = 0; k < kernel; k++) {
      for (let part: usize = 0; part < run; part += span) {
        const at = k * line + part;
        outer4(panel, wT + k * run + part, 0, p0 + at, p1 + at, p2 + at, p3 + at, span, filters, patch, FROM_RESULT);
      }
    }
  }
}

/** Writes an image [height, line] of numbers into the middle of one with a border, whose rows are `wide` numbers. */
export function padImage(image: usize, padded: usize, height: i32, line: i32, wide: i32): void {
  for (let row = 0; row < height; row++) memory.copy(padded + ((row * wide) << 2), image + ((row * line) << 2), line << 2);
}

/** image [height, line] += the middle of one with a border, whose rows are `wide` numbers. */
export function addCropped(padded: usize, image: usize, height: i32, line: i32, wide: i32): void {
  const bytes: usize = line << 2;
  for (let row = 0; row < height; row++) {
    const from = padded + ((row * wide) << 2);
    const to = image + ((row * line) << 2);
    let at: usize = 0;
    for (; at + 16 <= bytes; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
    for (; at < bytes; at += 4) f32.store(to + at, f32.load(to + at) + f32.load(from + at));
  }
}
