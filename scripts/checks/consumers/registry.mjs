import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

/** @typedef {import('../check.mjs').Tarball} Tarball */

/**
 * Serves the packages as a registry does, so that the commands of the readmes run as they are written. Other packages come from the user's own registry.
 *
 * @param {Tarball[]} packed
 * @returns {Promise<{ url: string, close: () => void }>} `url` is that of the scope `@pg`
 */
export async function serveTarballs(packed) {
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(request.url ?? '').slice(1);
    const body = answer(packed, asked, url);
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${port}`;
  // A check that fails must not keep the others waiting.
  server.unref();
  return { url, close: () => server.close() };
}

/**
 * @param {Tarball[]} packed
 * @param {string} asked - `@pg/core`, or the name of a tarball
 * @param {string} url - of this registry
 * @returns {string | Buffer | undefined}
 */
function answer(packed, asked, url) {
  const described = packed.find(({ name }) => name === asked);
  if (described !== undefined) return JSON.stringify(describe(described, url));
  const wanted = packed.find(({ file }) => path.basename(file) === asked);
  return wanted === undefined ? undefined : readFileSync(wanted.file);
}

/**
 * @param {Tarball} tarball
 * @param {string} url
 */
function describe({ name, file, entries }, url) {
  const manifest = JSON.parse(String(entries.get('package.json')));
  const integrity = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  const published = { ...manifest, dist: { tarball: `${url}/${path.basename(file)}`, integrity } };
  return { name, 'dist-tags': { latest: manifest.version }, versions: { [manifest.version]: published } };
}
