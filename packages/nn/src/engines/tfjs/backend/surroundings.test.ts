import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';

test('a bundler needs none of the optional packages of TensorFlow.js, and follows those that are there', () => {
  const nothingInstalled = mkdtempSync(join(tmpdir(), 'pg-nn-'));
  onTestFinished(() => rmSync(nothingInstalled, { recursive: true }));
  const contents = readFileSync(join(import.meta.dirname, 'surroundings.ts'), 'utf8');
  const { warnings, outputFiles } = buildSync({
    stdin: { contents, loader: 'ts', resolveDir: nothingInstalled },
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  const names = ['tfjs', 'tfjs-core', 'tfjs-backend-cpu', 'tfjs-backend-wasm', 'tfjs-backend-webgpu'];
  for (const name of names) expect(outputFiles[0]!.text).toContain(`import("@tensorflow/${name}")`);
  expect(warnings.filter(({ id }) => id !== '')).toEqual([]);
});
