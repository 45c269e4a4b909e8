import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { build } from '../lib/build.mjs';
import { pnpm } from '../lib/pnpm.mjs';

const BLOCK = 512;

/**
 * Builds and packs every package as a release would.
 *
 * @param {string} folder - made for them
 * @returns {Promise<import('./check.mjs').Tarball[]>}
 */
export async function pack(folder) {
  await build({ types: true, log: () => {} });
  mkdirSync(folder);
  await pnpm(['--recursive', '--filter', './packages/*', 'pack', '--pack-destination', folder]);
  const files = readdirSync(folder).sort();
  return files.map((file) => readTarball(path.join(folder, file)));
}

/**
 * @param {string} file
 * @returns {import('./check.mjs').Tarball}
 */
function readTarball(file) {
  const entries = untar(gunzipSync(readFileSync(file)));
  const manifest = entries.get('package.json');
  if (manifest === undefined) throw new Error(`${file} has no package.json`);
  return { name: JSON.parse(manifest.toString()).name, file, entries };
}

/**
 * The regular files of a tar archive, their paths without the leading `package/`.
 *
 * @param {Buffer} tar
 * @returns {Map<string, Buffer>}
 */
function untar(tar) {
  const entries = new Map();
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const text = (/** @type {number} */ from, /** @type {number} */ length) => tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8);
    const name = [text(345, 155), text(0, 100)].filter(Boolean).join('/');
    if (text(156, 1) === '0') entries.set(name.replace(/^package\//, ''), tar.subarray(at + BLOCK, at + BLOCK + size));
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}
