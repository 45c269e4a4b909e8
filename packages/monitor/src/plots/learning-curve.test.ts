import { InvalidOptionsError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { learningCurve } from './learning-curve.js';
import { medianCurve } from './median-curve.js';

const line = (label: string, ...pairs: [number, number][]) => ({ label, points: pairs.map(([x, y]) => ({ x, y })) });

/** Every tag is closed by its own name, and there is exactly one root. */
function isWellFormed(document: string): boolean {
  const open: string[] = [];
  let roots = 0;
  for (const [, close, name, rest] of document.matchAll(/<(\/?)([a-zA-Z]+)((?:\s[\w-]+="[^"<]*")*\s*\/?)>/g)) {
    if (close && open.pop() !== name) return false;
    if (!close && open.length === 0) roots++;
    if (!close && !rest!.endsWith('/')) open.push(name!);
  }
  const text = document.replace(/<(\/?)([a-zA-Z]+)((?:\s[\w-]+="[^"<]*")*\s*\/?)>/g, '');
  return open.length === 0 && roots === 1 && !text.includes('<') && !/&(?!amp;|lt;|gt;|quot;)/.test(text);
}

const paths = (svg: string) => [...svg.matchAll(/<path d="([^"]*)" stroke="([^"]*)"/g)].map(([, d, stroke]) => ({ d, stroke }));

describe('learningCurve', () => {
  test('draws a known curve at known pixels', () => {
    const svg = learningCurve([line('a', [0, 0], [50_000, 100], [100_000, 500])]);
    expect(svg).toContain('<svg xmlns="http://www.w3.org/2000/svg" width="800" height="450" viewBox="0 0 800 450"');
    // The plot: 67 to 774 across (0 to 100k), 398 to 20 down (0 to 500).
    expect(svg).toContain('<path d="M67,20V398H774" fill="none"');
    expect(paths(svg)).toEqual([{ d: 'M67,398L420.5,322.4L774,20', stroke: '#0072B2' }]);
    expect(svg).toContain('<text x="774" y="416">100k</text>');
    expect(svg).toContain('<text x="59" y="24">500</text>');
    expect(isWellFormed(svg)).toBe(true);
  });

  test('names the axes, by default in the words of the field', () => {
    const svg = learningCurve([line('a', [0, 1], [1, 2])]);
    expect(svg).toContain('>environment steps</text>');
    expect(svg).toContain('>mean return</text>');
    expect(svg).toContain('<title>mean return over environment steps</title>');
    expect(learningCurve([], { xLabel: 'updates', yLabel: 'loss', title: 'A2C' })).toMatch(
      /<title>A2C<\/title>[\s\S]*>A2C<\/text>[\s\S]*>updates<\/text>[\s\S]*>loss<\/text>/,
    );
  });

  test('gives the same bytes for the same input', () => {
    const draw = () => learningCurve([line('a', [0, 1], [10, 2])], { title: 'x', reference: { y: 5, label: 'goal' } });
    expect(draw()).toBe(draw());
  });

  test('labels several series at their ends, and a single one not at all', () => {
    const [one, two] = [line('first run', [0, 0], [10, 10]), line('second run', [0, 0], [10, 9.9])];
    expect(learningCurve([one])).not.toContain('first run');
    const svg = learningCurve([one, two]);
    expect(paths(svg).map(({ stroke }) => stroke)).toEqual(['#0072B2', '#D55E00']);
    const labels = [...svg.matchAll(/y="([\d.]+)" fill="(#\w+)">(first|second) run</g)].map(([, y, fill, name]) => ({ y: Number(y), fill, name }));
    expect(labels).toEqual([
      { y: 24, fill: '#0072B2', name: 'first' },
      { y: 39, fill: '#D55E00', name: 'second' },
    ]);
  });

  test('labels no series that has nothing to draw', () => {
    const svg = learningCurve([line('drawn', [0, 0], [10, 10]), line('waiting', [0, Number.NaN])]);
    expect(svg).toContain('>drawn</text>');
    expect(svg).not.toContain('waiting');
  });

  test('dashes the colours when they come again, and keeps all labels inside', () => {
    const many = Array.from({ length: 60 }, (_, index) => line(`run ${index}`, [0, 0], [10, 5]));
    const svg = learningCurve(many);
    expect(svg.match(/stroke="#0072B2" stroke-dasharray="7 4"/g)).toHaveLength(3);
    const heights = [...svg.matchAll(/y="([\d.]+)" fill="#\w+">run /g)].map(([, y]) => Number(y));
    expect(heights).toHaveLength(60);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...heights)).toBeLessThanOrEqual(402.01);
  });

  test('cuts a label that would take more than its margin', () => {
    const svg = learningCurve([line('a'.repeat(200), [0, 0]), line('b', [1, 1])], { width: 400 });
    expect(svg).toMatch(/>a{5,15}…<\/text>/);
    expect(svg).not.toContain('a'.repeat(20));
  });

  test('draws a reference line with its name', () => {
    const svg = learningCurve([line('a', [0, 0], [100, 100])], { reference: { y: 195, label: 'solved at 195' } });
    expect(svg).toContain('stroke-dasharray="6 4"/>');
    expect(svg).toContain('>solved at 195</text>');
    expect(svg).toContain('>200</text>');
  });

  test('leaves a gap where a point is not finite', () => {
    const svg = learningCurve([line('a', [0, 0], [25, 10], [50, Number.NaN], [75, 10], [100, 0])]);
    expect(paths(svg)[0]!.d!.match(/M/g)).toHaveLength(2);
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  test('draws a single point as a dot', () => {
    const svg = learningCurve([line('a', [0, Number.NaN], [5000, 21.5])]);
    expect(svg).toMatch(/<circle cx="774" cy="[\d.]+" r="4" fill="#0072B2"\/>/);
    expect(paths(svg)).toEqual([]);
  });

  test('draws a constant return in the middle', () => {
    expect(paths(learningCurve([line('a', [0, -200], [100, -200])]))[0]!.d).toMatch(/^M[\d.]+,209L774,209$/);
  });

  test.each([
    ['no series', []],
    ['no points', [line('a')]],
    ['no finished episode', [line('a', [500, Number.NaN])]],
  ])('says so when there is nothing to draw: %s', (_name, series) => {
    const svg = learningCurve(series);
    expect(svg).toContain('>no finished episode yet</text>');
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(isWellFormed(svg)).toBe(true);
  });

  test('says so where a logarithmic axis has no place for anything', () => {
    expect(learningCurve([line('a', [1, -2], [2, -3])], { yScale: 'log' })).toContain('>nothing above 0 to draw on a logarithmic axis</text>');
  });

  test('draws what it can of numbers too large for an axis', () => {
    expect(learningCurve([line('a', [1, -1e308], [2, 3], [3, 1e308], [4, 5])])).toContain('<path d="M');
  });

  test('breaks a long title into lines, and cuts one that no lines hold', () => {
    const title = 'A2C on Pong from pixels with the preset fast: no rounds, a learning rate that falls from 3e-3 to 1e-4, and no entropy at the end';
    const lines = [...learningCurve([], { title }).matchAll(/font-weight="600">([^<]*)</g)].map(([, text]) => text);
    expect(lines).toHaveLength(2);
    expect(lines.join(' ')).toBe(title);
    expect(learningCurve([], { title, height: 160 })).toMatch(/font-weight="600">[^<]*…</);
  });

  test('escapes the texts of the caller', () => {
    const svg = learningCurve([line('<a>', [0, 0]), line('b & c', [1, 1])], { title: '"x" < y', reference: { y: 1, label: '</svg>' } });
    expect(isWellFormed(svg)).toBe(true);
    expect(svg).toContain('>&lt;a&gt;</text>');
    expect(svg).toContain('>&lt;/svg&gt;</text>');
  });

  test('shows seconds in the unit that suits them', () => {
    const svg = learningCurve([line('a', [0, 0], [2400, 10])], { xUnit: 'seconds' });
    expect(svg).toContain('>wall-clock time (minutes)</text>');
    expect(svg).toContain('<text x="774" y="416">40</text>');
    expect(learningCurve([line('a', [0, 0], [90, 1])], { xUnit: 'seconds', xLabel: 'training' })).toContain('>training (seconds)</text>');
    expect(learningCurve([line('a', [0, 0], [5 * 3600, 1])], { xUnit: 'seconds' })).toContain('(hours)');
  });

  test('draws the band of several seeds below their median, and says what it is', () => {
    const runs = [line('', [0, 0], [10, 10]), line('', [0, 0], [10, 20])].map(({ points }) => points);
    const svg = learningCurve([medianCurve('A2C', runs, { noun: 'seeds' })], { title: 'A2C' });
    expect(svg).toContain('>median of 2 seeds, from the lowest to the highest</text>');
    const band = /<path d="([^"]*)" fill="#0072B2" fill-opacity="0.18" stroke="none"\/>/.exec(svg);
    expect(band![1]).toBe('M60,398L774,64L774,231L60,398Z');
    expect(svg.indexOf(band![0])).toBeLessThan(svg.indexOf('stroke="#0072B2"'));
    const three = medianCurve('PPO', [...runs, runs[0]!], { noun: 'seeds' });
    expect(learningCurve([three, medianCurve('A2C', runs, { noun: 'seeds' })])).toContain('>median of 2 or 3 seeds, from the lowest to the highest<');
    expect(learningCurve([medianCurve('A2C', runs)], { note: '' })).not.toContain('median of');
    expect(isWellFormed(svg)).toBe(true);
  });

  test('draws on logarithmic axes, and leaves out what they have no place for', () => {
    const svg = learningCurve([line('a', [0, 5], [1, 1], [10, 10], [100, 100], [1000, 0])], { xScale: 'log', yScale: 'log' });
    expect(paths(svg)[0]!.d).toBe('M67,398L420.5,209L774,20');
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(() => learningCurve([], { yScale: 'log', reference: { y: 0, label: 'none' } })).toThrow('learningCurve: got reference.y: 0 with yScale: "log";');
  });

  test('marks every point when asked to', () => {
    expect(learningCurve([line('a', [0, 0], [1, 1], [2, 4])], { markers: true }).match(/<circle/g)).toHaveLength(3);
  });

  test('stays small for a long run', () => {
    const points = Array.from({ length: 200_000 }, (_, x) => ({ x, y: (x * 7919) % 1000 }));
    expect(learningCurve([{ label: 'long', points }]).length).toBeLessThan(25_000);
  });

  test('refuses wrong options in a sentence', () => {
    expect(() => learningCurve([], { width: 10 })).toThrow(InvalidOptionsError);
    expect(() => learningCurve([], { width: 10 })).toThrow('learningCurve: got width: 10; expected a number at least 240.');
    expect(() => learningCurve([], { titles: 'x' } as never)).toThrow('Did you mean "title"?');
  });
});
