import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describeValue, InvalidOptionsError, parseOptions, UnavailableError } from '@pg/core';
import * as z from 'zod/mini';

/** How an SVG document is drawn. */
export interface PngOptions {
  /** Pixels of the picture for each pixel of the document. Default 2, which is sharp on today's screens. */
  readonly scale?: number;
}

const schema = z.strictObject({ scale: z._default(z.number().check(z.gt(0), z.lte(16)), 2) });

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
  const { scale } = parseOptions('svgToPng', schema, options);
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

const family = 'Open Sans';
/** Latin letters, what mathematics uses of Greek ones, and signs; in the two weights of a plot. */
const scripts = ['latin', 'latin-ext', 'greek', 'math', 'symbols'];
const weights = [400, 600];

let drawer: ReturnType<typeof loadDrawer> | undefined;

/** Loads the library and its fonts, once. */
async function loadDrawer() {
  const require = createRequire(import.meta.url);
  const { Resvg, initWasm } = await import('@resvg/resvg-wasm').catch((cause) => missing('@resvg/resvg-wasm', cause));
  await initWasm(readFileSync(require.resolve('@resvg/resvg-wasm/index_bg.wasm'))).catch((error: unknown) => {
    // The program has begun to use the library itself.
    if (!/already initialized/i.test(String(error))) throw error;
  });
  return { Resvg, fontBuffers: readFonts(require) };
}

function readFonts(require: NodeJS.Require): Uint8Array[] {
  try {
    const folder = join(dirname(require.resolve('@fontsource/open-sans/package.json')), 'files');
    return scripts.flatMap((script) => weights.map((weight) => readFileSync(join(folder, `open-sans-${script}-${weight}-normal.woff2`))));
  } catch (cause) {
    return missing('@fontsource/open-sans', cause);
  }
}

function missing(name: string, cause: unknown): never {
  throw new UnavailableError({
    where: 'svgToPng',
    got: `no package ${name}`,
    expected: 'the library that draws and its font',
    remedy: 'Run: npm install @resvg/resvg-wasm @fontsource/open-sans. Or keep the plot as SVG, which needs neither.',
    cause,
  });
}
