import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidFileError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../files/scratch-folder.js';
import { readJsonLines } from './read-json-lines.js';
import { readTable } from './read-table.js';

function file(text: string): string {
  const path = join(scratchFolder(), 'metrics');
  writeFileSync(path, text);
  return path;
}

const torn = 'ends within a row, which is left out.';
const unfinished = 'ends without a line end: digits of its last number may be missing.';

describe('readTable', () => {
  test.each([
    ['CRLF', 'a,b\r\n1,\r\n', [{ a: 1 }], undefined],
    ['a byte order mark', '\uFEFFa,b\n1,2\n', [{ a: 1, b: 2 }], undefined],
    ['quotes', '"a","b ""x"", y"\n"1","2"\n', [{ a: 1, 'b "x", y': 2 }], undefined],
    ['what other programs write for nothing', 'a,b,c,d\nnan,inf,-Infinity, \n', [{}], undefined],
    ['exponents and signs', 'a,b,c\n1e-7,+2,-.5\n', [{ a: 1e-7, b: 2, c: -0.5 }], undefined],
    ['empty lines', 'a,b\n\n1,2\n\n', [{ a: 1, b: 2 }], undefined],
    [
      'no last line end',
      'a,b\n1,2\n3,4',
      [
        { a: 1, b: 2 },
        { a: 3, b: 4 },
      ],
      unfinished,
    ],
    ['a torn row', 'a,b\n1,2\n3', [{ a: 1, b: 2 }], torn],
    ['a torn number', 'a,b\n1,2\n3,4.', [{ a: 1, b: 2 }], torn],
    ['a torn quote', 'a,b\n1,2\n3,"4', [{ a: 1, b: 2 }], torn],
    ['a header alone', 'a,b', [], undefined],
    ['nothing', '', [], undefined],
  ])('reads %s', (_, text, rows, warning) => {
    expect(readTable('test', file(text))).toEqual({ rows, ...(warning && { warning }) });
  });

  test.each(['a,b\n0x10,1\n', 'a,b\n1,true\n', 'a,b\n1\n', 'a,b\n1,2,3\n', 'a;b\n1;2,5\n', 'a,"b\n1,2\n', 'a,b\n1,"2"3\n'])('refuses %j', (text) => {
    expect(() => readTable('test', file(text))).toThrow(InvalidFileError);
  });
});

describe('readJsonLines', () => {
  test.each([
    ['CRLF', '{"a":1}\r\n{"a":2}\r\n', [{ a: 1 }, { a: 2 }], undefined],
    ['a byte order mark', '\uFEFF{"a":1}\n', [{ a: 1 }], undefined],
    ['empty lines', '{"a":1}\n\n', [{ a: 1 }], undefined],
    ['no last line end', '{"a":1}\n{"a":2}', [{ a: 1 }, { a: 2 }], undefined],
    ['a torn row', '{"a":1}\n{"a":2', [{ a: 1 }], torn],
    ['nothing', '\uFEFF', [], undefined],
  ])('reads %s', (_, text, rows, warning) => {
    expect(readJsonLines('test', file(text))).toEqual({ rows, ...(warning && { warning }) });
  });
});
