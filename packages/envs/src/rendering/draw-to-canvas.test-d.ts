import type { Picture } from '@pg/core';
import { expectTypeOf, test } from 'vitest';
import { drawToCanvas } from './draw-to-canvas.js';

declare const picture: Picture;
declare const html: HTMLCanvasElement;
declare const offscreen: OffscreenCanvas;
declare const context: CanvasRenderingContext2D;
declare const offscreenContext: OffscreenCanvasRenderingContext2D;

test("takes the browser's canvases and their 2D contexts", () => {
  expectTypeOf(drawToCanvas(picture, html)).toEqualTypeOf<void>();
  expectTypeOf(drawToCanvas(picture, offscreen, { scale: 2 })).toEqualTypeOf<void>();
  expectTypeOf(drawToCanvas(picture, context)).toEqualTypeOf<void>();
  expectTypeOf(drawToCanvas(picture, offscreenContext)).toEqualTypeOf<void>();
});

test('takes nothing else', () => {
  // @ts-expect-error: a context of another kind has no pixels to put
  drawToCanvas(picture, {} as WebGL2RenderingContext);
  // @ts-expect-error: an element that is no canvas
  drawToCanvas(picture, {} as HTMLImageElement);
  // @ts-expect-error: an unknown option
  drawToCanvas(picture, html, { zoom: 2 });
});
