import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eachLine, sizeInLines } from './each-line.js';
import { scratchFolder } from './scratch-folder.js';

function read(text: string): { lines: string[]; rest: string; whole: number } {
  const path = join(scratchFolder(), 'lines.txt');
  writeFileSync(path, text);
  const lines: string[] = [];
  const rest = eachLine(path, (line, number) => {
    expect(number).toBe(lines.length + 1);
    lines.push(line);
  });
  return { lines, rest, whole: sizeInLines(path).whole };
}

test.each([
  ['', [], '', 0],
  ['a\n', ['a'], '', 2],
  ['a\n\nb\n', ['a', '', 'b'], '', 5],
  ['a\nb', ['a'], 'b', 2],
  ['torn', [], 'torn', 0],
  ['\uFEFFa\r\nb\r\nc\r', ['a', 'b'], 'c', 9],
  ['\uFEFF', [], '', 0],
])('%j', (text, lines, rest, whole) => {
  expect(read(text)).toEqual({ lines, rest, whole });
});

test('lines that lie across the pieces in which a file is read, and letters of several bytes among them, stay whole', () => {
  const lines = Array.from({ length: 30_000 }, (_, at) => `${at} ${'größer '.repeat(at % 50)}`); // 6 MB
  const text = lines.map((line) => `${line}\n`).join('');
  const back = read(`${text}torn`);
  expect(back.rest).toBe('torn');
  expect(back.whole).toBe(Buffer.byteLength(text));
  expect(back.lines.length).toBe(lines.length);
  expect(back.lines.every((line, at) => line === lines[at])).toBe(true);
});

test('a line longer than a piece is one line', () => {
  const back = read(`${'x'.repeat(9_000_000)}\ny\n${'z'.repeat(9_000_000)}`);
  expect(back.lines.map((line) => line.length)).toEqual([9_000_000, 1]);
  expect([back.rest.length, back.whole]).toEqual([9_000_000, 9_000_003]);
});
