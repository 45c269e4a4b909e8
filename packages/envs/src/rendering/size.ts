import { describeValue, InvalidOptionsError, requireArgument } from '@pg/core';

/** The sides of a picture, in pixels. */
export interface Size {
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/** Refuses sides that are not whole numbers from 1 on. */
export function requireSize(where: string, size: Size): void {
  requireArgument(typeof size === 'object' && size !== null, where, { name: 'size', value: size, expected: '{ width, height }' });
  const { width, height } = size;
  for (const [name, value] of Object.entries({ width, height })) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    throw new InvalidOptionsError({
      where,
      got: `${name}: ${describeValue(value)}`,
      expected: 'a whole number of pixels, at least 1',
      remedy: `Change "${name}".`,
    });
  }
}
