import type { Picture } from '@pg/core';
import type { Area } from './changed-area.js';
import { meanColor, medianCut } from './median-cut.js';

/** A part of a picture as places in a palette. */
export interface IndexedColors {
  /** Colors 0xRRGGBB; as many as a power of two from 2 to 256, the last ones unused. */
  readonly palette: number[];
  /** `[height, width]` of the area. */
  readonly indices: Uint8Array;
}

const MOST = 256;

/** Gives each pixel of an area a place in a palette: exactly up to 256 colors, else by the mean of a group of similar colors. */
export function indexColors(picture: Picture, area: Area): IndexedColors {
  const colors = colorsIn(picture, area);
  const counts = new Map<number, number>();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  const groups = counts.size <= MOST ? [...counts.keys()].map((color) => [color]) : medianCut(counts, MOST);
  const placeOf = new Map(groups.flatMap((group, place) => group.map((color) => [color, place] as const)));
  const palette = groups.map((group) => meanColor(group, counts));
  const indices = new Uint8Array(colors.length);
  for (let i = 0; i < indices.length; i++) indices[i] = placeOf.get(colors[i]!)!;
  return { palette: padded(palette), indices };
}

/** `[height, width]` of the area: 0xRRGGBB. */
function colorsIn({ width, data }: Picture, area: Area): Uint32Array {
  const colors = new Uint32Array(area.width * area.height);
  for (let row = 0; row < area.height; row++) {
    let at = ((area.top + row) * width + area.left) * 3;
    for (let column = 0; column < area.width; column++, at += 3) {
      colors[row * area.width + column] = (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
    }
  }
  return colors;
}

function padded(palette: number[]): number[] {
  let length = 2;
  while (length < palette.length) length *= 2;
  return [...palette, ...new Array<number>(length - palette.length).fill(0)];
}
