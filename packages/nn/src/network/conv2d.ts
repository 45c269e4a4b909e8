import { describeValue, InvalidOptionsError } from '@pg/core';
import { zeros } from '../initializers/constant.js';
import type { Initializer } from '../initializers/initializer.js';
import { orthogonal } from '../initializers/orthogonal.js';
import { checkLayerOptions } from '../options/check-layer-options.js';

/** Filters that slide over an image: weight [kernel, kernel, channels, filters], bias [filters]. Images are [height, width, channels]. */
export interface Conv2dLayer {
  readonly kind: 'conv2d';
  /** Number of output channels. */
  readonly filters: number;
  /** Height and width of a filter in pixels. */
  readonly kernel: number;
  /** Pixels between two places of a filter, in both directions. */
  readonly stride: number;
  /** Pixels of zeros around the image, the same on all four sides. */
  readonly padding: number;
  /** Whether there is a bias. */
  readonly bias: boolean;
  /** Makes the weight's starting values. */
  readonly weightInit: Initializer;
  /** Makes the bias's starting values. */
  readonly biasInit: Initializer;
}

/** What {@link conv2d} can be told. */
export interface Conv2dOptions {
  /** Number of output channels. */
  readonly filters: number;
  /** Height and width of a filter in pixels. */
  readonly kernel: number;
  /** Pixels between two places of a filter; 1 by default. */
  readonly stride?: number;
  /** Pixels of zeros on each side; 0 by default. */
  readonly padding?: number;
  /** Whether to add a bias; true by default. */
  readonly bias?: boolean;
  /** The weight's starting values; orthogonal with gain √2 by default. */
  readonly weightInit?: Initializer;
  /** The bias's starting values; zeros by default. */
  readonly biasInit?: Initializer;
}

/**
 * A convolution (cross-correlation, as PyTorch means it) over images [height, width, channels]. The output is
 * [⌊(height + 2·padding − kernel)/stride⌋ + 1, the same of the width, filters].
 *
 * @throws InvalidOptionsError when a size is out of range or an option is unknown or wrong
 */
export function conv2d(options: Conv2dOptions): Conv2dLayer {
  checkLayerOptions('conv2d', options, ['filters', 'kernel', 'stride', 'padding', 'bias', 'weightInit', 'biasInit']);
  const { filters, kernel, stride = 1, padding = 0, bias = true, weightInit = orthogonal(Math.SQRT2), biasInit = zeros() } = options;
  checkWhole('filters', filters, 1);
  checkWhole('kernel', kernel, 1);
  checkWhole('stride', stride, 1);
  checkWhole('padding', padding, 0);
  return { kind: 'conv2d', filters, kernel, stride, padding, bias, weightInit, biasInit };
}

function checkWhole(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new InvalidOptionsError({
    where: 'conv2d',
    got: `${name}: ${describeValue(value)}`,
    expected: `a whole number at least ${least}`,
    remedy: `Change "${name}".`,
  });
}
