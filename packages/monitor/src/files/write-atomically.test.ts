import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnavailableError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from './scratch-folder.js';
import { writeAtomically } from './write-atomically.js';

describe('writeAtomically', () => {
  test('writes and replaces a file in folders that it makes, and leaves nothing beside it', () => {
    const folder = scratchFolder();
    writeAtomically('test', join(folder, 'a', 'b.txt'), 'one');
    writeAtomically('test', join(folder, 'a', 'b.txt'), 'two');
    expect(readFileSync(join(folder, 'a', 'b.txt'), 'utf8')).toBe('two');
    expect(readdirSync(join(folder, 'a'))).toEqual(['b.txt']);
  });

  test('cleans up when the file system refuses, and says which path', () => {
    const folder = scratchFolder();
    const path = join(folder, 'taken');
    mkdirSync(join(path, 'child'), { recursive: true });
    expect(() => writeAtomically('test', path, 'text')).toThrow(UnavailableError);
    expect(() => writeAtomically('test', path, 'text')).toThrow(`from the file system for "${path}"`);
    expect(readdirSync(folder)).toEqual(['taken']);
  });
});
