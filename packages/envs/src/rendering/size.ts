import { describeValue, InvalidOptionsError } from '@pg/core';

/** The sides of a picture, in pixels. */
export interface Size {
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/** Refuses sides that are not whole numbers from 1 on. */
export function requireSize(where: string, { width, height }: Size): void {
  for (const [name, value] of Object.entries({ width, height })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new InvalidOptionsError({
      where,
      got: `${name}: ${describeValue(value)}`,
      expected: 'a whole number of pixels, at least 1',
      remedy: `Change "${name}".`,
    });
  }
}
