import type { DtypeArray } from '@pg/core';
import { WIDTH } from './screen-size.js';

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

/** The rows and columns that may be drawn on: from the first to before the second. */
export interface Field {
  readonly rows: readonly [from: number, to: number];
  readonly columns: readonly [from: number, to: number];
}

/** A picture inside an array, and the part of it that may be drawn on. */
export class Canvas {
  /** The array that holds the picture. */
  pixels: DtypeArray = new Uint8Array(0);
  /** Where it begins. */
  offset = 0;

  readonly #channels: number;
  readonly #top: number;
  readonly #end: number;
  readonly #left: number;
  readonly #right: number;

  constructor(channels: number, { rows, columns }: Field) {
    this.#channels = channels;
    [this.#top, this.#end] = rows;
    [this.#left, this.#right] = columns;
  }

  /** Draws a sprite with its upper left corner at column x and row y. Hot: no allocation. */
  draw(sprite: Sprite, x: number, y: number): void {
    const { pixels } = this;
    const { row } = sprite;
    const channels = this.#channels;
    const stride = WIDTH * channels;
    const left = Math.max(this.#left, x);
    const first = (left - x) * channels;
    const last = (Math.min(this.#right, x + sprite.width) - x) * channels;
    const end = Math.min(this.#end, y + sprite.height);
    const top = Math.max(this.#top, y);
    let at = this.offset + top * stride + x * channels;
    for (let line = top; line < end; line++, at += stride) {
      for (let i = first; i < last; i++) pixels[at + i] = row[i]!;
    }
  }
}
