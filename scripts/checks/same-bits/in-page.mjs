import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { failOn } from '../check.mjs';

const MINUTES = 60_000;
/** @param {string} script */
const pageWith = (script) =>
  `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>same bits</title><body><script type="module" src="/${script}"></script></body>`;
const STRICT = '/strict';
const NO_COMPILING = { 'content-security-policy': "default-src 'none'; script-src 'self'" };

/** A page has to be isolated from others before it may share memory with its workers. */
const ISOLATION = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/**
 * Trains in a page of a browser, which is served on this machine only.
 *
 * @param {string} folder - of the bundle
 * @param {(url: string) => Promise<() => Promise<void>>} open - opens it in a browser, and gives what closes that
 * @returns {Promise<Record<string, string>>} as `trainAll` does
 */
export async function trainInPage(folder, open) {
  const server = await serve(folder);
  try {
    const close = await open(server.url);
    try {
      const { [STRICT]: said = 'nothing', ...hashes } = await server.result;
      const isTold = /got a host that forbids compiling WebAssembly .* In a page, add 'wasm-unsafe-eval' to script-src/.test(said);
      failOn(isTold ? [] : [`A page that may not compile WebAssembly says: ${said}`]);
      return hashes;
    } finally {
      await close();
    }
  } finally {
    server.close();
  }
}

/**
 * @param {string} folder
 * @returns {Promise<{ url: string, result: Promise<Record<string, string>>, close(): void }>}
 */
function serve(folder) {
  const posted = resolvers();
  const late = setTimeout(() => posted.reject(new Error('the page said nothing for 5 minutes')), 5 * MINUTES);
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    if (pathname === '/result') {
      let text = '';
      for await (const chunk of request) text += chunk;
      response.writeHead(204, ISOLATION).end();
      const { error, ...hashes } = JSON.parse(text);
      if (error === undefined) posted.resolve(hashes);
      else posted.reject(new Error(`the page failed: ${error}`));
      return;
    }
    const isScript = pathname.endsWith('.mjs');
    const isStrict = pathname === STRICT;
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html', ...ISOLATION, ...(isStrict && NO_COMPILING) });
    response.end(isScript ? readFileSync(path.join(folder, path.basename(pathname))) : pageWith(isStrict ? 'strict-page.mjs' : 'page.mjs'));
  });
  const close = () => {
    clearTimeout(late);
    server.closeAllConnections();
    server.close();
  };
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      resolve({ url: `http://127.0.0.1:${port}/`, result: posted.promise, close });
    });
  });
}

/** A promise with what settles it. */
function resolvers() {
  /** @type {(hashes: Record<string, string>) => void} */
  let resolve = () => {};
  /** @type {(error: Error) => void} */
  let reject = () => {};
  /** @type {Promise<Record<string, string>>} */
  const promise = new Promise((...both) => {
    [resolve, reject] = both;
  });
  return { promise, resolve, reject };
}
