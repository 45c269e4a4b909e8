import { describeValue, InvalidOptionsError } from '@pg/core';

/** Red, green and blue, 0 to 255 each. */
export type Color = readonly [red: number, green: number, blue: number];

/** Refuses a colour that bytes cannot hold. */
export function requireColor(where: string, color: Color): void {
  if (Array.isArray(color) && color.length === 3 && color.every((value) => typeof value === 'number' && value >= 0 && value <= 255)) return;
  throw new InvalidOptionsError({
    where,
    got: `the color ${describeValue(color)}`,
    expected: '[red, green, blue], each from 0 to 255',
    remedy: 'Change the color.',
  });
}
