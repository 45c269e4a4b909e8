import { copyFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * The runs and the built packages as one module that needs nothing, beside the programs that run it in each kind of host. esbuild refuses what a
 * browser does not have, such as an import of `node:fs`.
 *
 * @param {string} folder - made by this
 */
export async function bundle(folder) {
  await build({ ...options, entryPoints: ['runs.mjs', 'agent.mjs'].map((name) => path.join(here, name)), outdir: folder, platform: 'browser' });
  for (const name of ['command.mjs', 'thread.mjs', 'page.mjs', 'strict-page.mjs']) copyFileSync(path.join(here, name), path.join(folder, name));
}

/**
 * The worker of `worker.mjs` as Wrangler bundles one: with the condition `workerd`, WebAssembly and data left beside it.
 *
 * @param {string} folder - made by this
 * @returns {Promise<string[]>} the names of its modules, `worker.mjs` the first
 */
export async function bundleWorker(folder) {
  await build({
    ...options,
    entryPoints: [path.join(here, 'worker.mjs')],
    outdir: folder,
    platform: 'neutral',
    conditions: ['workerd', 'worker', 'browser'],
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
    external: ['./policy.safetensors'],
  });
  const names = readdirSync(folder).filter((name) => name !== 'worker.mjs');
  return ['worker.mjs', ...names];
}

/** @type {import('esbuild').BuildOptions} */
const options = { bundle: true, format: 'esm', outExtension: { '.js': '.mjs' }, logLevel: 'silent', tsconfigRaw: '{}' };
