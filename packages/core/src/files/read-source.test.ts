import { chmodSync, closeSync, ftruncateSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvalidFileError } from '@pg/core';
import { expect, test } from 'vitest';
import { makeSpecialFile } from '../../fixtures/make-special-file.js';
import { scratchFolder } from '../../fixtures/scratch-folder.js';
import { readSource } from './read-source.js';

test('a file by path, link, URL and text of a URL; an empty one has no bytes', async () => {
  const folder = scratchFolder();
  const path = join(folder, 'file');
  writeFileSync(path, 'text');
  symlinkSync('file', join(folder, 'link'));
  for (const source of [path, join(folder, 'link'), pathToFileURL(path), pathToFileURL(path).href]) {
    expect(await readSource('test', source)).toEqual(Uint8Array.from(Buffer.from('text')));
  }
  writeFileSync(path, '');
  expect(await readSource('test', path)).toEqual(new Uint8Array());
});

test.each([
  ['folder', 'a folder'],
  ['pipe', 'a pipe (FIFO)'],
  ['socket', 'a socket'],
] as const)('a %s is refused at once', async (kind, words) => {
  const path = join(scratchFolder(), 'f');
  await makeSpecialFile(kind, path);
  await expect(readSource('test', path)).rejects.toThrow(InvalidFileError);
  await expect(readSource('test', path)).rejects.toThrow(
    new RegExp(`^test: got ".*", which is ${words.replace(/[()]/g, '\\$&')}; expected a readable path, URL, Response or bytes\\. Name a file, or read`),
  );
});

test('a device, which has no end', async ({ skip }) => {
  if (process.platform === 'win32') skip('a system without /dev/zero');
  await expect(readSource('test', '/dev/zero')).rejects.toThrow('test: got "/dev/zero", which is a character device; expected a readable path');
});

test('a file that is larger than memory', async () => {
  const path = join(scratchFolder(), 'f');
  const descriptor = openSync(path, 'w');
  ftruncateSync(descriptor, 2 ** 40);
  closeSync(descriptor);
  await expect(readSource('test', path)).rejects.toThrow(/" with 1099511627776 bytes; expected .* It is larger than 4294967296 bytes: it is another file\.$/);
});

test.each([
  ['missing', (path: string) => `${path}.none`, /\(ENOENT: .*There is no such file; check the path\.$/],
  ['behind a file', (path: string) => join(path, 'more'), /\(ENOTDIR: .*A part of the path is a file; choose another path\.$/],
])('a file that is %s', async (_, at, message) => {
  const path = join(scratchFolder(), 'f');
  writeFileSync(path, '');
  await expect(readSource('test', at(path))).rejects.toThrow(message);
});

test('a file that this user may not read', async ({ skip }) => {
  if (process.getuid?.() === 0) skip('the administrator may read all');
  const path = join(scratchFolder(), 'f');
  writeFileSync(path, '');
  chmodSync(path, 0);
  await expect(readSource('test', path)).rejects.toThrow(/\(EACCES: .*Check the permissions of the file and its folder\.$/);
});

test('what is no source', async () => {
  for (const source of [5, undefined, {}]) await expect(readSource('test', source as never)).rejects.toThrow(InvalidFileError);
});
