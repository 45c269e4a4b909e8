import { UnavailableError } from '@pg/core';
import { expect, test } from 'vitest';
import { onFile, onFileRead } from './on-file.js';

/** Refuses as the system does. */
function refuse(code: string): never {
  throw Object.assign(new Error(`${code}: refused`), { code });
}

test.each([
  ['ENOSPC', 'a path that can be written. The disk is full; free some space.'],
  ['EFBIG', 'a path that can be written. Files may not be that large here: raise the limit (ulimit -f)'],
  ['EXDEV', 'a path that can be written. Check the path; the system says: EXDEV: refused.'],
])('what is refused to a writer: %s', (code, message) => {
  expect(() => onFile('csv', 'a.csv', () => refuse(code))).toThrow(UnavailableError);
  expect(() => onFile('csv', 'a.csv', () => refuse(code))).toThrow(`csv: got ${code} from the file system for "a.csv"; expected ${message}`);
});

test.each([
  ['EACCES', 'a path that can be read. Check the permissions of the file and its folder.'],
  ['ENOENT', 'a path that can be read. There is no such file; check the path.'],
])('what is refused to a reader: %s', (code, message) => {
  expect(() => onFileRead('readRun', 'a.json', () => refuse(code))).toThrow(`readRun: got ${code} from the file system for "a.json"; expected ${message}`);
});
