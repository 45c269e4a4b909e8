import { expect, test } from 'vitest';
import { tickLabels } from './tick-label.js';

test.each([
  [
    [0, 500_000, 1_000_000, 1_500_000],
    ['0', '500k', '1M', '1.5M'],
  ],
  [
    [0, 5000, 10_000],
    ['0', '5k', '10k'],
  ],
  [
    [0, 2000, 4000],
    ['0', '2000', '4000'],
  ],
  [
    [-21, 0, 21],
    ['−21', '0', '21'],
  ],
  [
    [0, 0.1, 0.2, 0.30000000000000004],
    ['0', '0.1', '0.2', '0.3'],
  ],
])('%j', (ticks, labels) => {
  expect(tickLabels(ticks)).toEqual(labels);
});
