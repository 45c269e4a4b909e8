import { InvalidOptionsError } from '@pg/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { progressBar } from './progress-bar.js';

const at = (step: number, meanReturn = step / 10) => ({ step, episodes: 1, meanReturn, meanLength: 1 });

function fakeStream(columns?: number) {
  const writes: string[] = [];
  const write = (text: string) => writes.push(text) > 0;
  return columns === undefined ? { writes, write } : { writes, write, isTTY: true, columns };
}

const controlStart = String.fromCharCode(27);
/** A write without its control sequences and its line end. */
const shown = (text: string) => text.replace(new RegExp(`${controlStart}\\[[0-9;?]*[A-Za-z]`, 'g'), '').trimEnd();

beforeEach(() => {
  vi.stubEnv('CI', undefined);
  vi.stubEnv('TERM', 'xterm');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('progressBar on a terminal', () => {
  test.each([80, 60, 40])('redraws one line that fits into %d columns', (columns) => {
    const stream = fakeStream(columns);
    let time = 0;
    const bar = progressBar({ total: 1000, stream, now: () => time });
    for (const step of [100, 200, 300]) {
      time += 1000;
      bar.update(at(step));
    }
    expect(stream.writes).toHaveLength(3);
    for (const text of stream.writes) {
      expect(shown(text).length).toBeLessThan(columns);
      expect(text.split('\n')).toHaveLength(2);
    }
    expect(stream.writes[1]).toContain(`${controlStart}[1A`);
    expect(shown(stream.writes[2]!)).toContain('30% |');
    expect(shown(stream.writes[2]!)).toContain('return 30.00');
  });

  test('draws at most ten times a second, and the last state at stop', () => {
    const stream = fakeStream(80);
    let time = 0;
    const bar = progressBar({ total: 1000, stream, now: () => time });
    for (let step = 1; step <= 500; step++, time += 1) bar.update(at(step));
    expect(stream.writes).toHaveLength(5);
    expect(shown(stream.writes[4]!)).toContain('40% |');
    bar.stop();
    expect(stream.writes).toHaveLength(6);
    expect(shown(stream.writes[5]!)).toContain('50% |');
    expect(shown(stream.writes[5]!)).toContain('took 0:01');
  });

  test('is no wider than asked, and follows a resized window', () => {
    const stream = { ...fakeStream(80), columns: 80 };
    let time = 0;
    const bar = progressBar({ total: 10, stream, now: () => time, width: 50 });
    bar.update(at(1));
    stream.columns = 30;
    time = 1000;
    bar.update(at(2));
    expect(shown(stream.writes[0]!).length).toBeLessThan(50);
    expect(shown(stream.writes[1]!).length).toBeLessThan(30);
  });

  test('stays as it is after stop, and writes nothing when there was no update', () => {
    const stream = fakeStream(80);
    const bar = progressBar({ total: 10, stream, now: () => 0 });
    bar.stop();
    bar.update(at(5));
    bar.stop();
    expect(stream.writes).toEqual([]);
  });
});

describe('progressBar elsewhere', () => {
  test('prints a plain line each tenth and one at the end', () => {
    const stream = fakeStream();
    let time = 0;
    const bar = progressBar({ total: 1000, stream, now: () => time });
    for (let step = 20; step <= 1000; step += 20) {
      time += 100;
      bar.update(at(step));
    }
    bar.stop();
    expect(stream.writes).toHaveLength(10);
    expect(stream.writes[2]).toBe(' 30%  300/1k steps  1 episode  200/s  after 0:02  ETA 0:04  return 30.00\n');
    expect(stream.writes[9]).toBe('100%  1k/1k steps  1 episode  200/s  took 0:05  return 100.0\n');
    expect(stream.writes.join('')).not.toContain(controlStart);
  });

  test('prints one line for a leap over several tenths, and where a stopped run ended', () => {
    const stream = fakeStream();
    const bar = progressBar({ total: 100, start: 1000, stream, now: () => 0 });
    bar.update(at(1005));
    bar.update(at(1035));
    bar.update(at(1036));
    bar.stop();
    expect(stream.writes.map((line) => line.slice(0, 4))).toEqual([' 35%', ' 36%']);
  });

  test('prints a line each minute of a long run', () => {
    const stream = fakeStream();
    let time = 0;
    const bar = progressBar({ total: 1e6, stream, now: () => time });
    for (let step = 1; step <= 100; step++) {
      time += 5000;
      bar.update(at(step));
    }
    expect(stream.writes.map((line) => /after (\S+)/.exec(line)?.[1])).toEqual(['1:00', '2:00', '3:00', '4:00', '5:00', '6:00', '7:00', '8:00']);
  });

  test('counts episodes or updates where a run has a number of these', () => {
    const stream = fakeStream();
    const [episodes, updates] = (['episodes', 'updates'] as const).map((unit) => progressBar({ total: 20, start: 10, unit, stream, now: () => 0 }));
    episodes!.update({ step: 5000, episodes: 15, meanReturn: 1, meanLength: 1 });
    updates!.update({ step: 5000, episodes: 15, updates: 20, meanReturn: 1, meanLength: 1 });
    expect(stream.writes).toEqual([
      ' 25%  5/20 episodes  -/s  after 0:00  ETA -:--  return 1.00\n',
      ' 50%  10/20 updates  15 episodes  -/s  after 0:00  ETA -:--  return 1.00\n',
    ]);
  });

  test('is plain on a terminal when CI is set', () => {
    vi.stubEnv('CI', 'true');
    const stream = fakeStream(80);
    const bar = progressBar({ total: 10, stream, now: () => 0 });
    bar.update(at(10, Number.NaN));
    bar.stop();
    expect(stream.writes).toEqual(['100%  10/10 steps  1 episode  -/s  took 0:00  return -\n']);
  });
});

test('progressBar refuses wrong options in a sentence', () => {
  expect(() => progressBar({ total: 0 })).toThrow(InvalidOptionsError);
  expect(() => progressBar({ total: 0 })).toThrow('progressBar: got total: 0; expected a number greater than 0. Change "total".');
  expect(() => progressBar({ total: 1, now: 5 as never })).toThrow('expected a function that returns milliseconds');
  expect(() => progressBar({ total: 1, stream: {} as never })).toThrow('expected a stream to write to, such as process.stderr');
});
