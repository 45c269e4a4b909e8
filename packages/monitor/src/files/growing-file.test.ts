import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openGrowingFile } from './growing-file.js';
import { scratchFolder } from './scratch-folder.js';

test('a file keeps what it is told to, and grows after it', () => {
  const path = join(scratchFolder(), 'a', 'file');
  const first = openGrowingFile({ where: 'test', path, keep: 0 });
  first.append(Buffer.from('one two'));
  expect([first.size, readFileSync(path, 'utf8')]).toEqual([7, 'one two']);
  first.close();
  first.close();
  writeFileSync(path, 'one two three');
  const second = openGrowingFile({ where: 'test', path, keep: 4 });
  second.append(Buffer.from('more'));
  second.close();
  expect(readFileSync(path, 'utf8')).toBe('one more');
});
