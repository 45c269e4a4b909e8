import { chmodSync, existsSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvalidOptionsError, UnavailableError } from '@pg/core';
import { describe, expect, test, vi } from 'vitest';
import { makeSpecialFile } from '../../fixtures/make-special-file.js';
import { scratchFolder } from '../../fixtures/scratch-folder.js';
import { beginReplacement, writeFileAtomically, writeFileAtomicallySync } from './replace-file.js';

const utf8 = new TextEncoder();
const ways: [string, (path: string | URL, text: string) => Promise<void>][] = [
  ['writeFileAtomically', (path, text) => writeFileAtomically('test', path, utf8.encode(text))],
  ['writeFileAtomicallySync', async (path, text) => writeFileAtomicallySync('test', path, text)],
];
const read = (path: string) => readFileSync(path, 'utf8');
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe.each(ways)('%s', (_, write) => {
  test('writes and replaces a file in folders that it makes, and leaves nothing beside it', async () => {
    const folder = scratchFolder();
    await write(join(folder, 'a', 'b.txt'), 'one');
    await write(pathToFileURL(join(folder, 'a', 'b.txt')), 'two');
    expect(read(join(folder, 'a', 'b.txt'))).toBe('two');
    expect(readdirSync(join(folder, 'a'))).toEqual(['b.txt']);
  });

  test.each([0o600, 0o640, 0o755, 0o444, 0o200])('keeps the permissions %o', async (mode) => {
    const path = join(scratchFolder(), 'file');
    writeFileSync(path, 'old');
    chmodSync(path, mode);
    await write(path, 'new');
    expect(modeOf(path)).toBe(mode);
    chmodSync(path, 0o600);
    expect(read(path)).toBe('new');
  });

  test('gives a new file the permissions that the process gives to any', async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'any'), '');
    await write(join(folder, 'file'), 'new');
    expect(modeOf(join(folder, 'file'))).toBe(modeOf(join(folder, 'any')));
  });

  test('keeps the owner', async ({ skip }) => {
    if (process.getuid?.() !== 0) skip('only the administrator can give files away');
    const { chownSync } = await import('node:fs');
    const path = join(scratchFolder(), 'file');
    writeFileSync(path, 'old', { mode: 0o600 });
    chownSync(path, 12345, 23456);
    await write(path, 'new');
    const { uid, gid } = statSync(path);
    expect([uid, gid, modeOf(path)]).toEqual([12345, 23456, 0o600]);
  });

  test('follows links, which stay', async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, 'deep'));
    writeFileSync(join(folder, 'deep', 'target'), 'old');
    symlinkSync(join('deep', 'target'), join(folder, 'relative'));
    symlinkSync('relative', join(folder, 'chain'));
    symlinkSync('deep', join(folder, 'folder'));
    symlinkSync(join('..', 'deep', 'target'), join(folder, 'deep', 'up'));
    for (const name of ['relative', 'chain', join('folder', 'target'), join('folder', 'up')]) {
      await write(join(folder, name), name);
      expect(read(join(folder, 'deep', 'target'))).toBe(name);
    }
    expect(readlinkSync(join(folder, 'relative'))).toBe(join('deep', 'target'));
    expect(readlinkSync(join(folder, 'chain'))).toBe('relative');
    expect(readlinkSync(join(folder, 'deep', 'up'))).toBe(join('..', 'deep', 'target'));
    expect(readdirSync(folder).sort()).toEqual(['chain', 'deep', 'folder', 'relative']);
    expect(readdirSync(join(folder, 'deep')).sort()).toEqual(['target', 'up']);
  });

  test('makes what a link leads to that is not there yet', async () => {
    const folder = scratchFolder();
    symlinkSync(join('missing', 'target'), join(folder, 'first'));
    symlinkSync('first', join(folder, 'second'));
    await write(join(folder, 'second'), 'new');
    expect(read(join(folder, 'missing', 'target'))).toBe('new');
    expect(lstatSync(join(folder, 'first')).isSymbolicLink() && lstatSync(join(folder, 'second')).isSymbolicLink()).toBe(true);
  });

  test('tells links that lead in a circle', async () => {
    const folder = scratchFolder();
    symlinkSync('b', join(folder, 'a'));
    symlinkSync('a', join(folder, 'b'));
    await expect(write(join(folder, 'a'), 'new')).rejects.toThrow(
      `test: got ELOOP from the file system for "${join(folder, 'a')}"; expected a path that can be written. The links lead in a circle; remove them.`,
    );
    expect(readdirSync(folder).sort()).toEqual(['a', 'b']);
  });

  test.each([
    ['folder', 'a folder', 'Name a file in it.'],
    ['pipe', 'a pipe (FIFO)', 'Write to a regular file, and copy that to where its contents are to go.'],
    ['socket', 'a socket', 'Write to a regular file, and copy that to where its contents are to go.'],
  ] as const)('refuses a %s, and a link to one', async (kind, words, remedy) => {
    const folder = scratchFolder();
    await makeSpecialFile(kind, join(folder, 'special'));
    symlinkSync('special', join(folder, 'link'));
    for (const name of ['special', 'link']) {
      const path = join(folder, name);
      await expect(write(path, 'new')).rejects.toThrow(UnavailableError);
      await expect(write(path, 'new')).rejects.toThrow(`test: got "${path}", which is ${words}; expected a regular file, or none yet. ${remedy}`);
    }
    expect(lstatSync(join(folder, 'special')).isFile()).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['link', 'special']);
  });

  test('refuses a device', async ({ skip }) => {
    if (!existsSync('/dev/null')) skip('a system without /dev/null');
    await expect(write('/dev/null', 'new')).rejects.toThrow('test: got "/dev/null", which is a character device; expected a regular file, or none yet.');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test.each([
    ['a name with a slash behind it', 'new/', 'which is a folder; expected a regular file, or none yet. Name a file in it.'],
    ['a file for a folder', 'file/new', 'expected a path that can be written. A part of the path is a file; choose another path.'],
    ['a name that is too long', 'n'.repeat(300), 'got ENAMETOOLONG from the file system'],
  ])('refuses %s', async (_, name, message) => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'file'), 'old');
    await expect(write(`${folder}/${name}`, 'new')).rejects.toThrow(UnavailableError);
    await expect(write(`${folder}/${name}`, 'new')).rejects.toThrow(message);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test.each([
    ['nothing', '', 'test: got the path ""; expected the path of a file, or a file: URL. Name a file;'],
    ['an address', 'https://example.org/policy', 'test: got the path "https://example.org/policy"; expected the path of a file, or a file: URL.'],
    ['an address as a URL', new URL('https://example.org/policy'), 'test: got the path "https://example.org/policy"; expected'],
    ['a URL of another host', new URL('file://far/policy'), 'test: got the path "file://far/policy" ('],
    ['a letter that no path has', 'a\0b', 'expected the path of a file'],
    ['a number', 5 as unknown as string, 'test: got the path 5; expected'],
    ['no path', undefined as unknown as string, 'test: got the path undefined; expected'],
  ])('refuses %s for a path', async (_, path, message) => {
    await expect(write(path, 'new')).rejects.toThrow(InvalidOptionsError);
    await expect(write(path, 'new')).rejects.toThrow(message);
  });

  test('names as long as a file system takes', async () => {
    const path = join(scratchFolder(), 'ü'.repeat(127));
    await write(path, 'new');
    expect(read(path)).toBe('new');
  });

  test('another name of an old file keeps the old contents: nothing is written into it', async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'file'), 'old');
    linkSync(join(folder, 'file'), join(folder, 'other'));
    await write(join(folder, 'file'), 'new');
    expect([read(join(folder, 'file')), read(join(folder, 'other'))]).toEqual(['new', 'old']);
  });
});

