import { describe, expect, test } from 'vitest';
import { changedArea } from './changed-area.js';

/** A picture 5×4 with some bytes set. */
function picture(changes: readonly (readonly [column: number, row: number, channel: number])[]) {
  const data = new Uint8Array(60);
  for (const [column, row, channel] of changes) data[(row * 5 + column) * 3 + channel] = 1;
  return { width: 5, height: 4, data };
}

describe('changedArea', () => {
  test.each<[string, Parameters<typeof picture>[0], object | undefined]>([
    ['nothing', [], undefined],
    ['one pixel', [[3, 2, 1]], { left: 3, top: 2, width: 1, height: 1 }],
    [
      'two corners',
      [
        [0, 0, 0],
        [4, 3, 2],
      ],
      { left: 0, top: 0, width: 5, height: 4 },
    ],
    [
      'a row',
      [
        [1, 3, 2],
        [3, 3, 0],
      ],
      { left: 1, top: 3, width: 3, height: 1 },
    ],
    [
      'rows with a gap, the upper one further to the right',
      [
        [2, 0, 0],
        [1, 2, 0],
      ],
      { left: 1, top: 0, width: 2, height: 3 },
    ],
  ])('%s', (_, changes, area) => {
    expect(changedArea(picture([]), picture(changes))).toEqual(area);
    expect(changedArea(picture(changes), picture([]))).toEqual(area);
  });
});
