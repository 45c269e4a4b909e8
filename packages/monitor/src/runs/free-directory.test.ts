import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../files/scratch-folder.js';
import { freeDirectory } from './free-directory.js';

test('numbers follow a name that is taken', () => {
  const parent = scratchFolder();
  const names = [1, 2, 3].map(() => freeDirectory(parent, 'run'));
  expect(names).toEqual([join(parent, 'run'), join(parent, 'run-2'), join(parent, 'run-3')]);
});
