import { InvalidOptionsError } from '@pg/core';
import { writeFileAtomicallySync } from '@pg/core/files';
import type { PngOptions } from '@pg/monitor/png';
import { requirePath, requireThat } from '../checks/require.js';
import { parsePngOptions } from './png-options.js';

/**
 * Writes a plot to a file, whole or not at all: as SVG to a `*.svg`, as PNG to a `*.png`. An old file is replaced and missing folders are
 * made.
 *
 * @param svg - what `learningCurve` returned
 * @param options - how it becomes a PNG; of no effect on an SVG
 * @throws InvalidOptionsError for a path with another ending; UnavailableError when the file system refuses, or for a PNG without
 * `@resvg/resvg-wasm` and `@fontsource/open-sans`, which are installed beside this package
 *
 * @example
 * ```ts
 * await writePlot('runs/cart-pole/curve.png', learningCurve([{ label: 'A2C', points }]));
 * ```
 */
export async function writePlot(path: string, svg: string, options: PngOptions = {}): Promise<void> {
  requirePath('writePlot', path);
  const fits = typeof svg === 'string' && svg.includes('<svg');
  requireThat(fits, { where: 'writePlot', name: 'svg', value: svg, expected: 'an SVG document', remedy: 'Pass what learningCurve returns.' });
  parsePngOptions('writePlot', options);
  if (/\.svg$/i.test(path)) return writeFileAtomicallySync('writePlot', path, svg);
  if (!/\.png$/i.test(path)) {
    throw new InvalidOptionsError({
      where: 'writePlot',
      got: `the path "${path}"`,
      expected: 'a path that ends with .svg or .png',
      remedy: 'Name the file by what it is to be.',
    });
  }
  const { svgToPng } = await import('@pg/monitor/png');
  writeFileAtomicallySync('writePlot', path, await svgToPng(svg, options));
}
