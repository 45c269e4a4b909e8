import { checkKeys } from '../options/check-keys.js';
import { allocate } from '../runtime/allocate.js';
import type { Box } from '../spaces/box.js';
import type { Dtype, DtypeArray } from '../spaces/space.js';
import { boxLike, requireImage, requireSizes, requireWhole } from './image.js';
import type { Stage } from './stage.js';
import { type Axis, axisOf, type Taps, tapsOf, weightedMeans, wholeOf } from './weighted-means.js';

/**
 * Resizes an image to [height, width] with a triangle filter that grows with the reduction, so that nothing is skipped:
 * Pillow's `BILINEAR`, columns first, then rows; bytes are rounded after each of the two. [H, W, C] → [height, width, C].
 *
 * @throws InvalidOptionsError when a size is not a whole number from 1 to 16384
 */
export function resizeBilinear<const H extends number, const W extends number>(
  size: readonly [H, W],
): <C extends number, D extends Dtype>(space: Box<readonly [number, number, C], D>) => Stage<Box<readonly [H, W, C], D>> {
  requireSizes('resizeBilinear', size);
  const [height, width] = size;
  requireWhole('resizeBilinear', { name: 'height', value: height, from: 1, to: 16384 });
  requireWhole('resizeBilinear', { name: 'width', value: width, from: 1, to: 16384 });
  return (space) => {
    requireImage('resizeBilinear', space);
    const [rows, columns, channels] = space.shape;
    return {
      name: `resizeBilinear(${height}, ${width})`,
      space: boxLike(space, [height, width, channels] as const),
      create: () => new BilinearResizer({ rows, columns, channels, height, width, dtype: space.dtype }),
    };
  };
}

/** A part of a picture: rows [top, end), columns [left, right). */
export interface Region {
  readonly top: number;
  readonly end: number;
  readonly left: number;
  readonly right: number;
}

/** From what to what a picture is resized. */
export interface ResizeSizes {
  /** Rows of the picture. */
  readonly rows: number;
  /** Columns of the picture. */
  readonly columns: number;
  /** Numbers of a pixel. */
  readonly channels: number;
  /** Rows of the result. */
  readonly height: number;
  /** Columns of the result. */
  readonly width: number;
  /** What both are stored as. */
  readonly dtype: Dtype;
}

/** The arithmetic of {@link resizeBilinear}, for all of a picture or for the part that has changed: the bits are the same. */
export class BilinearResizer {
  readonly #rows: Axis;
  readonly #columns: Axis;
  readonly #channels: number;
  /** `[rows, width, channels]`: the columns resized, the rows not yet. */
  readonly #narrow: DtypeArray;

  /** @throws InvalidOptionsError when a size is not a positive whole number */
  constructor(sizes: ResizeSizes) {
    checkKeys('BilinearResizer', sizes, ['rows', 'columns', 'channels', 'height', 'width', 'dtype']);
    const { rows, columns, channels, height, width, dtype } = sizes;
    for (const [name, value] of Object.entries({ rows, columns, channels, height, width }))
      requireWhole('BilinearResizer', { name, value, from: 1, to: 2 ** 26 });
    const bytes = dtype === 'uint8';
    const rounding = bytes ? 0.5 : 0;
    this.#columns = axisOf({ taps: triangleTaps(columns, width), outer: rows, inner: channels, rounding });
    this.#rows = axisOf({ taps: triangleTaps(rows, height), outer: 1, inner: width * channels, rounding });
    this.#channels = channels;
    this.#narrow = allocate<DtypeArray>(bytes ? Uint8Array : Float32Array, rows * width * channels, `the rows of a picture ${width} wide`);
  }

  /** Resizes a flat [rows, columns, channels] to a flat [height, width, channels]. */
  apply(input: DtypeArray, output: DtypeArray): void {
    weightedMeans(input, this.#narrow, { axis: this.#columns, part: wholeOf(this.#columns) });
    weightedMeans(this.#narrow, output, { axis: this.#rows, part: wholeOf(this.#rows) });
  }

  /** Computes the pixels of a region of the output alone, and leaves the others as they are. */
  applyRegion(input: DtypeArray, output: DtypeArray, { top, end, left, right }: Region): void {
    const { starts, counts } = this.#rows.taps;
    const channels = this.#channels;
    const sourceEnd = starts[end - 1]! + counts[end - 1]!;
    const across = { from: left, to: right, outerFrom: starts[top]!, outerTo: sourceEnd, innerFrom: 0, innerTo: channels };
    weightedMeans(input, this.#narrow, { axis: this.#columns, part: across });
    const down = { from: top, to: end, outerFrom: 0, outerTo: 1, innerFrom: left * channels, innerTo: right * channels };
    weightedMeans(this.#narrow, output, { axis: this.#rows, part: down });
  }

  /** The region of the output that a region of the input, which must not be empty, has a part in. */
  touchedBy({ top, end, left, right }: Region): Region {
    const [firstRow, lastRow] = touched(this.#rows.taps, top, end);
    const [firstColumn, lastColumn] = touched(this.#columns.taps, left, right);
    return { top: firstRow, end: lastRow, left: firstColumn, right: lastColumn };
  }
}

/** The outputs [first, last) that have one of the inputs [from, to) among theirs. */
function touched({ starts, counts }: Taps, from: number, to: number): readonly [number, number] {
  let first = 0;
  while (starts[first]! + counts[first]! <= from) first++;
  let last = starts.length;
  while (starts[last - 1]! >= to) last--;
  return [first, last];
}

/** A triangle as wide as two outputs, and at least two inputs, round the middle of each output; cut off at the edges. */
function triangleTaps(from: number, to: number): Taps {
  const ratio = from / to;
  const reach = Math.max(1, ratio);
  return tapsOf(from, to, 1, (target) => {
    const center = (target + 0.5) * ratio;
    const start = Math.max(0, Math.floor(center - reach + 0.5));
    const end = Math.min(from, Math.floor(center + reach + 0.5));
    const heights = Array.from({ length: end - start }, (_, i) => Math.max(0, 1 - Math.abs(start + i + 0.5 - center) / reach));
    const sum = heights.reduce((total, height) => total + height, 0);
    return { start, weights: heights.map((height) => height / sum) };
  });
}
