import { InvalidOptionsError, type Picture, parseOptions, requireArgument, requirePicture } from '@pg/core';
import * as z from 'zod/mini';
import type { Canvas, CanvasContext, CanvasPixels } from './canvas.js';
import { resizePicture } from './resize-picture.js';

/** How {@link drawToCanvas} draws. */
export interface CanvasOptions {
  /** Canvas pixels a pixel of the picture. Default 1; whole numbers keep pixels sharp, fractions average by area. */
  readonly scale?: number;
}

const schema = z.strictObject({ scale: z._default(z.number().check(z.gt(0)), 1) });

/**
 * Draws a picture in a browser. A canvas takes the size of the picture; a context is drawn into from its top left corner, and its
 * canvas keeps its size.
 *
 * @throws InvalidOptionsError for a canvas without a 2D context, or a scale that is not above 0
 */
export function drawToCanvas(picture: Picture, target: Canvas | CanvasContext, options: CanvasOptions = {}): void {
  const { scale } = parseOptions('drawToCanvas', schema, options);
  requirePicture('drawToCanvas', picture);
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  const scaled = scale === 1 ? picture : resizePicture(picture, { width: side(picture.width), height: side(picture.height) });
  requireTarget(target);
  const context = 'getContext' in target ? sizedContext(target, scaled) : target;
  const pixels = context.createImageData(scaled.width, scaled.height);
  fillOpaque(pixels, scaled);
  context.putImageData(pixels, 0, 0);
}

/** For JavaScript callers. */
function requireTarget(target: Partial<Canvas & CanvasContext>): void {
  const draws = typeof target?.getContext === 'function' || typeof target?.createImageData === 'function';
  requireArgument(draws, 'drawToCanvas', { name: 'target', value: target, expected: 'a canvas or its 2D context' });
}

function sizedContext(canvas: Canvas, { width, height }: Picture): CanvasContext {
  const context = canvas.getContext('2d');
  if (context === null) {
    throw new InvalidOptionsError({
      where: 'drawToCanvas',
      got: 'a canvas that gives no 2D context',
      expected: 'a canvas without a context of another kind, such as webgl',
      remedy: 'Use a canvas of its own for the picture.',
    });
  }
  // setting a side clears the canvas, even to what it was
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  return context;
}

function fillOpaque({ data }: CanvasPixels, { width, height, data: colors }: Picture): void {
  for (let i = 0; i < width * height; i++) {
    data[i * 4] = colors[i * 3]!;
    data[i * 4 + 1] = colors[i * 3 + 1]!;
    data[i * 4 + 2] = colors[i * 3 + 2]!;
    data[i * 4 + 3] = 255;
  }
}
