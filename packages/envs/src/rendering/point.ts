/**
 * A place in a picture, in pixels from its top left corner: x to the right, y down. The pixel of column i and row j is the square
 * from (i, j) to (i + 1, j + 1).
 */
export type Point = readonly [x: number, y: number];
