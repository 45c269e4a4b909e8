import type { Color } from './color.js';

/** Writes the colors of a half block: `top` is its foreground, `bottom` its background or, where the picture has ended, none. */
export type ColorCode = (top: Color, bottom: Color | undefined) => string;

/** 24 bits a color. */
export const truecolor: ColorCode = (top, bottom) => `38;2;${top.join(';')};${bottom === undefined ? '49' : `48;2;${bottom.join(';')}`}`;

/** The nearest of the 240 colors of xterm's palette that themes leave alone. */
export const palette256: ColorCode = (top, bottom) => `38;5;${nearest(top)};${bottom === undefined ? '49' : `48;5;${nearest(bottom)}`}`;

/** Colors 16 to 231 are a cube of these levels, the blue fastest. */
const LEVELS = [0, 95, 135, 175, 215, 255] as const;
/** Colors 232 to 255 are grays 8, 18, …, 238. */
const GRAYS = 24;

function nearest(color: Color): number {
  const steps = color.map(nearestLevel) as [number, number, number];
  const inCube: Color = [LEVELS[steps[0]]!, LEVELS[steps[1]]!, LEVELS[steps[2]]!];
  const mean = (color[0] + color[1] + color[2]) / 3;
  const grayStep = Math.max(0, Math.min(GRAYS - 1, Math.round((mean - 8) / 10)));
  const gray = 8 + 10 * grayStep;
  if (distance(color, [gray, gray, gray]) < distance(color, inCube)) return 232 + grayStep;
  return 16 + 36 * steps[0] + 6 * steps[1] + steps[2];
}

function nearestLevel(value: number): number {
  let best = 0;
  for (let i = 1; i < LEVELS.length; i++) if (Math.abs(LEVELS[i]! - value) < Math.abs(LEVELS[best]! - value)) best = i;
  return best;
}

function distance(a: Color, b: Color): number {
  return (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]);
}
