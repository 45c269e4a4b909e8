import type { Picture } from '@pg/core';
import { pixelAt } from './pixel.js';

/** Levels of 255 by which a color has to differ from the background to be seen as drawn: 1/16. */
const VISIBLE = 16;

/** `[height × width]`: 1 where a picture differs from its most common color, its background, and 0 elsewhere. */
export function inkOf(picture: Picture): Uint8Array {
  const { width, height, data } = picture;
  const background = mostCommonColor(picture);
  const ink = new Uint8Array(height * width);
  for (let i = 0; i < ink.length; i++) {
    for (let k = 0; k < 3; k++) if (Math.abs(data[i * 3 + k]! - background[k]!) >= VISIBLE) ink[i] = 1;
  }
  return ink;
}

function mostCommonColor(picture: Picture): readonly number[] {
  const counts = new Map<string, number>();
  let best = '';
  for (let row = 0; row < picture.height; row++) {
    for (let column = 0; column < picture.width; column++) {
      const color = String(pixelAt(picture, column, row));
      const count = (counts.get(color) ?? 0) + 1;
      counts.set(color, count);
      if (count > (counts.get(best) ?? 0)) best = color;
    }
  }
  return best.split(',').map(Number);
}
