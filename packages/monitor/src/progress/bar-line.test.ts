import { describe, expect, test } from 'vitest';
import { barLine } from './bar-line.js';

const history = [0, 50, 100, 150, 200];
const status = { fraction: 0.42, steps: 42_000, total: 100_000, time: 0, rate: 30_300, elapsed: 1.4, remaining: 2, meanReturn: 158.2, history };

describe('barLine', () => {
  test('shows everything at 80 columns', () => {
    expect(barLine(status, 80, false)).toBe(' 42% |█████▍       |    42k/100k  30.3k/s  ETA 0:02   return 158.2   ▁▃▅▆█');
  });

  test('gives up the sparkline and the rate at 60 columns', () => {
    expect(barLine(status, 60, false)).toBe(' 42% |█████▉        |    42k/100k  ETA 0:02   return 158.2');
  });

  test('keeps bar, time and return at 40 columns', () => {
    expect(barLine(status, 40, false)).toBe(' 42% |██▌   |  ETA 0:02   return 158.2');
  });

  test('fills the bar in eighths from empty to full', () => {
    expect(barLine({ ...status, fraction: 0 }, 14, false)).toBe('  0% |      |');
    expect(barLine({ ...status, fraction: 1 / 48 }, 14, false)).toBe('  2% |▏     |');
    expect(barLine({ ...status, fraction: 1 }, 14, false)).toBe('100% |██████|');
  });

  test('never reaches the last column, whatever the width and the numbers', () => {
    const huge = { ...status, steps: 1.2345e12, total: 9.99e13, rate: 1.23456e-5, remaining: 9e6, meanReturn: -1.5e9 };
    for (let columns = 0; columns <= 200; columns++) {
      expect(barLine(status, columns, false).length).toBeLessThan(Math.max(1, columns));
      expect(barLine(huge, columns, true).length).toBeLessThan(Math.max(1, columns));
    }
  });

  test('keeps the places of the parts from one redraw to the next', () => {
    const early = { ...status, fraction: 0.001, steps: 100, rate: Number.NaN, remaining: Number.NaN, meanReturn: Number.NaN, history: [] };
    expect(barLine(early, 80, false).lastIndexOf('|')).toBe(barLine(status, 80, false).lastIndexOf('|'));
    expect(barLine(early, 80, false).indexOf('return')).toBe(barLine(status, 80, false).indexOf('return'));
  });
});
