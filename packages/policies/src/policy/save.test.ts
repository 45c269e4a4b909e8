import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UnavailableError } from '@pg/core';
import { describe, expect, test, vi } from 'vitest';
import { makers } from '../../fixtures/policies.js';
import { scratchFolder } from '../../fixtures/scratch-folder.js';
import { loadPolicy } from './load-policy.js';

const bytes = makers.categorical().toBytes();

describe('save', () => {
  test('makes folders and leaves one file, which loads by path and by URL', async () => {
    const path = join(scratchFolder(), 'a', 'b', 'policy with space.safetensors');
    await makers.categorical().save(path);
    expect(readdirSync(join(path, '..'))).toEqual(['policy with space.safetensors']);
    expect(new Uint8Array(readFileSync(path))).toEqual(bytes);
    for (const source of [path, pathToFileURL(path), pathToFileURL(path).href]) expect((await loadPolicy(source)).toBytes()).toEqual(bytes);
  });

  test('to a URL, as an object or a string', async () => {
    const folder = scratchFolder();
    await makers.categorical().save(pathToFileURL(join(folder, 'one')));
    await makers.categorical().save(pathToFileURL(join(folder, 'two')).href);
    expect(readdirSync(folder).sort()).toEqual(['one', 'two']);
  });

  test('replaces an older file', async () => {
    const path = join(scratchFolder(), 'policy');
    await makers.categorical(1).save(path);
    await makers.categorical(2).save(path);
    expect((await loadPolicy(path)).toBytes()).toEqual(makers.categorical(2).toBytes());
  });

  test('many at once leave one whole file', async () => {
    const folder = scratchFolder();
    const policies = Array.from({ length: 16 }, (_, seed) => makers.categorical(seed));
    await Promise.all(policies.map((policy) => policy.save(join(folder, 'policy'))));
    expect(readdirSync(folder)).toEqual(['policy']);
    const found = Buffer.from(readFileSync(join(folder, 'policy')));
    expect(policies.filter((policy) => found.equals(policy.toBytes()))).toHaveLength(1);
  });

  test('an older file stays whole when writing fails, and nothing else is left', async () => {
    const folder = scratchFolder();
    const path = join(folder, 'policy');
    await makers.categorical(1).save(path);
    const load = process.getBuiltinModule;
    const files = load('node:fs');
    const open = async (...given: Parameters<typeof files.promises.open>) => {
      const file = await files.promises.open(...given);
      file.writeFile = async () => {
        await file.write('half');
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      };
      return file;
    };
    const spy = vi
      .spyOn(process, 'getBuiltinModule')
      .mockImplementation((name: string) => (name === 'node:fs' ? { ...files, promises: { ...files.promises, open } } : load(name)));
    const saved = makers.categorical(2).save(path);
    await expect(saved).rejects.toThrow(UnavailableError);
    await expect(saved).rejects.toThrow(
      `policy.save: got ENOSPC from the file system for "${path}"; expected a path that can be written. The disk is full; free some space.`,
    );
    spy.mockRestore();
    expect(readdirSync(folder)).toEqual(['policy']);
    expect(new Uint8Array(readFileSync(path))).toEqual(bytes);
  });

  test('a folder or a file in the way', async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'file'), 'x');
    await expect(makers.categorical().save(join(folder, 'taken'))).rejects.toThrow(UnavailableError);
    await expect(makers.categorical().save(join(folder, 'file', 'policy'))).rejects.toThrow(/^policy\.save: got .*; expected a path that can be written\./);
    expect(readdirSync(folder).sort()).toEqual(['file', 'taken']);
    expect(readdirSync(join(folder, 'taken'))).toEqual([]);
  });

  test('a URL that is no file', async () => {
    await expect(makers.categorical().save(new URL('https://example.org/policy'))).rejects.toThrow(
      'policy.save: got the path "https://example.org/policy"; expected the path of a file, or a file: URL.',
    );
  });

  test('where there is no file system', async () => {
    const path = join(scratchFolder(), 'policy');
    vi.stubGlobal('process', { ...process, getBuiltinModule: undefined });
    const saved = makers.categorical().save(path);
    await expect(saved).rejects.toThrow(UnavailableError);
    await expect(saved).rejects.toThrow(
      'policy.save: got a runtime without a file system; expected Node.js. Save to and load from bytes in a browser: toBytes(), toCheckpoint().',
    );
    vi.unstubAllGlobals();
    expect(existsSync(path)).toBe(false);
  });
});
