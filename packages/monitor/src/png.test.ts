import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import { scratchFolder } from './files/scratch-folder.js';

const entries = ['index', 'png'].map((name) => [name, join(import.meta.dirname, `${name}.ts`)]);

test.each(entries)('bundlers see no optional package in %s', (_, entry) => {
  const { metafile } = buildSync({
    entryPoints: [entry!],
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['@pg/source'],
    metafile: true,
    write: false,
  });
  const seen = Object.entries(metafile.inputs).flatMap(([path, { imports }]) => [path, ...imports.map((imported) => imported.path)]);
  expect(seen.length).toBeGreaterThan(50);
  expect(seen.filter((path) => /resvg|open-sans/.test(path))).toEqual([]);
});

test('a bundle in CommonJS, which does not know where it is, makes a run', () => {
  const folder = scratchFolder();
  const outfile = join(folder, 'bundle.cjs');
  buildSync({
    entryPoints: [join(import.meta.dirname, 'index.ts')],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    conditions: ['@pg/source'],
    logLevel: 'error',
  });
  const { createRun } = createRequire(import.meta.url)(outfile) as typeof import('./index.js');
  const directory = join(folder, 'run');
  createRun({ directory });
  expect(existsSync(join(directory, 'config.json'))).toBe(true);
});
