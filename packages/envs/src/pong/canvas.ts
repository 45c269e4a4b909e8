import type { DtypeArray } from '@pg/core';
import { FIELD_END, FIELD_TOP, HEIGHT, WALL_TOP, WIDTH } from './geometry.js';
import type { Colors } from './palette.js';

/** Columns at the left of the first row that stay black. */
const BLACK_WIDTH = 8;

/** Something of one colour that is drawn at many places. */
export interface Sprite {
  /** The pixels of each of its rows. */
  readonly row: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A sprite of so many pixels. */
export function sprite(color: readonly number[], width: number, height: number): Sprite {
  return { row: Uint8Array.from({ length: width * color.length }, (_, i) => color[i % color.length]!), width, height };
}

/** A picture without sprites and scores: background and walls, flat [210, 160, channels]. */
export function emptyPicture({ background, wall }: Colors): Uint8Array {
  const channels = background.length;
  const pixels = new Uint8Array(HEIGHT * WIDTH * channels);
  const paint = (color: readonly number[], from: number, to: number) => {
    for (let i = from * channels; i < to * channels; i++) pixels[i] = color[i % channels]!;
  };
  paint(background, BLACK_WIDTH, WIDTH * HEIGHT);
  paint(wall, WALL_TOP * WIDTH, FIELD_TOP * WIDTH);
  paint(wall, FIELD_END * WIDTH, HEIGHT * WIDTH);
  return pixels;
}

/** A picture inside an array, and the rows of it that may be drawn on. Columns outside are not drawn either. */
export class Canvas {
  /** The array that holds the picture. */
  pixels: DtypeArray = new Uint8Array(0);
  /** Where it begins. */
  offset = 0;

  constructor(
    readonly channels: number,
    readonly top: number,
    readonly end: number,
  ) {}

  /** Draws a sprite with its upper left corner at column x and row y. Hot: no allocation. */
  draw(sprite: Sprite, x: number, y: number): void {
    const { pixels, channels } = this;
    const { row } = sprite;
    const stride = WIDTH * channels;
    const length = Math.min(sprite.width, WIDTH - x) * channels;
    const end = Math.min(this.end, y + sprite.height);
    const top = Math.max(this.top, y);
    let at = this.offset + top * stride + x * channels;
    for (let line = top; line < end; line++, at += stride) {
      for (let i = 0; i < length; i++) pixels[at + i] = row[i]!;
    }
  }
}