test('many at once leave one whole file', async () => {
  const folder = scratchFolder();
  await Promise.all(Array.from({ length: 16 }, (_, i) => writeFileAtomically('test', join(folder, 'file'), utf8.encode(`${i}`.repeat(1e5)))));
  expect(readdirSync(folder)).toEqual(['file']);
  expect(read(join(folder, 'file'))).toMatch(/^(\d+)\1+$/);
});

test('pieces are written one after the other', () => {
  const path = join(scratchFolder(), 'file');
  writeFileAtomicallySync('test', path, ['one ', 'two ', 'three']);
  expect(read(path)).toBe('one two three');
});

test('a replacement that is given up leaves the old file, and touches none that has its name afterwards', () => {
  const folder = scratchFolder();
  const path = join(folder, 'file');
  writeFileSync(path, 'old');
  const first = beginReplacement('test', path);
  writeFileSync(first.path, 'half');
  first.discard();
  expect([readdirSync(folder), read(path)]).toEqual([['file'], 'old']);
  const second = beginReplacement('test', path);
  expect(second.path).toBe(first.path);
  first.discard();
  writeFileSync(second.path, 'new');
  second.commit();
  second.discard();
  expect([readdirSync(folder), read(path)]).toEqual([['file'], 'new']);
});

test('where there is no file system', async () => {
  const path = join(scratchFolder(), 'file');
  vi.stubGlobal('process', { ...process, getBuiltinModule: undefined });
  const written = writeFileAtomically('test', path, new Uint8Array());
  await expect(written).rejects.toThrow('test: got a runtime without a file system; expected Node.js. Save to and load from bytes in a browser:');
  vi.unstubAllGlobals();
  expect(existsSync(path)).toBe(false);
});
