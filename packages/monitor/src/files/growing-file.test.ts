import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnavailableError } from '@pg/core';
import { expect, test } from 'vitest';
import { openGrowingFile } from './growing-file.js';
import { scratchFolder } from './scratch-folder.js';

const piece = (text: string) => Buffer.from(text);

test('a file is begun anew, or grows after what it holds', () => {
  const path = join(scratchFolder(), 'a', 'file');
  for (const [append, text] of [
    [false, 'one'],
    [true, 'oneone'],
    [false, 'one'],
  ] as const) {
    // biome-ignore format: a table
    const file = openGrowingFile({ where: 'test', path, append });
    file.append(piece('one'));
    file.close();
    file.close();
    expect(readFileSync(path, 'utf8')).toBe(text);
  }
});

test('files of several writers hold the pieces of all, and opening one cuts nothing off', () => {
  const path = join(scratchFolder(), 'file');
  const first = openGrowingFile({ where: 'test', path, append: false });
  first.append(piece('1'));
  const second = openGrowingFile({ where: 'test', path, append: true });
  for (const file of [first, second, first]) file.append(piece('2'));
  expect(readFileSync(path, 'utf8')).toBe('1222');
});

test('a file that was removed is not made again; one that was replaced is gone on with', () => {
  const folder = scratchFolder();
  const [path, other] = [join(folder, 'a', 'file'), join(folder, 'other')];
  const file = openGrowingFile({ where: 'test', path, append: false });
  expect(file.refresh()).toBe(false);
  rmSync(path);
  expect(() => file.append(piece('x'))).toThrow(UnavailableError);
  expect(() => file.append(piece('x'))).toThrow(`test.write: got "${path}", which was removed or renamed while it was written;`);
  writeFileSync(other, 'new ');
  renameSync(other, path);
  file.append(piece('x'));
  expect(readFileSync(path, 'utf8')).toBe('new x');
  rmSync(join(folder, 'a'), { recursive: true });
  expect(() => file.append(piece('x'))).toThrow('was removed or renamed');
});
