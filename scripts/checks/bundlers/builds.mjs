import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import * as vite from 'vite';
import webpack from 'webpack';
import { ISOLATION, serveFolder } from './serve-folder.mjs';

const root = fileURLToPath(new URL('./page', import.meta.url));

/**
 * Serves the page as a bundler makes it, with a folder for what that writes. The settings are those that the documentation names.
 *
 * @type {Record<string, (folder: string) => Promise<{ url: string, close(): unknown }>>}
 */
export const pages = {
  async 'vite dev'(cacheDir) {
    const server = await vite.createServer({
      root,
      cacheDir,
      configFile: false,
      logLevel: 'error',
      server: { headers: ISOLATION, host: '127.0.0.1', port: 0, hmr: false },
    });
    await server.listen();
    return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
  },

  async vite(outDir) {
    await vite.build({ root, configFile: false, logLevel: 'error', build: { outDir } });
    return serveFolder(outDir);
  },

  async esbuild(outdir) {
    const entryPoints = [path.join(root, 'main.ts'), path.join(root, 'agent.worker.ts')];
    await esbuild.build({ entryPoints, outdir, bundle: true, minify: true, format: 'esm', logLevel: 'silent' });
    writePage(outdir);
    return serveFolder(outdir);
  },

  async webpack(outDir) {
    const stats = await compile({
      mode: 'production',
      context: root,
      entry: './main.ts',
      output: { path: outDir, filename: 'main.js', publicPath: '' },
      resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
      module: { rules: [{ test: /\.ts$/, use: fileURLToPath(new URL('./strip-types.cjs', import.meta.url)) }] },
      performance: { hints: false },
    });
    if (stats?.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
    writePage(outDir);
    return serveFolder(outDir);
  },
};

/**
 * The page beside its script, which only Vite takes from the sources.
 *
 * @param {string} folder
 */
function writePage(folder) {
  writeFileSync(path.join(folder, 'index.html'), readFileSync(path.join(root, 'index.html'), 'utf8').replace('main.ts', 'main.js'));
}

/**
 * @param {import('webpack').Configuration} configuration
 * @returns {Promise<import('webpack').Stats | undefined>}
 */
function compile(configuration) {
  return new Promise((resolve, reject) => webpack(configuration, (error, stats) => (error ? reject(error) : resolve(stats))));
}
