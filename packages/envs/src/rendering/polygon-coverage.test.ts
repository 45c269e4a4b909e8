import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Point } from './point.js';
import { polygonCoverage } from './polygon-coverage.js';

const size = { width: 8, height: 6 };

/** The areas as rows of the whole picture. */
function areas(points: readonly Point[], { width, height } = size): number[][] {
  const { left, top, columns, rows, areas } = polygonCoverage(points, { width, height });
  const at = (row: number, column: number) =>
    row >= top && row < top + rows && column >= left && column < left + columns ? areas[(row - top) * (columns + 1) + column - left]! : 0;
  return Array.from({ length: height }, (_, row) => Array.from({ length: width }, (_, column) => at(row, column)));
}

const total = (grid: number[][]) => grid.flat().reduce((sum, area) => sum + area, 0);
const cells = (grid: number[][]) => grid.flat();

function expectClose(got: number[][], expected: number[][]) {
  const wrong = cells(got).map((area, i) => Math.abs(area - cells(expected)[i]!));
  expect(Math.max(...wrong)).toBeLessThan(1e-9);
}

/** Twice the signed area of a triangle. */
const cross = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point) => (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);

const inside = fc.tuple(fc.double({ min: 0, max: 8, noNaN: true }), fc.double({ min: 0, max: 6, noNaN: true }));
const anywhere = fc.tuple(fc.double({ min: -20, max: 20, noNaN: true }), fc.double({ min: -20, max: 20, noNaN: true }));

describe('exact pixels', () => {
  test('a square on whole pixels', () => {
    const grid = areas([
      [1, 1],
      [3, 1],
      [3, 3],
      [1, 3],
    ]);
    expect(
      cells(grid)
        .map((area, i) => [i, area])
        .filter(([, area]) => area !== 0),
    ).toEqual([
      [9, 1],
      [10, 1],
      [17, 1],
      [18, 1],
    ]);
  });

  test('a square between pixels: 1/4 at the corners, 1/2 at the sides', () => {
    const grid = areas([
      [0.5, 0.5],
      [2.5, 0.5],
      [2.5, 2.5],
      [0.5, 2.5],
    ]);
    expect(grid.slice(0, 4).map((row) => row.slice(0, 4))).toEqual([
      [0.25, 0.5, 0.25, 0],
      [0.5, 1, 0.5, 0],
      [0.25, 0.5, 0.25, 0],
      [0, 0, 0, 0],
    ]);
  });

  test('a triangle: 1/2 on the diagonal', () => {
    const grid = areas([
      [0, 0],
      [3, 0],
      [0, 3],
    ]);
    expectClose(
      grid.slice(0, 4).map((row) => row.slice(0, 4)),
      [
        [1, 1, 0.5, 0],
        [1, 0.5, 0, 0],
        [0.5, 0, 0, 0],
        [0, 0, 0, 0],
      ],
    );
  });

  test('a flat slope: a right triangle of legs 4 and 1 in one row', () => {
    const grid = areas([
      [0, 0],
      [4, 1],
      [0, 1],
    ]);
    expectClose([grid[0]!.slice(0, 5)], [[7 / 8, 5 / 8, 3 / 8, 1 / 8, 0]]);
  });
});

describe('properties', () => {
  test('the areas sum to the area of the triangle', () => {
    fc.assert(
      fc.property(inside, inside, inside, (a, b, c) => {
        expect(total(areas([a, b, c]))).toBeCloseTo(Math.abs(cross(a, b, c)) / 2, 9);
      }),
    );
  });

  test('the two parts of a divided triangle cover what it covers, pixel by pixel', () => {
    fc.assert(
      fc.property(anywhere, anywhere, anywhere, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, c, share) => {
        const between: Point = [b[0] + share * (c[0] - b[0]), b[1] + share * (c[1] - b[1])];
        const one = areas([a, b, between]);
        const other = areas([a, between, c]);
        expectClose(
          areas([a, b, c]),
          one.map((row, j) => row.map((area, i) => area + other[j]![i]!)),
        );
      }),
    );
  });

  test('the direction of the corners does not matter', () => {
    fc.assert(fc.property(anywhere, anywhere, anywhere, (a, b, c) => expectClose(areas([a, b, c]), areas([c, b, a]))));
  });

  test('a picture shows what a larger one shows there', () => {
    fc.assert(
      fc.property(anywhere, anywhere, anywhere, (a, b, c) => {
        const moved = [a, b, c].map(([x, y]) => [x + 20, y + 20] as const);
        const large = areas(moved, { width: 48, height: 46 });
        const cut = large.slice(20, 26).map((row) => row.slice(20, 28));
        expectClose(areas([a, b, c]), cut);
      }),
    );
  });
});

test('nothing outside the picture, everything around it', () => {
  const around: Point[] = [
    [-1e9, -1e9],
    [1e9, -1e9],
    [1e9, 1e9],
    [-1e9, 1e9],
  ];
  expect(total(areas(around))).toBe(48);
  for (const [x, y] of [
    [-30, 0],
    [30, 0],
    [0, -30],
    [0, 30],
  ] as const) {
    const beside: Point[] = [
      [x, y],
      [x + 10, y],
      [x + 10, y + 8],
      [x, y + 8],
    ];
    expect(total(areas(beside))).toBe(0);
  }
  expect(total(areas([]))).toBe(0);
});
