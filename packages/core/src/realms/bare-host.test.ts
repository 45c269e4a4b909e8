import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { build, type OnResolveArgs, type OnResolveResult } from 'esbuild';
import { expect, test } from 'vitest';

const packages = path.resolve(import.meta.dirname, '../../..');

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** Every entry of every package, with its source. */
const entries = readdirSync(packages).flatMap((folder) => {
  const { name, exports } = JSON.parse(readFileSync(path.join(packages, folder, 'package.json'), 'utf8')) as Manifest;
  return Object.entries(exports).flatMap(([subpath, target]) => {
    const source = typeof target === 'object' ? target['@pg/source'] : undefined;
    return source === undefined ? [] : [[path.posix.join(name, subpath), path.join(packages, folder, source)] as const];
  });
});

/** The language, and nothing that a host adds to it or may take from it. */
const ABSENT = ['Atomics', 'FinalizationRegistry', 'SharedArrayBuffer', 'WeakRef', 'WebAssembly', 'console'];

/** Other people's packages answer anything with themselves. */
const STAND_IN = `globalThis.require = () => other; var other = new Proxy(function () {}, { get: (_, key) => key === Symbol.toPrimitive ? () => '' : other, apply: () => other, construct: () => other });`;

function bareHost(): vm.Context {
  const host = vm.createContext();
  for (const name of ABSENT) vm.runInContext(`delete globalThis.${name}`, host);
  vm.runInContext(STAND_IN, host);
  return host;
}

const OURS = /^(@pg|zod)\//;

function outside({ path: name, kind }: OnResolveArgs): OnResolveResult | undefined {
  return kind === 'entry-point' || OURS.test(name) ? undefined : { path: name, external: true };
}

/** A program of everything that an entry exports: ours and what we bundle; all else stays outside. */
async function programOf(source: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'imported',
    platform: 'neutral',
    conditions: ['@pg/source'],
    target: 'es2022',
    logLevel: 'silent',
    plugins: [{ name: 'others-outside', setup: ({ onResolve }) => void onResolve({ filter: /^[@\w]/ }, outside) }],
  });
  return outputFiles[0]!.text;
}

test.each(entries)('%s asks its host for nothing when it is imported', async (_, source) => {
  const names = vm.runInContext(`${await programOf(source)}; Object.keys(imported).length`, bareHost());
  expect(names).toBeGreaterThan(0);
});
