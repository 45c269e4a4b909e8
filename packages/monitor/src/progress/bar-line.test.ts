import { describe, expect, test } from 'vitest';
import { barLine } from './bar-line.js';
import { plainStyle, styleFor } from './style.js';

const history = [0, 50, 100, 150, 200];
const status = {
  fraction: 0.42,
  unit: 'steps',
  steps: 42_000,
  total: 100_000,
  episodes: 9,
  time: 0,
  rate: 30_300,
  elapsed: 1.4,
  remaining: 2,
  meanReturn: 158.2,
  history,
  losses: [],
} as const;

const line = (columns: number) => barLine(status, columns, { finished: false, style: plainStyle });

describe('barLine', () => {
  test('shows everything at 80 columns', () => {
    expect(barLine(status, 80, { finished: false, style: plainStyle })).toBe(' 42% |█████▍       |    42k/100k  30.3k/s  ETA 0:02   return 158.2   ▁▃▅▆█');
  });

  test('gives up the sparkline and the rate at 60 columns', () => {
    expect(barLine(status, 60, { finished: false, style: plainStyle })).toBe(' 42% |█████▉        |    42k/100k  ETA 0:02   return 158.2');
  });

  test('keeps bar, time and return at 40 columns', () => {
    expect(barLine(status, 40, { finished: false, style: plainStyle })).toBe(' 42% |██▌   |  ETA 0:02   return 158.2');
  });

  test('keeps percent and return at 20 columns', () => {
    expect(line(20)).toBe(' 42%  return 158.2');
  });

  test('paints the bar, the return and its course, and nothing wider', () => {
    const painted = barLine(status, 80, { finished: false, style: styleFor({ write: () => true }, {}) });
    const esc = String.fromCharCode(27);
    expect(painted).toContain(`|${esc}[36m█████▍       ${esc}[39m|`);
    expect(painted).toContain(`${esc}[1mreturn 158.2 ${esc}[22m`);
    expect(painted.replace(new RegExp(`${esc}\\[\\d+m`, 'g'), '')).toBe(line(80));
  });

  test('fills the bar in eighths from empty to full', () => {
    expect(barLine({ ...status, fraction: 0 }, 14, { finished: false, style: plainStyle })).toBe('  0% |      |');
    expect(barLine({ ...status, fraction: 1 / 48 }, 14, { finished: false, style: plainStyle })).toBe('  2% |▏     |');
    expect(barLine({ ...status, fraction: 1 }, 14, { finished: false, style: plainStyle })).toBe('100% |██████|');
  });

  test('never reaches the last column, whatever the width and the numbers', () => {
    const huge = { ...status, steps: 1.2345e12, total: 9.99e13, rate: 1.23456e-5, remaining: 9e6, meanReturn: -1.5e9 };
    for (let columns = 0; columns <= 200; columns++) {
      expect(barLine(status, columns, { finished: false, style: plainStyle }).length).toBeLessThan(Math.max(1, columns));
      expect(barLine(huge, columns, { finished: true, style: plainStyle }).length).toBeLessThan(Math.max(1, columns));
    }
  });

  test('keeps the places of the parts from one redraw to the next', () => {
    const early = { ...status, fraction: 0.001, steps: 100, rate: Number.NaN, remaining: Number.NaN, meanReturn: Number.NaN, history: [] };
    expect(barLine(early, 80, { finished: false, style: plainStyle }).lastIndexOf('|')).toBe(
      barLine(status, 80, { finished: false, style: plainStyle }).lastIndexOf('|'),
    );
    expect(barLine(early, 80, { finished: false, style: plainStyle }).indexOf('return')).toBe(
      barLine(status, 80, { finished: false, style: plainStyle }).indexOf('return'),
    );
  });
});
