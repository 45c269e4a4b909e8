import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidOptionsError } from '@pg/core';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../files/scratch-folder.js';
import { svgToPng } from './svg-to-png.js';
import { writePlot } from './write-plot.js';

const document = (content: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20" font-family="Helvetica, sans-serif">${content}</svg>`;

/** How many pixels are dark. */
function ink(png: Uint8Array): number {
  const { data } = PNG.sync.read(Buffer.from(png));
  return Array.from({ length: data.length / 4 }, (_, pixel) => data[4 * pixel + 3]! > 128 && data[4 * pixel]! < 128).filter(Boolean).length;
}

describe('svgToPng', () => {
  test('draws shapes at their places, twice as large unless told', async () => {
    const svg = document('<rect x="10" y="5" width="20" height="10" fill="#ff0000"/>');
    const { width, height, data } = PNG.sync.read(Buffer.from(await svgToPng(svg)));
    expect([width, height]).toEqual([120, 40]);
    const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
    expect([at(21, 11), at(59, 29), at(19, 11), at(61, 29)]).toEqual([
      [255, 0, 0, 255],
      [255, 0, 0, 255],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(PNG.sync.read(Buffer.from(await svgToPng(svg, { scale: 1 }))).width).toBe(60);
  });

  test('draws text in a font of its own: letters, minus, ellipsis, Greek, and bolder', async () => {
    const text = (content: string, weight = 400) => svgToPng(document(`<text x="2" y="15" font-size="14" font-weight="${weight}">${content}</text>`));
    const [plain, bold] = await Promise.all([text('Return'), text('Return', 600)]);
    expect(ink(plain)).toBeGreaterThan(150);
    expect(ink(bold)).toBeGreaterThan(ink(plain) * 1.15);
    for (const sign of ['−', '…', 'γ', 'é', '×', '≥']) {
      // What a font lacks is drawn as a box, or not at all.
      const [drawn, missing] = [await text(sign), await text('\ue000')];
      expect(ink(drawn), sign).toBeGreaterThan(5);
      expect(Buffer.compare(drawn, missing), sign).not.toBe(0);
    }
  });

  test('refuses what is no document, and a wrong scale', async () => {
    await expect(svgToPng('curve.svg')).rejects.toThrow(InvalidOptionsError);
    await expect(svgToPng('curve.svg')).rejects.toThrow('svgToPng: got "curve.svg"; expected an SVG document. Pass what learningCurve returns.');
    await expect(svgToPng(document(''), { scale: 0 })).rejects.toThrow('svgToPng: got scale: 0;');
  });
});

describe('writePlot', () => {
  test('writes what the name says', async () => {
    const folder = scratchFolder();
    await writePlot(join(folder, 'a', 'plot.svg'), document(''));
    await writePlot(join(folder, 'plot.png'), document(''), { scale: 1 });
    expect(readFileSync(join(folder, 'a', 'plot.svg'), 'utf8')).toBe(document(''));
    expect(PNG.sync.read(readFileSync(join(folder, 'plot.png'))).width).toBe(60);
    await expect(writePlot(join(folder, 'plot.pdf'), document(''))).rejects.toThrow('expected a path that ends with .svg or .png');
  });
});
