/** What {@link drawToCanvas} needs of the browser's `ImageData`. */
export interface CanvasPixels {
  /** `[height, width, 4]`: red, green, blue and alpha. */
  readonly data: { [index: number]: number };
}

/** What {@link drawToCanvas} needs of a 2D context; `CanvasRenderingContext2D` and the one of an `OffscreenCanvas` have it. */
export interface CanvasContext {
  /** Transparent pixels. */
  createImageData(width: number, height: number): CanvasPixels;
  /** Puts pixels at a place. */
  putImageData(pixels: CanvasPixels, x: number, y: number): void;
}

/** What {@link drawToCanvas} needs of a canvas; `HTMLCanvasElement` and `OffscreenCanvas` have it. */
export interface Canvas {
  /** Columns. */
  width: number;
  /** Rows. */
  height: number;
  /** The context to draw with; null when the canvas already has one of another kind. */
  getContext(kind: '2d'): CanvasContext | null;
}
