import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { withPage } from '../launch-chromium.mjs';

const PAGE = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>same bits</title><script type="module" src="/page.js"></script>';

/** A page has to be isolated from others before it may share memory with its workers. */
const ISOLATION = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/**
 * Trains in a page of a headless browser.
 *
 * @param {string} executablePath - Chromium or Chrome
 * @returns {Promise<Record<string, string>>} as `trainAll` does
 */
export async function trainInBrowser(executablePath) {
  const server = await serve({ '/page.js': await bundle('page.mjs'), '/agent.mjs': await bundle('agent.mjs') });
  try {
    return await withPage(executablePath, async (page) => {
      await page.goto(server.url);
      return page.evaluate('trained');
    });
  } finally {
    server.close();
  }
}

/**
 * A program and the built packages as one file. esbuild refuses what a browser does not have, such as `node:fs`.
 *
 * @param {string} name
 */
async function bundle(name) {
  const entry = fileURLToPath(new URL(name, import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, platform: 'browser', format: 'esm', write: false, logLevel: 'silent' });
  return /** @type {import('esbuild').OutputFile} */ (outputFiles[0]).contents;
}

/**
 * Serves the page on this machine only, on a free port.
 *
 * @param {Record<string, Uint8Array>} scripts
 * @returns {Promise<{ url: string, close(): void }>}
 */
function serve(scripts) {
  const server = createServer((request, response) => {
    const script = scripts[request.url ?? ''];
    response.writeHead(200, { 'content-type': script ? 'text/javascript' : 'text/html', ...ISOLATION });
    response.end(script ?? PAGE);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      resolve({ url: `http://127.0.0.1:${port}/`, close: () => server.close() });
    });
  });
}
