import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeValue, InvalidOptionsError, UnavailableError } from '@pg/core';
import { onFileRead } from '@pg/core/files';
import { requireText } from '../checks/require.js';
import { findModule, loadModule } from '../modules/module-finders.js';
import { type PngOptions, parsePngOptions } from './png-options.js';

/**
 * Draws an SVG document, such as `learningCurve` makes, as a PNG file. All text is in Open Sans, so the same document gives the same picture
 * on every machine.
 *
 * @returns the file's bytes
 * @throws InvalidOptionsError for a wrong option, or text that is no SVG document
 * @throws UnavailableError when `@resvg/resvg-wasm` or `@fontsource/open-sans` is not installed
 *
 * @example
 * ```ts
 * writeFileSync('curve.png', await svgToPng(learningCurve(series)));
 * ```
 */
export async function svgToPng(svg: string, options: PngOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { scale } = parsePngOptions('svgToPng', options);
  requireText('svgToPng', 'svg', svg);
  drawer ??= loadDrawer();
  const { Resvg, fontBuffers } = await drawer.catch((cause) => {
    drawer = undefined;
    throw cause;
  });
  const font = { fontBuffers, defaultFontFamily: family, sansSerifFamily: family };
  try {
    const document = new Resvg(svg, { font, fitTo: { mode: 'zoom', value: scale } });
    const image = document.render();
    const png = new Uint8Array(image.asPng());
    image.free();
    document.free();
    return png;
  } catch (cause) {
    throw new InvalidOptionsError({
      where: 'svgToPng',
      got: describeValue(svg),
      expected: 'an SVG document',
      remedy: 'Pass what learningCurve returns.',
      cause,
    });
  }
}

const drawing = '@resvg/resvg-wasm';
const openSans = '@fontsource/open-sans';
const family = 'Open Sans';
/** Latin letters, what mathematics uses of Greek ones, and signs; in the two weights of a plot. */
const scripts = ['latin', 'latin-ext', 'greek', 'math', 'symbols'];
const weights = [400, 600];

let drawer: ReturnType<typeof loadDrawer> | undefined;

/** Loads the library and its fonts, once. */
async function loadDrawer() {
  const [library, font] = [findInstalled(drawing), findInstalled(openSans, '/package.json')];
  // Loaded by its path: a bundler that sees its name wants it to be installed.
  const { Resvg, initWasm } = loadModule(library) as typeof import('@resvg/resvg-wasm');
  await initWasm(readFileSync(join(dirname(library), 'index_bg.wasm'))).catch((error: unknown) => {
    // The program has begun to use the library itself.
    if (!/already initialized/i.test(String(error))) throw error;
  });
  return { Resvg, fontBuffers: readFonts(join(dirname(font), 'files')) };
}

function readFonts(folder: string): Uint8Array[] {
  const names = scripts.flatMap((script) => weights.map((weight) => `open-sans-${script}-${weight}-normal.woff2`));
  return names.map((name) => onFileRead('svgToPng', join(folder, name), () => readFileSync(join(folder, name))));
}

/** The path of an optional package, or of a file of it. */
function findInstalled(name: string, file = ''): string {
  try {
    return findModule(`${name}${file}`);
  } catch (cause) {
    throw new UnavailableError({
      where: 'svgToPng',
      got: `no package ${name}`,
      expected: 'the library that draws and its font',
      remedy: `Run: npm install ${drawing} ${openSans}. Or keep the plot as SVG, which needs neither.`,
      cause,
    });
  }
}
