// Bundles the page on which runs are watched, packages/monitor/src/watch/page, and inlines it in a TypeScript file: the package needs no
// other file, in source form as in built form. `--check` bundles and compares instead: it fails when the committed file is stale.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = new URL('../packages/monitor/src/watch/', import.meta.url);
const target = new URL('page.generated.ts', folder);
const LIMIT_BYTES = 40_000;

const generated = render(await page());

if (process.argv.includes('--check')) {
  if (readText(target) !== generated) {
    console.error('page.generated.ts is stale: packages/monitor/src/watch/page bundles to something else. Run: npm run page');
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, generated);
  console.log(`wrote ${fileURLToPath(target)}, ${Buffer.byteLength(generated)} bytes`);
}

/** @returns {Promise<string>} the HTML, whose policy allows the script and the style that are in it, by their hashes, and no others */
async function page() {
  const [script, style] = await Promise.all([bundle('page/main.ts'), bundle('page/page.css')]);
  return [
    ['{{style-hash}}', hash(style)],
    ['{{script-hash}}', hash(script)],
    ['<style></style>', `<style>${style}</style>`],
    ['<script></script>', `<script>${script}</script>`],
  ].reduce((html, [place, content]) => fill(html, String(place), String(content)), readText(new URL('page/page.html', folder)));
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
    entryPoints: [fileURLToPath(new URL(entry, folder))],
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

/** @param {string} html */
function render(html) {
  const size = Buffer.byteLength(html);
  if (size > LIMIT_BYTES) throw new Error(`The page has ${size} bytes; the limit is ${LIMIT_BYTES}.`);
  const literal = JSON.stringify(html).replaceAll("'", "\\'").replace(/^"|"$/g, "'").replaceAll('\\"', '"');
  return [
    '// Generated from packages/monitor/src/watch/page by `npm run page`. Do not edit.',
    `/** The page on which runs are watched, ${size} bytes: everything but the data. */`,
    `export const pageHtml =\n  ${literal};`,
    '',
  ].join('\n');
}

/** @param {URL} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
