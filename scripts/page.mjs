// Bundles the page on which runs are watched, packages/monitor/src/watch/page, and inlines it in a TypeScript file: the package needs no
// other file, in source form as in built form. `--check` bundles and compares instead: it fails when the committed file is stale.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { keepGenerated } from './lib/generated.mjs';
import { root } from './lib/workspace.mjs';

const FOLDER = 'packages/monitor/src/watch/page';
const LIMIT_BYTES = 40_000;

const html = await page();
const size = Buffer.byteLength(html);
if (size > LIMIT_BYTES) throw new Error(`The page has ${size} bytes; the limit is ${LIMIT_BYTES}.`);
keepGenerated({
  file: 'packages/monitor/src/watch/page.generated.ts',
  from: FOLDER,
  command: 'page',
  constant: 'pageHtml',
  comment: `The page on which runs are watched, ${size} bytes: everything but the data.`,
  literal: JSON.stringify(html).replaceAll("'", "\\'").replace(/^"|"$/g, "'").replaceAll('\\"', '"'),
});

/** @returns {Promise<string>} the HTML, whose policy allows the script and the style that are in it, by their hashes, and no others */
async function page() {
  const [script, style] = await Promise.all([bundle('main.ts'), bundle('page.css')]);
  return [
    ['{{style-hash}}', hash(style)],
    ['{{script-hash}}', hash(script)],
    ['<style></style>', `<style>${style}</style>`],
    ['<script></script>', `<script>${script}</script>`],
  ].reduce((html, [place, content]) => fill(html, String(place), String(content)), readFileSync(path.join(root, FOLDER, 'page.html'), 'utf8'));
}

/**
 * @param {string} html
 * @param {string} place
 * @param {string} content
 */
function fill(html, place, content) {
  if (html.split(place).length !== 2) throw new Error(`page.html should have one "${place}".`);
  return html.replace(place, () => content);
}

/** @param {string} entry */
async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, FOLDER, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['es2022', 'chrome110', 'firefox113', 'safari16.4'],
    logLevel: 'silent',
  });
  return /** @type {import('esbuild').OutputFile} */ (outputFiles[0]).text.trim();
}

/** @param {string} text */
function hash(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
