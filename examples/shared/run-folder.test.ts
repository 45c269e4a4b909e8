import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRun } from '@pg/monitor';
import { afterAll, expect, test } from 'vitest';
import { progressAt } from './run-folder.js';

const parent = mkdtempSync(join(tmpdir(), 'run-folder-'));
afterAll(() => rmSync(parent, { recursive: true }));

test('how far a run had come is said by its last row until a checkpoint, which may lie between two rows', async () => {
  const directory = join(parent, 'run');
  const run = createRun({ directory });
  for (const updates of [1, 2, 3]) run.record({ step: 100 * updates, updates, episodes: 7 * updates, meanReturn: updates / 4, meanLength: 10 });
  await run.finish();
  const none = { updates: 0, episodes: 0, meanReturn: Number.NaN };
  expect(progressAt(directory, 0)).toEqual({ step: 0, ...none });
  expect(progressAt(directory, 99)).toEqual({ step: 99, ...none });
  expect(progressAt(directory, 200)).toEqual({ step: 200, updates: 2, episodes: 14, meanReturn: 0.5 });
  expect(progressAt(directory, 299)).toEqual({ step: 299, updates: 2, episodes: 14, meanReturn: 0.5 });
});
