import type { Point } from './point.js';
import type { Size } from './size.js';

/** How much of each pixel a polygon covers, in a rectangle of pixels outside which it covers nothing. */
export interface Coverage {
  /** First column of the rectangle. */
  readonly left: number;
  /** First row of the rectangle. */
  readonly top: number;
  /** Its columns. */
  readonly columns: number;
  /** Its rows. */
  readonly rows: number;
  /** `[rows, columns + 1]`: areas from 0 to 1; the last column is scratch. */
  readonly areas: Float64Array;
}

/**
 * The exact area that a polygon covers of each pixel of a picture.
 *
 * Every edge adds the signed area to its right, a trapezoid in each row that it crosses: in the pixel that it passes through a
 * part, in all pixels to the right of that its height. What is added is differences along the row; their running sum is the area.
 * Corners may lie outside the picture. Where a polygon covers itself twice, it covers once.
 */
export function polygonCoverage(points: readonly Point[], size: Size): Coverage {
  const coverage = emptyCoverage(points, size);
  for (let i = 0; i < points.length; i++) addEdge(coverage, points[i]!, points[(i + 1) % points.length]!);
  sumRows(coverage);
  return coverage;
}

function emptyCoverage(points: readonly Point[], { width, height }: Size): Coverage {
  const [left, columns] = extent(points, 0, width);
  const [top, rows] = extent(points, 1, height);
  return { left, top, columns, rows, areas: new Float64Array(rows * (columns + 1)) };
}

/** First pixel and number of pixels that the points span on an axis, cut to the picture. */
function extent(points: readonly Point[], axis: 0 | 1, length: number): [first: number, count: number] {
  let low = length;
  let high = 0;
  for (const point of points) {
    low = Math.min(low, point[axis]);
    high = Math.max(high, point[axis]);
  }
  const first = Math.max(0, Math.floor(low));
  return [first, Math.max(0, Math.min(length, Math.ceil(high)) - first)];
}

function addEdge({ left, top, columns, rows, areas }: Coverage, from: Point, to: Point): void {
  const downwards = from[1] < to[1];
  const [startX, startY] = downwards ? from : to;
  const [endX, endY] = downwards ? to : from;
  if (startY === endY) return;
  const last = Math.min(rows, Math.ceil(endY - top));
  for (let row = Math.max(0, Math.floor(startY - top)); row < last; row++) {
    const enter = Math.max(startY, top + row);
    const leave = Math.min(endY, top + row + 1);
    const height = downwards ? enter - leave : leave - enter;
    const xAt = (y: number) => startX - left + ((y - startY) / (endY - startY)) * (endX - startX);
    addPiece({ areas, columns, at: row * (columns + 1) }, { from: xAt(enter), to: xAt(leave), height });
  }
}

interface Row {
  readonly areas: Float64Array;
  readonly columns: number;
  /** Where the row begins. */
  readonly at: number;
}

/** The part of an edge that lies in one row, from x to x; its height has a sign. */
function addPiece(row: Row, { from, to, height }: { from: number; to: number; height: number }): void {
  const low = Math.min(from, to);
  const high = Math.max(from, to);
  let start = low;
  do {
    // what lies to the left of the rectangle is one piece, and covers as if it ran along the side
    const end = Math.min(high, start < 0 ? 0 : Math.floor(start) + 1);
    const share = high === low ? 1 : (end - start) / (high - low);
    addCell(row, Math.max(0, (start + end) / 2), height * share);
    start = end;
  } while (start < high && start < row.columns);
}

/** A piece in one pixel, `middle` from the left on average: the area to its right there, and the rest of its height from the next on. */
function addCell({ areas, columns, at }: Row, middle: number, height: number): void {
  const column = Math.floor(middle);
  if (column >= columns) return;
  areas[at + column]! += height * (column + 1 - middle);
  areas[at + column + 1]! += height * (middle - column);
}

function sumRows({ columns, rows, areas }: Coverage): void {
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = row * (columns + 1); i < (row + 1) * (columns + 1); i++) {
      sum += areas[i]!;
      areas[i] = Math.min(1, Math.abs(sum));
    }
  }
}
