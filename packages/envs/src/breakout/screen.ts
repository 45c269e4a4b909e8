import { emptyPicture } from './empty-picture.js';
import type { Colors } from './palette.js';

/** Colours, and the picture of the walls in them. */
export interface Screen {
  readonly colors: Colors;
  readonly empty: Uint8Array;
}

/** A screen in these colours. */
export function screenIn(colors: Colors): Screen {
  return { colors, empty: emptyPicture(colors) };
}
