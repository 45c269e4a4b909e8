import { checkKeys } from '../options/check-keys.js';
import type { Box } from '../spaces/box.js';
import type { Dtype, DtypeArray } from '../spaces/space.js';
import { boxLike, requireImage, requireWhole } from './image.js';
import type { Stage } from './stage.js';

/** What {@link crop} keeps of an image. */
export interface CropOptions {
  /** The first row. */
  readonly top: number;
  /** How many rows. */
  readonly height: number;
  /** The first column; 0 by default. */
  readonly left?: number;
  /** How many columns; all from `left` on by default. */
  readonly width?: number;
}

/** How many columns are left of W. */
export type CroppedWidth<TOptions extends CropOptions, W extends number> = TOptions extends { readonly width: infer N extends number }
  ? N
  : TOptions extends { readonly left: number }
    ? number
    : W;

/**
 * Keeps `height` rows of an image from row `top` on and, of these, `width` columns from column `left` on:
 * [H, W, C] → [height, width, C].
 *
 * @throws InvalidOptionsError when an option is unknown, or the rows or columns do not lie inside the image
 */
export function crop<const TOptions extends CropOptions>(
  options: TOptions,
): <W extends number, C extends number, D extends Dtype>(
  space: Box<readonly [number, W, C], D>,
) => Stage<Box<readonly [TOptions['height'], CroppedWidth<TOptions, W>, C], D>> {
  checkKeys('crop', options, ['top', 'height', 'left', 'width']);
  const { top, left = 0 } = options;
  const height: TOptions['height'] = options.height;
  return <W extends number, C extends number, D extends Dtype>(space: Box<readonly [number, W, C], D>) => {
    requireImage('crop', space);
    const [rows, columns, channels] = space.shape;
    requireWhole('crop', { name: 'top', value: top, from: 0, to: rows - 1 });
    requireWhole('crop', { name: 'height', value: height, from: 1, to: rows - top });
    requireWhole('crop', { name: 'left', value: left, from: 0, to: columns - 1 });
    const { width = columns - left } = options;
    requireWhole('crop', { name: 'width', value: width, from: 1, to: columns - left });
    const area = { from: (top * columns + left) * channels, rows: height, length: width * channels, stride: columns * channels };
    return {
      name: width === columns ? `crop(${top}, ${height})` : `crop(${top}, ${height}, ${left}, ${width})`,
      space: boxLike(space, [height, width as CroppedWidth<TOptions, W>, channels] as const),
      create: () => ({ apply: (input, output) => copyArea(input, output, area) }),
    };
  };
}

/** Numbers of an image: `rows` times `length` of them, `stride` apart. */
interface Area {
  readonly from: number;
  readonly rows: number;
  readonly length: number;
  readonly stride: number;
}

function copyArea(input: DtypeArray, output: DtypeArray, { from, rows, length, stride }: Area): void {
  if (length === stride) {
    output.set(input.subarray(from, from + rows * length));
    return;
  }
  for (let row = 0, at = from, to = 0; row < rows; row++, at += stride) {
    for (let i = at; i < at + length; i++, to++) output[to] = input[i]!;
  }
}
